"""mlsynth's global search for predictor weights (MSCMT): P2."""

from measured import PREDICTORS, prop99, tell
from mlsynth import VanillaSC

states = prop99()
for year in (1988, 1980, 1975):
    then = states[states.year == year].set_index("state").cigsale
    states[f"cigsale{year}"] = states.state.map(then)
WINDOWS = {"lnincome": (1980, 1988), "retprice": (1980, 1988), "age15to24": (1980, 1988), "beer": (1984, 1988)}


def california():
    settings = {
        "df": states,
        "outcome": "cigsale",
        "treat": "on",
        "unitid": "state",
        "time": "year",
        "display_graphs": False,
        "inference": False,
        "backend": "mscmt",
        "covariates": [*PREDICTORS, "cigsale1988", "cigsale1980", "cigsale1975"],
        "covariate_windows": WINDOWS,
    }
    weights = VanillaSC(settings).fit().weights.donor_weights
    wide = states.pivot(index="year", columns="state", values="cigsale")
    gap = wide["California"] - sum(share * wide[state] for state, share in weights.items())
    return {
        "mspe": (gap.loc[:1988] ** 2).mean(),
        "effect": gap.loc[1989:].mean(),
        "weights": {state: float(share) for state, share in weights.items() if share > 5e-4},
    }


tell({"P2": (california,)})
