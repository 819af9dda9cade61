"""Delta: by how much the density of a response moves when a factor is known.

Borgonovo, *A new uncertainty importance measure*, Reliability Engineering and System Safety 92 (2007), by the
estimator of Plischke, Borgonovo and Smith, European Journal of Operational Research 226 (2013), of which SALib
computes each single value. Its kernel densities are slow, so it has a subsample, few resamples, and the factors
that are asked for. Its own way of resampling is not used: it draws rows, and those of a scramble are not
independent.
"""

import warnings
from typing import Final

import numpy as np

from simulator.analysis.intervals import Floats, Ints
from simulator.analysis.sensitivity.drawn import Drawn
from simulator.analysis.sensitivity.resampling import Index, weights

ROWS: Final = 512
"""The first so many replications, from all scrambles alike."""
RESAMPLES: Final = 12
POINTS: Final = 100
"""Values of the response at which densities are compared."""
CLASSES: Final = 5


def deltas(drawn: Drawn, values: Floats, columns: list[int], *, level: float) -> tuple[Index, ...]:
    """Return delta of some columns for values, shape (n,), its bias taken away as Plischke and others do."""
    from scipy.special import stdtrit

    response = values[:ROWS]
    grid = np.linspace(response.min(), response.max(), POINTS)
    unit = drawn.unit[:ROWS]
    units = int(unit.max()) + 1
    rows = [
        np.repeat(np.arange(len(unit)), times[unit].astype(np.int64)) for times in weights(units, RESAMPLES)
    ]
    t = float(stdtrit(RESAMPLES - 1, (1.0 + level) / 2.0))
    found = []
    for column in columns:
        factor = drawn.values[column, :ROWS]
        at_once = _delta(response, factor, grid, np.arange(len(unit)))
        resampled = np.array([_delta(response, factor, grid, each) for each in rows])
        value = 2.0 * at_once - float(resampled.mean())
        reach = t * float(resampled.std(ddof=1))
        found.append(Index(*np.clip([value, value - reach, value + reach], 0.0, 1.0).tolist()))
    return tuple(found)


def _delta(response: Floats, factor: Floats, grid: Floats, rows: Ints) -> float:
    from SALib.analyze.delta import calc_delta

    with warnings.catch_warnings():
        # it warns of classes with one value of the response, which it leaves out
        warnings.simplefilter("ignore", UserWarning)
        return float(calc_delta(response[rows], grid, factor[rows], np.linspace(0, len(rows), CLASSES + 1)))


def continuous(values: Floats) -> bool:
    """Return whether values, shape (n,), have a density: hardly any two of them are equal."""
    return len(np.unique(values)) >= 0.9 * len(values)
