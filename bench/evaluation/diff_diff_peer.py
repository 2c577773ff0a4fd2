"""diff-diff, a library with a compiled core: P1–P4 and P6, and the published figures."""

import sys

import numpy as np
import pandas as pd
from diff_diff import CallawaySantAnna, SyntheticControl, SyntheticDiD
from measured import BEFORE, FIRST, START, counties, country, country_long, nearest, prop99, tell

SAMPLE = 40
y = country()
long = country_long()
states = prop99()
SPECIAL = [(name, list(range(1980, 1989)), "mean") for name in ("lnincome", "retprice", "age15to24")]
SPECIAL += [("beer", list(range(1984, 1989)), "mean")]
SPECIAL += [("cigsale", [year], "mean") for year in (1988, 1980, 1975)]
nested = None


def one_area(area):
    ids = [area, *nearest(y, area)]
    years = np.arange(FIRST, FIRST + y.shape[1])
    frame = pd.DataFrame({"unit": np.repeat([f"A{i:05d}" for i in ids], len(years))})
    frame["year"] = np.tile(years, len(ids))
    frame["y"] = y[ids].ravel()
    frame["on"] = ((frame.unit == f"A{area:05d}") & (frame.year >= START)).astype(int)
    return frame


sample = [one_area(area) for area in np.linspace(0, len(y) - 1, SAMPLE).astype(int)]


def some_areas():
    for frame in sample:
        model = SyntheticControl(v_method="custom", custom_v=np.ones(BEFORE), standardize="none")
        model.fit(frame, "y", "on", "unit", "year", pre_period_outcomes="all")
    return {"areas": len(sample)}


def california():
    global nested
    nested = SyntheticControl(seed=0).fit(states, "cigsale", "on", "state", "year", special_predictors=SPECIAL)
    shares = nested.get_weights_df().iloc[:, :2].to_numpy()
    weights = {str(state): float(share) for state, share in shares if share > 5e-4}
    return {"mspe": nested.pre_rmspe**2, "effect": nested.att, "weights": weights}


def all_states():
    if nested is None:
        california()
    nested.in_space_placebo()
    return {"p": nested.placebo_p_value}


def told(found):
    cells = [[int(g), int(t), float(cell["effect"])] for (g, t), cell in found.group_time_effects.items()]
    return {"att": found.overall_att, "error": found.overall_se, "cells": cells}


def staggered():
    return told(CallawaySantAnna(estimation_method="reg").fit(long, "y", "area", "year", "start"))


def mpdta():
    return told(CallawaySantAnna(estimation_method="reg").fit(counties(), "lemp", "countyreal", "year", "g"))


class Estimate(SyntheticDiD):
    """The estimate alone. The library always adds a standard error and twenty placebo fits, and each of the
    two costs many times what the estimate does."""

    def _jackknife_se(self, *_, **__):
        return 1.0, np.array([0.0, 1.0])

    def _placebo_pre_fit_reference(self, *_, **__):
        return np.array([])


def sdid(kind):
    frame = long[["area", "year", "y", "treated"]]
    model = kind(variance_method="jackknife", seed=1)
    found = model.fit(frame, "y", "treated", "area", "year", post_periods=list(range(START, 2018)))
    return {"effect": found.att, "error": found.se}


def sdid_prop99():
    frame = states.assign(ever=(states.state == "California").astype(int))
    model = SyntheticDiD(variance_method="placebo", n_bootstrap=20, seed=1)
    found = model.fit(frame, "cigsale", "ever", "state", "year", post_periods=list(range(1989, 2001)))
    return {"effect": found.att}


if "P3" in sys.argv[3:]:
    california()
tell(
    {
        "P1": (some_areas, len(y) / SAMPLE, f"extrapolated from {SAMPLE} of {len(y)} areas"),
        "P2": (california,),
        "P3": (all_states,),
        "P4": (staggered,),
        "P6": (lambda: sdid(Estimate),),
        "P6, jackknife": (lambda: sdid(SyntheticDiD),),
        "counties": (mpdta,),
        "sdid": (sdid_prop99,),
    }
)
