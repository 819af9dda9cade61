"""Standardised rank regression: which way a response goes with each factor, and how steadily.

Saltelli, Chan and Scott (editors), *Sensitivity Analysis*, 2000, chapter 6. The coefficient of a share of a
Dirichlet factor is that of a regression on it and on all other factors, its sister shares left out: what more of
it does when the others give way in proportion.
"""

import numpy as np

from simulator.analysis.intervals import Floats
from simulator.analysis.sensitivity.drawn import Drawn
from simulator.analysis.sensitivity.resampling import Index, indices

RIDGE = 1e-9
"""Keeps columns of equal ranks from making a matrix singular."""


def rank_regression(drawn: Drawn, values: Floats, *, level: float) -> tuple[tuple[Index, ...], Index]:
    """Return the coefficient of each column for values, shape (n,), and the R^2 of the rank model.

    R^2 is adjusted for the number of columns.
    """
    columns = np.array([ranks(each) for each in (*drawn.values, values)])
    centred = columns - columns.mean(axis=1, keepdims=True)
    scaled = np.concatenate([centred / centred.std(axis=1, keepdims=True), np.ones((1, len(values)))])
    moments = np.empty((drawn.units, len(scaled), len(scaled)))
    for unit in range(drawn.units):
        here = scaled[:, drawn.unit == unit]
        moments[unit] = here @ here.T
    shared = np.array(["." in name for name in drawn.names])
    last = np.array([a != b for a, b in zip(_factors(drawn), (*_factors(drawn)[1:], ""), strict=True)])

    def statistic(moments: Floats) -> Floats:
        correlation = _correlation(moments)
        among, target = correlation[..., :-1, :-1], correlation[..., :-1, -1]
        slopes = _slopes(among, target, shared)
        explained = _explained(among, target, ~(shared & last))
        return np.concatenate([slopes, explained[..., None]], axis=-1)

    free = int(np.count_nonzero(~(shared & last)))
    found = indices(statistic, (moments,), level=level, corrected=False, within=(-1.0, 1.0))
    return found[:-1], _adjusted(found[-1], len(values), free)


def ranks(values: Floats) -> Floats:
    """Return the ranks of values, from 1, those of equal ones shared; shape (n,).

    The same as `scipy.stats.rankdata`, without what `scipy.stats` takes to load: as long as the regression itself.
    """
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    shared: Floats = np.cumsum(count) - (count - 1) / 2
    return shared[place]


def _factors(drawn: Drawn) -> list[str]:
    return [name.partition(".")[0] for name in drawn.names]


def _correlation(moments: Floats) -> Floats:
    """Return the correlations of columns from their moments, the last of which is a column of ones."""
    n = moments[..., -1:, -1:]
    mean = moments[..., :-1, -1:] / n
    covariance = moments[..., :-1, :-1] / n - mean * mean.swapaxes(-1, -2)
    scale = np.sqrt(np.maximum(np.diagonal(covariance, axis1=-2, axis2=-1), 1e-12))
    found: Floats = covariance / (scale[..., :, None] * scale[..., None, :])
    return found


def _slopes(among: Floats, target: Floats, shared: np.ndarray) -> Floats:
    """Return the coefficients: of columns that are no shares together, of each share beside these."""
    alone = ~shared
    base = among[..., alone, :][..., :, alone] + RIDGE * np.eye(int(alone.sum()))
    crossed = among[..., alone, :][..., :, shared]
    right = np.concatenate([target[..., alone, None], crossed], axis=-1)
    solved = np.linalg.solve(base, right)
    slopes = np.empty_like(target)
    slopes[..., alone] = solved[..., 0]
    rest = target[..., shared] - (crossed * solved[..., :1]).sum(axis=-2)
    own = 1.0 - (crossed * solved[..., 1:]).sum(axis=-2)
    slopes[..., shared] = rest / np.maximum(own, RIDGE)
    return slopes


def _explained(among: Floats, target: Floats, kept: np.ndarray) -> Floats:
    """Return R^2 of a regression on the columns that are kept."""
    base = among[..., kept, :][..., :, kept] + RIDGE * np.eye(int(kept.sum()))
    right = target[..., kept, None]
    return np.asarray((np.linalg.solve(base, right) * right).sum(axis=(-2, -1)))


def _adjusted(found: Index, n: int, columns: int) -> Index:
    """Return R^2 without what so many columns would explain of nothing."""
    scale = (n - 1) / max(1, n - columns - 1)
    low, value, high = (
        min(1.0, max(0.0, 1.0 - (1.0 - each) * scale)) for each in (found.low, found.value, found.high)
    )
    return Index(value, low, high)
