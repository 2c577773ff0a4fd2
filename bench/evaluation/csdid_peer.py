"""csdid, the Python translation of the authors' R package: P4 and the counties."""

import numpy as np
from csdid.att_gt import ATTgt
from measured import counties, country_long, tell

long = country_long()[["area", "year", "y", "start"]]


def fit(frame, outcome, unit, start):
    model = ATTgt(yname=outcome, tname="year", idname=unit, gname=start, data=frame, control_group="nevertreated")
    found = model.fit(est_method="reg", bstrap=False)
    overall = found.aggte(typec="simple", bstrap=False, cband=False).atte
    results = found.results
    cells = [[int(g), int(t), float(a)] for g, t, a in zip(results["group"], results["year"], results["att"])]
    return {"att": float(np.ravel(overall["overall_att"])[0]), "error": float(np.ravel(overall["overall_se"])[0]), "cells": cells}


tell(
    {
        "P4": (lambda: fit(long.copy(), "y", "area", "start"),),
        "counties": (lambda: fit(counties(), "lemp", "countyreal", "g"),),
    }
)
