"""Replications that count for more or less: what they say on average, with the error of that.

Every figure is a ratio of sums over independent units (scrambles, or batches of independent replications), and its
error comes from how far the units lie apart: the t interval of the linearised ratio.
"""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from simulator.analysis.intervals import FEWEST_HITS, LEVEL, Floats, Interval, Ints, Mask

BATCHES: Final = 64
"""Independent replications are counted in so many units."""
RESAMPLES: Final = 500
SEED: Final = 1995
"""Fixed, so that the same rows give the same bands."""
GRID: Final = 200
"""Places at which two distribution functions are compared, at most."""


def units(replication: Ints, scramble: Ints | None) -> Ints:
    """Return the unit of each replication, from 0 without gaps, shape (n,): its scramble, or else a batch."""
    of = replication % BATCHES if scramble is None else scramble
    return np.unique(of, return_inverse=True)[1].astype(np.int64)


@dataclass(frozen=True)
class Moved:
    """How far a distribution has moved: the largest distance between distribution functions, 0 to 1."""

    distance: float
    low: float
    """0 where the distance is no more than chance would make it."""
    high: float


@dataclass(frozen=True, eq=False)
class Weights:
    """A weight for every replication: 0 or more, not all of them 0, up to a common constant."""

    weight: Floats
    """Shape (n,)."""
    unit: Ints
    """Shape (n,), from 0: units are independent of each other."""
    level: float = LEVEL

    @cached_property
    def share(self) -> Floats:
        """The weights with a sum of 1."""
        found: Floats = self.weight / math.fsum(self.weight.tolist())
        return found

    @cached_property
    def effective(self) -> float:
        """The effective sample size of Kish, *Survey Sampling*, 1965: (sum of weights)^2 / sum of squares."""
        return 1.0 / float(np.dot(self.share, self.share))

    @property
    def largest(self) -> float:
        """The share of the weight that one replication has."""
        return float(self.share.max())

    def mean(self, values: Floats) -> float:
        """Return the weighted mean of values, shape (n,)."""
        return float(np.dot(self.share, values))

    def mean_interval(self, values: Floats) -> Interval:
        """Return the t interval of the weighted mean of values, shape (n,)."""
        return self._around(self.mean(values), self.share * (values - self.mean(values)))

    def shift_interval(self, values: Floats) -> Interval:
        """Return the t interval of the weighted less the plain mean of values, shape (n,)."""
        weighted, plain = self.mean(values), float(np.mean(values))
        return self._around(
            weighted - plain, self.share * (values - weighted) - (values - plain) / len(values)
        )

    def proportion_interval(self, hit: Mask) -> Interval:
        """Return the interval of the weighted share of hits, shape (n,).

        The t interval where there are effectively 50 hits and misses; else Clopper and Pearson's of as many
        replications as there effectively are (Korn and Graubard, *Survey Methodology* 24, 1998).
        """
        probability = self.mean(hit.astype(np.float64))
        if self.effective * min(probability, 1.0 - probability) >= FEWEST_HITS:
            found = self.mean_interval(hit.astype(np.float64))
            return Interval(max(0.0, found.low), min(1.0, found.high), found.method)
        return _clopper_pearson(probability, self.effective, self.level)

    def quantiles(self, values: Floats, probabilities: tuple[float, ...]) -> tuple[float, ...]:
        """Return weighted quantiles of values: the least value that such a share of the weight does not exceed."""
        order = np.argsort(values, kind="stable")
        return self._quantiles(values[order], np.cumsum(self.share[order]), probabilities)

    def median_interval(self, values: Floats) -> Interval:
        """Return the interval of the weighted median by that of the share up to it (Woodruff, JASA 47, 1952)."""
        order = np.argsort(values, kind="stable")
        rising, below = values[order], np.cumsum(self.share[order])
        (median,) = self._quantiles(rising, below, (0.5,))
        found = self.mean_interval((values <= median).astype(np.float64))
        low, high = self._quantiles(
            rising, below, (max(0.0, 0.5 - found.half_width), min(1.0, 0.5 + found.half_width))
        )
        return Interval(low, high, f"share up to it by {found.method}")

    def moved(self, values: Floats) -> Moved:
        """Return how far weighting moves the distribution of values, shape (n,), by Kolmogorov's distance.

        The interval allows for the largest error of the difference of the two functions anywhere, found by
        resampling units: it covers the true distance with the level or more.
        """
        edges = np.unique(values)
        if len(edges) > GRID:
            edges = np.unique(np.quantile(values, (np.arange(GRID) + 0.5) / GRID, method="inverted_cdf"))
        place = np.searchsorted(edges, values)  # how many edges lie below: a value counts from its edge on
        cells, count = self.unit * (len(edges) + 1) + place, self._count
        shape = (count, len(edges) + 1)
        weighted = np.bincount(cells, self.share, minlength=shape[0] * shape[1]).reshape(shape)
        plain = np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape) / len(values)
        after, before = np.cumsum(weighted.sum(axis=0)), np.cumsum(plain.sum(axis=0))
        error = np.cumsum(weighted, axis=1) - after * weighted.sum(axis=1, keepdims=True)
        error -= np.cumsum(plain, axis=1) - before * plain.sum(axis=1, keepdims=True)
        distance = float(np.max(np.abs(after - before)))
        largest = np.max(np.abs(self._resampled @ error), axis=1)
        reach = float(np.quantile(largest, self.level)) * self._widening
        return Moved(distance, max(0.0, distance - reach), min(1.0, distance + reach))

    @cached_property
    def _count(self) -> int:
        return int(self.unit.max()) + 1

    @cached_property
    def _resampled(self) -> Floats:
        """How many times more than once each unit is drawn in each resample, shape (resamples, units)."""
        random = np.random.Generator(np.random.PCG64(SEED))
        times = random.multinomial(self._count, np.full(self._count, 1.0 / self._count), size=RESAMPLES)
        return times.astype(np.float64) - 1.0

    @cached_property
    def _widening(self) -> float:
        """What the bootstrap of few units falls short of: the t of as many degrees of freedom, and the variance."""
        from scipy.special import ndtri, stdtrit

        tail = (1.0 + self.level) / 2.0
        t = float(stdtrit(self._count - 1, tail)) / float(ndtri(tail))
        return t * math.sqrt(self._count / (self._count - 1))

    def _around(self, estimate: float, influence: Floats) -> Interval:
        parts = np.bincount(self.unit, influence, minlength=self._count).astype(np.float64)
        return t_interval(estimate, parts, self.level)

    @staticmethod
    def _quantiles(rising: Floats, below: Floats, probabilities: tuple[float, ...]) -> tuple[float, ...]:
        # the sum of shares may miss 1 by its last bits
        at = np.array(probabilities) * below[-1] - 1e-12
        place = np.minimum(np.searchsorted(below, at), len(rising) - 1)
        return tuple(rising[place].tolist())


