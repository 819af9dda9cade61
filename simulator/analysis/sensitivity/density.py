"""Delta: by how much the density of a response moves when a factor is known.

Borgonovo, *A new uncertainty importance measure*, Reliability Engineering and System Safety 92 (2007), by the
estimator of Plischke, Borgonovo and Smith, European Journal of Operational Research 226 (2013), with whose formula
the bootstrap takes bias away. Kernel densities are slow, so it has a subsample and few resamples.
"""

import math
from typing import Final

import numpy as np

from simulator.analysis.intervals import Floats, Ints
from simulator.analysis.sensitivity.drawn import Drawn, classes
from simulator.analysis.sensitivity.resampling import Index, weights

ROWS: Final = 512
"""The first so many replications, from all scrambles alike."""
RESAMPLES: Final = 12
POINTS: Final = 64
"""Values of the response at which densities are compared."""
CLASSES: Final = 5


def deltas(drawn: Drawn, values: Floats, *, level: float) -> tuple[Index, ...]:
    """Return delta of each column for values, shape (n,), that are not all equal in the subsample."""
    from scipy.special import stdtrit

    response, unit = values[:ROWS], drawn.unit[:ROWS]
    grid = np.linspace(response.min(), response.max(), POINTS)
    places = [classes(column[:ROWS], CLASSES) for column in drawn.values]

    def of(rows: Ints) -> Floats:
        everywhere = density(response[rows], grid)
        return np.array([delta(response[rows], place[rows], grid, everywhere) for place in places])

    at_once = of(np.arange(len(response)))
    times = weights(int(unit.max()) + 1, RESAMPLES).astype(np.int64)
    resampled = np.array([of(np.repeat(np.arange(len(unit)), each[unit])) for each in times])
    value = 2.0 * at_once - resampled.mean(axis=0)
    reach = float(stdtrit(RESAMPLES - 1, (1.0 + level) / 2.0)) * resampled.std(axis=0, ddof=1)
    ends = (np.clip(each, 0.0, 1.0).tolist() for each in (value, value - reach, value + reach))
    return tuple(Index(*each) for each in zip(*ends, strict=True))


def delta(response: Floats, place: Ints, grid: Floats, everywhere: Floats) -> float:
    """Return half the distance between the density in a class and that of all, a mean over classes.

    A class with one value of the response has no density, and counts nothing.
    """
    found = 0.0
    for number in range(int(place.max()) + 1):
        inside = response[place == number]
        if len(inside) > 1 and inside.min() < inside.max():
            distance = np.trapezoid(np.abs(density(inside, grid) - everywhere), grid)
            found += len(inside) / len(response) * float(distance) / 2.0
    return found


def density(values: Floats, grid: Floats) -> Floats:
    """Return the normal kernel density of values, shape (n,), at the points of a grid, by Silverman's bandwidth."""
    n = len(values)
    width = float(values.std(ddof=1)) * (0.75 * n) ** -0.2
    kernels = np.exp(-0.5 * ((values[:, None] - grid) / width) ** 2)
    return np.asarray(kernels.sum(axis=0) / (n * width * math.sqrt(2.0 * math.pi)))


def continuous(values: Floats) -> bool:
    """Return whether values, shape (n,), have a density: hardly any two of them are equal."""
    return len(np.unique(values)) >= 0.9 * len(values)
