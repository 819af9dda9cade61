"""The naive extrapolation that a model has to beat: what was known goes on as it went."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from simulator.analysis.intervals import Floats
from simulator.model.outcomes import Outcome

LEVEL_ERROR: Final = 0.1
"""Standard deviation of the logarithm of the level known last."""
GROWTH_ERROR: Final = 0.5
"""Standard deviation of the growth of the logarithm in a year."""
FASTEST: Final = math.log(2.0)
"""The most that a logarithm is taken to grow, or fall, in a year: a doubling, or a halving."""
DAYS_PER_YEAR: Final = 365.25
QUANTILES: Final = 1000


@dataclass(frozen=True, slots=True)
class Lognormal:
    """A lognormal law by its median and the standard deviation of its logarithm."""

    median: float
    sigma: float

    def quantile(self, share: float) -> float:
        """Return the value that such a share of the law does not exceed."""
        from scipy.special import ndtri

        return self.median * math.exp(self.sigma * float(ndtri(share)))

    def points(self) -> Floats:
        """Return `QUANTILES` values with equal shares of the law, rising."""
        from scipy.special import ndtri

        middle = (np.arange(QUANTILES) + 0.5) / QUANTILES
        return np.asarray(self.median * np.exp(self.sigma * ndtri(middle)), dtype=np.float64)


def naive(known: Sequence[Outcome], point: Outcome) -> Lognormal | None:
    """Return what is foretold of a figure by those known before, in its unit; None when none is above 0.

    Figures are compared as counts a day, in the middle of their windows. With one known figure the count a day
    stays; with more the line through the logarithms of the last two goes on, no faster than `FASTEST`. The error
    is that of the level and that of the growth over the time between.
    """
    known = [each for each in known if each.value > 0.0]
    if not known:
        return None
    last = known[-1]
    years = (point.middle - last.middle) / DAYS_PER_YEAR
    a_day = last.a_day * math.exp(_growth(known) * years)
    return Lognormal(a_day * point.days / point.times, math.hypot(LEVEL_ERROR, GROWTH_ERROR * years))


def _growth(known: Sequence[Outcome]) -> float:
    """Return the growth of the logarithm in a year."""
    if len(known) < 2:
        return 0.0
    before, last = known[-2:]
    years = (last.middle - before.middle) / DAYS_PER_YEAR
    if years <= 0.0:
        return 0.0
    return max(-FASTEST, min(FASTEST, math.log(last.a_day / before.a_day) / years))
