"""How far two samples of equal size are apart as distributions."""

import numpy as np

from simulator.analysis.intervals import Floats


def wasserstein(a: Floats, b: Floats) -> float:
    """Return the Wasserstein distance of order 1, in the unit of the values: the area between the two ECDFs.

    `a` and `b` have the same shape (n,).
    """
    return float(np.mean(np.abs(np.sort(a) - np.sort(b))))


def kolmogorov(a: Floats, b: Floats) -> float:
    """Return the Kolmogorov distance, 0 to 1: the largest difference between the two ECDFs."""
    at = np.concatenate([a, b])
    below_a = np.searchsorted(np.sort(a), at, side="right") / len(a)
    below_b = np.searchsorted(np.sort(b), at, side="right") / len(b)
    return float(np.max(np.abs(below_a - below_b)))
