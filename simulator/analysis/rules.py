"""Proper scoring rules of a forecast that is a sample: CRPS, log score, probability integral transform.

Gneiting and Raftery, *Strictly proper scoring rules, prediction, and estimation*, Journal of the American
Statistical Association 102 (2007).
"""

import math
from dataclasses import dataclass

import numpy as np

from simulator.analysis.intervals import Floats, Ints, mean_interval, quantile


@dataclass(frozen=True, slots=True)
class Crps:
    """A continuous ranked probability score, in the unit of the values, and its interval over replications."""

    value: float
    low: float
    high: float


def crps(values: Floats, happened: float, scramble: Ints | None = None, *, level: float = 0.95) -> Crps:
    """Return E|X - y| - E|X - X'| / 2 of a sample, shape (n,), without the bias of a sample of that size.

    X and X' are different replications (the fair form; Ferro, QJRMS 140, 2014), of different scrambles where
    there are scrambles: points of one are spread out on purpose. For one certain value it is the absolute
    error. NaN with fewer than two values.
    """
    n = len(values)
    if n < 2:
        return Crps(math.nan, math.nan, math.nan)
    total, pairs = _distances(values), n * (n - 1) / 2.0
    if scramble is not None:
        groups = [values[scramble == number] for number in np.unique(scramble)]
        total -= math.fsum(_distances(group) for group in groups)
        pairs -= sum(len(group) * (len(group) - 1) / 2.0 for group in groups)
    error = np.abs(values - happened)
    found = float(np.mean(error)) - total / pairs / 2.0
    # what each replication adds to both terms, to first order (Hoeffding)
    reach = mean_interval(error - _mean_distance(values), scramble, level=level).interval.half_width
    return Crps(found, max(0.0, found - reach), found + reach)


def crps_lognormal(median: float, sigma: float, happened: float) -> float:
    """Return the CRPS of a lognormal law with `sigma`, the standard deviation of its logarithm, above 0."""
    from scipy.special import ndtr

    z = (math.log(happened / median)) / sigma if happened > 0.0 else -math.inf
    mean = median * math.exp(sigma**2 / 2.0)
    spread = float(ndtr(z - sigma)) + float(ndtr(sigma / math.sqrt(2.0))) - 1.0
    return happened * (2.0 * float(ndtr(z)) - 1.0) - 2.0 * mean * spread


def log_score(values: Floats, happened: float, *, grain: float) -> float:
    """Return minus the natural logarithm of the density of a sample, shape (n,), at what happened.

    The density is a kernel estimate: normal kernels of Silverman's width, 0.9 min(sd, IQR/1.349) n^(-1/5), and
    no narrower than `grain`, the step in which values are counted. One part in n + 1 goes to a Cauchy law around
    the median, as wide as the sample, the floor: a value far from every replication costs some log n and grows
    like a logarithm, and never is infinite. NaN without values.
    """
    n = len(values)
    if n == 0:
        return math.nan
    low, middle, high = (quantile(values, share) for share in (0.25, 0.5, 0.75))
    sd = float(np.std(values))
    narrow = min(sd, (high - low) / 1.349) if high > low else sd
    width = max(0.9 * narrow * n ** (-0.2), grain)
    kernels = np.exp(-0.5 * ((happened - values) / width) ** 2) / (width * math.sqrt(2.0 * math.pi))
    scale = max(sd, grain)
    floor = 1.0 / (math.pi * scale * (1.0 + ((happened - middle) / scale) ** 2))
    return -math.log((float(np.sum(kernels)) + floor) / (n + 1))


def shares(values: Floats, happened: float) -> tuple[float, float]:
    """Return the share of a sample below what happened, and the share that is no more than it."""
    n = max(1, len(values))
    return (
        float(np.count_nonzero(values < happened)) / n,
        float(np.count_nonzero(values <= happened)) / n,
    )


def _distances(values: Floats) -> float:
    """Return the sum of |x - x'| over all pairs."""
    rising = np.sort(values)
    n = len(rising)
    return float(np.dot(2.0 * np.arange(n) - (n - 1), rising - np.mean(rising)))


def _mean_distance(values: Floats) -> Floats:
    """Return for each value its mean distance to all of them; shape (n,)."""
    order = np.argsort(values, kind="stable")
    rising = values[order]
    n, below = len(rising), np.cumsum(rising)
    rank = np.arange(1, n + 1)
    sums = rank * rising - below + (below[-1] - below) - (n - rank) * rising
    found = np.empty(n)
    found[order] = sums / n
    return found
