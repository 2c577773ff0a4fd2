"""What the peers' scripts share: the panels as they read them, and how a run is told.

A script is called as `python NAME_peer.py COUNTRY.csv COUNTIES.csv WORKLOAD…` and prints a line of JSON
for each workload: wall and processor seconds of one run (after an unmeasured one, where that takes
under twenty seconds), and the figures found, so that they can be held beside ours.
"""

import contextlib
import io
import json
import pathlib
import sys
import time
import warnings

import numpy as np
import pandas as pd

warnings.filterwarnings("ignore")
BEFORE, TREATED, FIRST, START, NEAREST = 12, 38, 1998, 2010, 50
PROP99 = pathlib.Path(__file__).parents[2] / "crates/kvarter-evaluation/tests/evaluation/data/prop99.csv"
PREDICTORS = ["lnincome", "retprice", "age15to24", "beer"]


def processor():
    return time.process_time()


def once(work, times=1):
    """Seconds of wall and processor time, and what was found."""
    wall, cpu = time.perf_counter(), processor()
    for _ in range(times):
        with contextlib.redirect_stdout(io.StringIO()):
            found = work()
    return (time.perf_counter() - wall) / times, (processor() - cpu) / times, found


def tell(workloads):
    """Runs those that were asked for; each gives its figures, or a way to find them
    that is not timed, and may say that its time is to be multiplied."""
    for name in sys.argv[3:]:
        work, *rest = workloads[name]
        factor, note = rest if rest else (1, None)
        wall, cpu, found = once(work)
        if wall < 20:  # the first run compiles, reads and gets warm
            wall, cpu, found = once(work, max(1, int(0.2 / wall)))
        found = found() if callable(found) else found
        line = {"work": name, "wall": wall * factor, "cpu": cpu * factor, "figures": found, "note": note}
        print(json.dumps(line, default=float), flush=True)


def country():
    """Areas × years, the treated first."""
    return np.loadtxt(sys.argv[1], delimiter=",", skiprows=1, usecols=range(2, 22))


def country_long():
    y = country()
    areas, years = y.shape
    area = np.repeat(np.arange(areas), years)
    year = np.tile(np.arange(FIRST, FIRST + years), areas)
    treated = area < TREATED
    start = np.where(treated, 2008 + 2 * (area % 3), 0)
    frame = pd.DataFrame({"area": area, "year": year, "y": y.ravel(), "start": start})
    frame["treated"] = treated.astype(int)
    frame["on"] = (treated & (year >= START)).astype(int)
    return frame


def nearest(y, area):
    """The untreated areas that were most like one before the start."""
    others = np.arange(TREATED, len(y))
    others = others[others != area]
    away = ((y[others, :BEFORE] - y[area, :BEFORE]) ** 2).sum(axis=1)
    return others[np.argsort(away, kind="stable")[:NEAREST]]


def prop99():
    """One row for each state and year; the covariates are the means that were matched on."""
    wide = pd.read_csv(PROP99, comment="#")
    long = wide.melt(["state", *PREDICTORS], var_name="year", value_name="cigsale")
    long["year"] = long["year"].astype(int)
    long["on"] = ((long.state == "California") & (long.year >= 1989)).astype(int)
    return long.sort_values(["state", "year"]).reset_index(drop=True)


def counties():
    frame = pd.read_csv(sys.argv[2]).rename(columns={"first_treat": "g", "first.treat": "g"})
    return frame.astype({"year": int, "countyreal": int, "g": int})
