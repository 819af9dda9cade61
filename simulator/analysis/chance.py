"""How much of what differs between replications is due to the factors, and how much to chance."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.analysis.figures import percent
from simulator.analysis.intervals import FEWEST_HITS, LEVEL, Floats, Interval, Ints, clopper_pearson
from simulator.analysis.tabular import Tabular

if TYPE_CHECKING:
    import pandas as pd

RESAMPLES = 999
"""Bootstrap samples of an interval."""


@dataclass(frozen=True, slots=True)
class Share(Tabular):
    """The share of a variance that the factors explain; chance, the streams, explains the rest."""

    scenario: str
    claim: str
    of: str
    """`quantity` of the claim, or `claim`: whether it is met."""
    factors: float
    """0 to 1; NaN where too few replications meet the claim, or miss it, to tell."""
    low: float
    """The interval of 95 %."""
    high: float
    pairs: int
    """Replications of the same factors and other luck."""

    @property
    def chance(self) -> float:
        """What the factors leave."""
        return 1.0 - self.factors

    @property
    def known(self) -> bool:
        """Whether there were hits and misses enough."""
        return not np.isnan(self.factors)

    def to_frame(self) -> "pd.DataFrame":
        import pandas as pd

        return pd.DataFrame([asdict(self) | {"chance": self.chance}])

    def __str__(self) -> str:
        if not self.known:
            return f"not told apart with {self.pairs:,} pairs"
        reach = f"{percent(self.low).removesuffix(' %')} to {percent(self.high)}"
        return f"{percent(self.factors)} [{reach}] factors, {percent(self.chance)} chance"


def factor_share(first: Floats, second: Floats, scramble: Ints | None = None) -> tuple[float, Interval]:
    """Return the share of the variance of a number that the factors explain, with its interval of 95 %.

    `first` and `second`, shape (pairs,), are the number in two replications of the same factors and of streams
    of their own: their covariance is the variance of the expectation given the factors (Saltelli et al. 2010,
    Computer Physics Communications 181, the closed index of all factors together). The interval is that of a
    bootstrap of pairs, or of scrambles, shape (pairs,), where pairs of one scramble are not independent.
    """
    groups = np.arange(len(first)) if scramble is None else np.unique(scramble, return_inverse=True)[1]
    terms = np.stack([first + second, first * second, first * first + second * second, np.ones(len(first))])
    sums = np.stack([np.bincount(groups, weights=term) for term in terms])  # shape (4, groups)
    units = sums.shape[1]
    drawn = np.random.Generator(np.random.Philox(units)).multinomial(units, [1.0 / units] * units, RESAMPLES)
    resampled = _share(sums @ drawn.astype(np.float64).T)
    low, high = np.quantile(resampled, [(1.0 - LEVEL) / 2.0, (1.0 + LEVEL) / 2.0])
    found = float(_share(sums.sum(axis=1, keepdims=True))[0])
    resampling = "pairs" if scramble is None else "scrambles of pairs"
    return found, Interval(float(low), float(high), f"bootstrap of {resampling}")


def indicator_share(first: Floats, second: Floats, scramble: Ints | None = None) -> tuple[float, Interval]:
    """Return the share of the variance of an indicator, 0 or 1, that the factors explain, with its interval.

    As `factor_share`; but pairs that all agree would give an interval without width: then it reaches down to the
    share at which so many pairs would still all agree once in twenty times (one-sided Clopper-Pearson).
    """
    found, interval = factor_share(first, second, scramble)
    p = float(np.mean(first))
    if not np.array_equal(first, second) or p in (0.0, 1.0):
        return found, interval
    differing = clopper_pearson(0, len(first)).high
    low = max(0.0, 1.0 - differing / (2.0 * p * (1.0 - p)))
    return found, Interval(low, interval.high, "one-sided Clopper-Pearson of pairs that differ")


def _share(sums: Floats) -> Floats:
    """Return covariance over variance from sums of x + y, of xy, of x^2 + y^2 and of ones, cut to 0 and 1."""
    total, product, square, n = sums
    mean = total / (2.0 * n)
    variance = square / (2.0 * n) - mean * mean
    covariance = product / n - mean * mean
    ratio = np.divide(covariance, variance, out=np.zeros_like(variance), where=variance > 0.0)
    return np.asarray(np.clip(ratio, 0.0, 1.0))


def enough(first: Floats, second: Floats) -> bool:
    """Return whether an indicator, 0 or 1 in both of each pair, has hits and misses enough for its share.

    Counted are pairs: two replications of the same factors are nearly one.
    """
    hits, n = float(first.sum() + second.sum()) / 2.0, len(first)
    return min(hits, n - hits) >= FEWEST_HITS
