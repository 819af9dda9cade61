"""PAWN: how far the law of a response moves when a factor is known to lie in one slice of its values.

Pianosi and Wagener, *Distribution-based sensitivity analysis from a generic input-output sample*, Environmental
Modelling and Software 108 (2018). The median over slices of the Kolmogorov distance between the law in the slice
and the law of all, here over levels of the response with an equal share of it each, so that resampling is cheap.
The distance of a slice is above 0 even for a factor without any effect; the null shows by how much.
"""

import numpy as np

from simulator.analysis.intervals import Floats
from simulator.analysis.sensitivity.drawn import Drawn, classes
from simulator.analysis.sensitivity.resampling import Index, indices

SLICES = 10
LEVELS = 100
RESAMPLES = 200


def pawn(drawn: Drawn, values: Floats, *, level: float) -> tuple[Index, ...]:
    """Return the PAWN index of each column for values, shape (n,), that are not all equal."""
    height = classes(values, LEVELS)
    heights = int(height.max()) + 1
    found: list[Index] = []
    for place in drawn.classes(SLICES):
        slices = int(place.max()) + 1
        cell = (drawn.unit * slices + place) * heights + height
        counts = np.bincount(cell, minlength=drawn.units * slices * heights).astype(np.float64)
        table = counts.reshape(drawn.units, slices, heights)
        found += indices(_median_distance, (table,), level=level, corrected=False, resamples=RESAMPLES)
    return tuple(found)


def _median_distance(counts: Floats) -> Floats:
    """Return the median over slices of the Kolmogorov distance; `counts` of shape (..., slices, levels)."""
    up_to = counts.cumsum(axis=-1)
    everywhere = up_to.sum(axis=-2, keepdims=True)
    distance = up_to / np.maximum(up_to[..., -1:], 1.0)
    distance -= everywhere / everywhere[..., -1:]
    return np.asarray(np.median(np.abs(distance, out=distance).max(axis=-1), axis=-1, keepdims=True))
