"""The quantile shift function: by how much each quantile of a distribution lies beyond that of another.

Doksum, *Empirical probability plots and statistical inference for nonlinear models in the two-sample case*,
Annals of Statistics 2 (1974).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.analysis.intervals import LEVEL, Floats, Ints
from simulator.analysis.tabular import Tabular

if TYPE_CHECKING:
    import pandas as pd

DECILES: Final = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
RESAMPLES: Final = 1000
SEED: Final = 1974
"""Fixed, so that the same rows give the same bands."""


@dataclass(frozen=True, slots=True)
class Shift(Tabular):
    """Quantiles of a and of b, and b less a; all tuples as long as `probability`."""

    probability: tuple[float, ...]
    a: tuple[float, ...]
    b: tuple[float, ...]
    difference: tuple[float, ...]
    low: tuple[float, ...]
    """Bands of 95 %, each quantile by itself."""
    high: tuple[float, ...]

    def rows(self) -> Iterator[tuple[float, ...]]:
        """Iterate over the quantiles: probability, a, b, difference, low, high."""
        return zip(self.probability, self.a, self.b, self.difference, self.low, self.high, strict=True)

    def to_frame(self) -> "pd.DataFrame":
        import pandas as pd

        return pd.DataFrame(self.rows(), columns=["probability", "a", "b", "difference", "low", "high"])


def shift(
    a: Floats,
    b: Floats,
    scramble: Ints | None = None,
    *,
    probabilities: tuple[float, ...] = DECILES,
    level: float = LEVEL,
) -> Shift:
    """Return the shift function of pairs, `a` and `b` of shape (n,), with bands by the bootstrap.

    Resampled are pairs, so that what the two have in common cancels; where `scramble`, shape (n,), says which
    pairs are points of one scramble, whole scrambles. Quantiles are order statistics.
    """
    at = np.array(probabilities)
    order_a, order_b = np.argsort(a, kind="stable"), np.argsort(b, kind="stable")
    sorted_a, sorted_b = a[order_a], b[order_b]
    once = np.ones(len(a), dtype=np.int64)
    of_a, of_b = _quantiles(sorted_a, once, at), _quantiles(sorted_b, once, at)
    random = np.random.Generator(np.random.PCG64(SEED))
    _, unit = np.unique(np.arange(len(a)) if scramble is None else scramble, return_inverse=True)
    units = int(unit.max()) + 1
    differences = np.empty((RESAMPLES, len(at)))
    for k in range(RESAMPLES):
        times = np.bincount(random.integers(units, size=units), minlength=units)[unit]
        resampled_b = _quantiles(sorted_b, times[order_b], at)
        differences[k] = resampled_b - _quantiles(sorted_a, times[order_a], at)
    tail = (1.0 - level) / 2.0
    low, high = np.quantile(differences, (tail, 1.0 - tail), axis=0)
    return Shift(
        probability=probabilities,
        a=tuple(of_a.tolist()),
        b=tuple(of_b.tolist()),
        difference=tuple((of_b - of_a).tolist()),
        low=tuple(low.tolist()),
        high=tuple(high.tolist()),
    )


def _quantiles(rising: Floats, times: Ints, at: Floats) -> Floats:
    """Return order statistics of values each of which is there so many times; shape of `at`."""
    below = np.cumsum(times)
    rank = np.maximum(1, np.ceil(at * below[-1] - 1e-9))
    found: Floats = rising[np.searchsorted(below, rank)]
    return found
