"""pyfixest: P5, two-way fixed effects and the event study, errors clustered by area."""

import pyfixest
from measured import country_long, tell

long = country_long()
CLUSTERED = {"CRV1": "area"}


def two_way():
    fit = pyfixest.feols("y ~ on | area + year", long, vcov=CLUSTERED)
    return {"att": fit.coef()["on"], "error": fit.se()["on"]}


def event_study():
    fit = pyfixest.feols("y ~ i(year, treated, ref=2009) | area + year", long, vcov=CLUSTERED)
    return {"coefficients": [float(value) for value in fit.coef()]}


tell({"P5 two-way": (two_way,), "P5 event study": (event_study,)})
