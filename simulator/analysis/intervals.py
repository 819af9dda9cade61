"""Intervals of 95 % for what replications say of a proportion, of a mean or of a quantile."""

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

LEVEL: Final = 0.95
FEWEST_HITS: Final = 50
"""With fewer hits or misses a proportion is near 0 or 1, and only an exact interval covers it."""
FEWEST_SCRAMBLES: Final = 20
"""With fewer independent scrambles their means say too little about their spread."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, and in words how it was made."""

    low: float
    high: float
    method: str

    @property
    def half_width(self) -> float:
        """Half of the way from `low` to `high`."""
        return (self.high - self.low) / 2.0


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean, its interval, and the probability of one as far from 0 if the true mean were 0."""

    mean: float
    interval: Interval
    p_value: float


def clopper_pearson(hits: int, n: int, *, level: float = LEVEL) -> Interval:
    """Return the exact interval of a proportion (Clopper and Pearson, Biometrika 26, 1934).

    With no hit, or with nothing else, it is the one-sided bound of the same level. It also holds for Latin
    hypercubes and for scrambled Sobol points whose proportion varies less than that of independent points.
    """
    from scipy.special import betaincinv

    if n == 0:
        return Interval(0.0, 1.0, "no replications")
    tail = (1.0 - level) / 2.0
    one_sided = _method("one-sided Clopper-Pearson", level)
    if hits == 0:
        return Interval(0.0, -math.expm1(math.log1p(-level) / n), one_sided)
    if hits == n:
        return Interval(math.exp(math.log1p(-level) / n), 1.0, one_sided)
    low = float(betaincinv(hits, n - hits + 1, tail))
    high = float(betaincinv(hits + 1, n - hits, 1.0 - tail))
    return Interval(low, high, _method("Clopper-Pearson", level))


def _method(name: str, level: float) -> str:
    return name if level == LEVEL else f"{name} at {100.0 * level:.4g} %"


def mean_interval(values: Floats, scramble: Ints | None = None, *, level: float = LEVEL) -> Mean:
    """Return the mean of values, shape (n,), with the t interval over the means of scrambles.

    `scramble`, shape (n,), numbers the scramble of each value; without it every value stands for itself. The
    points of one scramble are not independent, the scrambles are. Each weighs as many points as it has.
    """
    from scipy.special import stdtr, stdtrit

    n = len(values)
    if n == 0:
        return Mean(math.nan, Interval(-math.inf, math.inf, "no replications"), 1.0)
    mean = math.fsum(values.data) / n  # a list would take five times the memory
    sums = values - mean if scramble is None else _sums(values - mean, scramble)
    units = len(sums)
    method = _method("t over replications" if scramble is None else f"t over {units} scrambles", level)
    if units < 2:
        return Mean(mean, Interval(-math.inf, math.inf, method), 1.0)
    error = math.sqrt(units / (units - 1) * float(np.dot(sums, sums))) / n
    reach = float(stdtrit(units - 1, (1.0 + level) / 2.0)) * error
    if error == 0.0:
        p_value = 1.0 if mean == 0.0 else 0.0
    else:
        p_value = 2.0 * float(stdtr(units - 1, -abs(mean) / error))
    return Mean(mean, Interval(mean - reach, mean + reach, method), p_value)


def _sums(values: Floats, scramble: Ints) -> Floats:
    """Return the sum of the values of each scramble; shape (scrambles,)."""
    sums = np.bincount(scramble, weights=values)[np.bincount(scramble) > 0]
    return np.asarray(sums, dtype=np.float64)


def proportion_interval(hit: Mask, scramble: Ints | None = None, *, level: float = LEVEL) -> Interval:
    """Return the interval of the proportion of hits; `hit` and `scramble` of shape (n,).

    The t interval over the means of scrambles, cut to 0 and 1, where there are scrambles and both hits and
    misses are many; else, or when scrambles agree so well that it is narrower than one hit, the exact
    interval.
    """
    hits, n = int(np.count_nonzero(hit)), len(hit)
    if scramble is None or min(hits, n - hits) < FEWEST_HITS:
        return clopper_pearson(hits, n, level=level)
    found = mean_interval(hit.astype(np.float64), scramble, level=level).interval
    if found.high - found.low < 1.0 / n:
        return clopper_pearson(hits, n, level=level)
    return Interval(max(0.0, found.low), min(1.0, found.high), found.method)


def quantile(values: Floats, probability: float) -> float:
    """Return the order statistic that is a quantile of values, shape (n,); NaN when there are none."""
    if not len(values):
        return math.nan
    return float(np.quantile(values, probability, method="inverted_cdf"))


def quantile_interval(
    values: Floats, probability: float, scramble: Ints | None = None, *, level: float = LEVEL
) -> Interval:
    """Return the interval of a quantile, between order statistics of `values`; shapes as for `mean_interval`.

    Without scrambles their ranks are those of the binomial law, exact for any law of the values. With scrambles
    they are where the t interval of the share of values up to the quantile ends (Woodruff, JASA 47, 1952), unless
    a proportion of that size would need the exact interval. Too few values for an order statistic leave the
    interval open on that side.
    """
    n = len(values)
    if n == 0:
        return Interval(-math.inf, math.inf, "no replications")
    low, high = _binomial_ranks(n, probability, level)
    method = _method("order statistics", level)
    if scramble is not None and n * min(probability, 1.0 - probability) >= FEWEST_HITS:
        up_to = (values <= quantile(values, probability)).astype(np.float64)
        found = mean_interval(up_to, scramble, level=level).interval
        if found.high - found.low >= 1.0 / n:
            low = math.floor(n * (probability - found.half_width))
            high = math.floor(n * (probability + found.half_width)) + 1
            method = f"order statistics by {found.method}"
    rising = np.sort(values)
    return Interval(
        float(rising[low - 1]) if low >= 1 else -math.inf,
        float(rising[high - 1]) if high <= n else math.inf,
        method,
    )


def _binomial_ranks(n: int, probability: float, level: float) -> tuple[int, int]:
    """Return the ranks, from 1, of the order statistics around a quantile; 0 or n + 1 where there is none."""
    from scipy.special import bdtr

    tail = (1.0 - level) / 2.0

    def up_to(count: int) -> float:
        return float(bdtr(count, n, probability))

    counts = range(n)
    return bisect_right(counts, tail, key=up_to), bisect_left(counts, 1.0 - tail, key=up_to) + 1