def t_interval(estimate: float, parts: Floats, level: float, *, jackknife: bool = False) -> Interval:
    """Return the t interval of a sum of independent parts, one a unit, that have a mean of 0.

    With `jackknife` the parts are by how much estimates that leave a unit out lie from their mean.
    """
    from scipy.special import stdtrit

    count = len(parts)
    if count < 2:
        return Interval(-math.inf, math.inf, "one unit")
    factor = (count - 1) / count if jackknife else count / (count - 1)
    error = math.sqrt(factor * float(np.dot(parts, parts)))
    reach = float(stdtrit(count - 1, (1.0 + level) / 2.0)) * error
    return Interval(estimate - reach, estimate + reach, f"t over {count} units")


def _clopper_pearson(probability: float, n: float, level: float) -> Interval:
    """Return the exact interval of a proportion of n replications, neither need be whole."""
    from scipy.special import betaincinv

    hits, tail = probability * n, (1.0 - level) / 2.0
    if probability <= 0.0:
        return Interval(0.0, float(betaincinv(1.0, n, level)), "one-sided Korn-Graubard")
    if probability >= 1.0:
        return Interval(float(betaincinv(n, 1.0, 1.0 - level)), 1.0, "one-sided Korn-Graubard")
    # less than one hit is no ground for a bound above 0, nor less than one miss for one below 1
    low = float(betaincinv(hits, n - hits + 1.0, tail)) if hits >= 1.0 else 0.0
    high = float(betaincinv(hits + 1.0, n - hits, 1.0 - tail)) if n - hits >= 1.0 else 1.0
    return Interval(low, high, "Korn-Graubard")
