"""What knowing the bin that a factor lies in does for the call whether a claim holds.

Values of information from one sample, as in Strong, Oakley and Brennan, *Estimating multiparameter partial
expected value of perfect information from a probabilistic sensitivity analysis sample*, Medical Decision Making 34
(2014). Here the regression is a kernel smoother over bins of equal count, or over the values of the factor, and the
call of each bin is the one that the replications of all other units make: chance is not taken for worth.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from simulator.analysis.intervals import FEWEST_HITS, Floats, Interval, Ints, Mask
from simulator.analysis.weights import t_interval

MOST_BINS: Final = 64
BANDWIDTH: Final = 0.2
"""Of the kernel, as a share of all ranks, times the fifth root of the replications."""


@dataclass(frozen=True, slots=True, eq=False)
class Gain:
    """The value of knowing the bin, and the share of variance that it removes, with their intervals; none below 0."""

    value: float
    low: float
    high: float
    share: float
    share_low: float
    share_high: float


def bins_for(n: int) -> int:
    """Return into how many bins the values of a factor are put at most, for so many replications."""
    return max(4, min(MOST_BINS, round(math.sqrt(n) / 2)))


def binned(values: Floats, bins: int) -> tuple[Ints, int]:
    """Return the bin of each value, shape (n,), and how many there are: its values, or else parts of equal count."""
    edges = np.unique(values)
    if len(edges) > bins:
        inner = np.quantile(values, np.arange(1, bins) / bins, method="inverted_cdf")
        edges = np.unique([*inner, edges[-1]])
    return np.searchsorted(edges, values, side="left").astype(np.int64), len(edges)


def gain_of(hits: Ints, counts: Ints, *, level: float) -> Gain:
    """Return the value of knowing the bin, and the share of variance that it removes.

    `hits` of `counts` replications meet the claim, both of shape (units, bins).
    """
    n, probability = int(counts.sum()), float(hits.sum()) / int(counts.sum())
    call = probability > 0.5
    now = (hits if call else counts - hits).sum(axis=1)
    kernel = _kernel(counts.sum(axis=0))
    by_others = _calls(hits.sum(axis=0) - hits, counts.sum(axis=0) - counts, kernel)
    by_all = _calls(hits.sum(axis=0), counts.sum(axis=0), kernel)
    value, around = _mean_gain(_right(hits, counts, by_others) - now, counts, level)
    # calls made by the same rows judge themselves too well: what is true lies between the two
    _, above = _mean_gain(_right(hits, counts, by_all) - now, counts, level)
    high = max(around.high, above.high)
    share = removed_share(hits.sum(axis=0), counts.sum(axis=0))
    without = removed_share(hits.sum(axis=0) - hits, counts.sum(axis=0) - counts)
    spread = t_interval(float(share), without - without.mean(), level, jackknife=True)
    flipped = int(counts.sum(axis=0)[by_all != call].sum())
    if flipped < max(FEWEST_HITS, 2.0 * n * _bandwidth(n)):
        high = max(high, bound(probability, max(0.0, spread.high)))
    of_value = value, around.low, min(high, probability, 1.0 - probability)
    of_share = float(share), spread.low, min(1.0, spread.high)
    return Gain(*(max(0.0, each) for each in (*of_value, *of_share)))


def _mean_gain(right: Ints, counts: Ints, level: float) -> tuple[float, Interval]:
    """Return how many more calls are right per replication, `right` of shape (units,), with its interval."""
    n = int(counts.sum())
    value = float(right.sum()) / n
    parts: Floats = (right - value * counts.sum(axis=1)) / n
    return value, t_interval(value, parts, level)


def _bandwidth(n: int) -> float:
    return float(BANDWIDTH * n**-0.2)


def _kernel(counts: Ints) -> Floats:
    """Return how much bins, of so many replications each, tell of each other: Gaussian in rank, shape (bins, bins)."""
    n = int(counts.sum())
    middle = (np.cumsum(counts) - counts / 2.0) / n
    z = (middle[:, None] - middle) / _bandwidth(n)
    found: Floats = np.exp(-0.5 * z * z)
    return found


def _calls(hits: Ints, counts: Ints, kernel: Floats) -> Mask:
    """Return whether the claim is called true in each bin, shape (..., bins), by hits of counts replications."""
    found: Mask = 2.0 * (hits @ kernel) > counts @ kernel
    return found


def _right(hits: Ints, counts: Ints, calls: Mask) -> Ints:
    """Return how many calls of each unit are right, shape (units,)."""
    found: Ints = np.where(calls, hits, counts - hits).sum(axis=1)
    return found


def bound(probability: float, share: float) -> float:
    """Return the most that knowing a factor can be worth when it removes such a share of the variance.

    Where q is the probability once it is known, the value is E|q - 1/2| - |p - 1/2|. It is no more than the standard
    deviation of q and, since (2q - 1)+ <= (q - p)^2 / |1 - 2p|, no more than its variance by |1 - 2p|.
    """
    variance, lean = share * probability * (1.0 - probability), abs(1.0 - 2.0 * probability)
    most = math.sqrt(variance)
    return most if most >= lean else variance / lean


def removed_share(hits: Ints, counts: Ints) -> Floats:
    """Return which share of the variance of an indicator lies between bins, shape (...), `hits` (..., bins).

    Free of bias for independent replications: from the sum of squares between bins is taken what chance puts there.
    """
    n, hit = counts.sum(axis=-1), hits.sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = np.where(counts > 0, hits - hits * hits / counts, 0.0).sum(axis=-1)
        total = hit - hit * hit / n
        filled = (counts > 0).sum(axis=-1)
        error = inside / (n - filled)
        found: Floats = 1.0 - error * (n - 1) / total
    return found
