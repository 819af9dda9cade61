"""How much one factor alone tells of a response: the share of its variance, and the information on an indicator.

The share is the correlation ratio over classes of the factor, an estimate of the first-order Sobol index; the
information is that of Shannon between the classes and the indicator.
"""

import numpy as np

from simulator.analysis.intervals import Floats, Ints
from simulator.analysis.sensitivity.drawn import Drawn
from simulator.analysis.sensitivity.resampling import Index, indices

MOST_CLASSES = 64


def class_count(n: int) -> int:
    """Return how many classes n replications bear: more of them bend less of a curve, and blur more."""
    return min(MOST_CLASSES, max(2, int(n**0.4)))


def variance_shares(drawn: Drawn, values: Floats, *, level: float) -> tuple[Index, ...]:
    """Return for each column the share of the variance of values, shape (n,), and last that of all columns summed.

    What a Dirichlet factor adds to the sum is its part with the greatest share. The null adds nothing.
    """
    counts, sums = _tables(drawn, values - values.mean())
    of_factor = _first_of_factor(drawn.names)
    squares = np.bincount(drawn.unit, weights=(values - values.mean()) ** 2).astype(np.float64)

    def statistic(counts: Floats, sums: Floats, squares: Floats) -> Floats:
        found = correlation_ratio(counts, sums, squares)
        together = np.maximum.reduceat(found[..., :-1], of_factor, axis=-1).sum(axis=-1, keepdims=True)
        return np.concatenate([found, together], axis=-1)

    return indices(statistic, (counts, sums, squares), level=level)


def information(drawn: Drawn, hit: Floats, *, level: float) -> tuple[Index, ...]:
    """Return for each column the bits that it tells of an indicator of 0 and 1, shape (n,)."""
    return indices(mutual_information, _tables(drawn, hit), level=level)


def correlation_ratio(counts: Floats, sums: Floats, squares: Floats) -> Floats:
    """Return the variance between classes over all variance.

    `counts` and `sums` of a response have shape (..., columns, classes), `squares` of it (...).
    """
    n = counts[..., 0, :].sum(axis=-1)
    centre = sums[..., 0, :].sum(axis=-1) ** 2 / n
    between = (sums**2 / np.maximum(counts, 1.0)).sum(axis=-1) - centre[..., None]
    within_all = squares - centre
    return np.asarray(between / np.where(within_all > 0.0, within_all, 1.0)[..., None])


def mutual_information(counts: Floats, hits: Floats) -> Floats:
    """Return the bits that a class tells of an indicator; both of shape (..., columns, classes)."""
    n = counts.sum(axis=-1)
    before = _entropy(hits.sum(axis=-1) / n)
    after = (counts * _entropy(hits / np.maximum(counts, 1.0))).sum(axis=-1) / n
    return np.asarray(before - after)


def _entropy(p: Floats) -> Floats:
    """Return the entropy of an event of probability p, in bits."""
    inside = np.clip(p, 1e-300, 1.0)
    outside = np.clip(1.0 - p, 1e-300, 1.0)
    return np.asarray(-(p * np.log2(inside) + (1.0 - p) * np.log2(outside)))


def _tables(drawn: Drawn, values: Floats) -> tuple[Floats, Floats]:
    """Return how many values each class of each column has in each unit, and their sum: (units, columns, classes)."""
    most = class_count(len(values))
    shape = (len(drawn.names), drawn.units, most)
    counts, sums = np.empty(shape), np.empty(shape)
    for column, place in enumerate(drawn.classes(most)):
        cell = drawn.unit * most + place
        counts[column] = np.bincount(cell, minlength=drawn.units * most).reshape(shape[1:])
        sums[column] = np.bincount(cell, weights=values, minlength=drawn.units * most).reshape(shape[1:])
    return counts.swapaxes(0, 1), sums.swapaxes(0, 1)


def _first_of_factor(names: tuple[str, ...]) -> Ints:
    """Return where the columns of each factor begin, the null left out."""
    factors = [name.partition(".")[0] for name in names[:-1]]
    return np.array([k for k, name in enumerate(factors) if not k or name != factors[k - 1]], dtype=np.int64)
