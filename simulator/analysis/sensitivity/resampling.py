"""Estimates of sums over units, their bias taken away by the jackknife, with intervals by the bootstrap of units.

A unit is what is independent of the others: a scramble, or a group of independent replications. The jackknife
(Quenouille, *Notes on bias in estimation*, Biometrika 43, 1956) takes away the bias of an index that a random
column would also have: in proportion to the classes and against the number of replications. The bootstrap gives
the spread alone, as it would add that bias once more.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from simulator.analysis.figures import percent
from simulator.analysis.intervals import Floats
from simulator.analysis.sensitivity.drawn import SEED

RESAMPLES = 400

Statistic = Callable[..., Floats]
"""Takes sums over units, each with any axes before its own, and returns those axes and one for the columns."""


@dataclass(frozen=True, slots=True)
class Index:
    """A number, with its interval."""

    value: float
    low: float
    high: float

    @property
    def in_percent(self) -> str:
        """The number with its interval as written, in per cent."""
        return f"{percent(self.value)} [{percent(self.low).removesuffix(' %')} to {percent(self.high)}]"

    def above(self, other: "Index") -> bool:
        """Return whether the whole interval lies above the other."""
        return self.low > other.high

    @property
    def size(self) -> "Index":
        """The number without its sign."""
        ends = sorted((abs(self.low), abs(self.high)))
        return Index(abs(self.value), 0.0 if self.low <= 0.0 <= self.high else ends[0], ends[1])


def indices(
    statistic: Statistic,
    tables: Sequence[Floats],
    *,
    level: float,
    corrected: bool = True,
    resamples: int = RESAMPLES,
    within: tuple[float, float] = (0.0, 1.0),
) -> tuple[Index, ...]:
    """Return an index for each column, cut to where it can lie.

    Tables have shape (units, ...); the statistic takes their sums. `corrected` says whether the bias is taken
    away.
    """
    from scipy.special import stdtrit

    units = len(tables[0])
    totals = [table.sum(axis=0) for table in tables]
    plain = statistic(*totals)
    bias = np.zeros_like(plain)
    if corrected:
        without = statistic(*(total - table for total, table in zip(totals, tables, strict=True)))
        bias = (units - 1) * (without.mean(axis=0) - plain)
    times = weights(units, resamples)
    resampled = statistic(*(np.tensordot(times, table, axes=1) for table in tables))
    # a resample that repeats few units often has more of the noise that biases, in all columns alike
    resampled = resampled - bias * np.mean(times**2, axis=1, keepdims=True)
    spread = resampled.std(axis=0, ddof=1) * np.sqrt(units / (units - 1))
    reach = float(stdtrit(units - 1, (1.0 + level) / 2.0)) * spread
    ends = (
        np.clip(each, *within).tolist() for each in (plain - bias, plain - bias - reach, plain - bias + reach)
    )
    return tuple(Index(*each) for each in zip(*ends, strict=True))


@cache
def weights(units: int, resamples: int) -> Floats:
    """Return how often each unit is drawn in each resample, shape (resamples, units)."""
    random = np.random.Generator(np.random.PCG64(SEED))
    found = random.multinomial(units, [1.0 / units] * units, resamples).astype(np.float64)
    found.flags.writeable = False
    return found
