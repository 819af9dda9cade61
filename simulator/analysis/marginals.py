"""How single factors are spread before and after a claim is taken to hold, or something was observed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.analysis.belief import Belief, weights_of
from simulator.analysis.intervals import Floats
from simulator.analysis.tabular import Tabular
from simulator.analysis.weights import Weights

if TYPE_CHECKING:
    import pandas as pd

    from simulator.results import Run

MOST: Final = 9
"""Factors, unless another number is asked for."""
BINS: Final = 24
"""Parts of the range of a factor; of one of whole numbers as many as it has, when they are fewer."""


@dataclass(frozen=True, slots=True)
class Marginal:
    """How one factor is spread; values in `unit`."""

    factor: str
    unit: str
    moves: bool
    """Whether it moves by more than chance would make it."""
    edges: tuple[float, ...]
    """One more than there are shares; what lies beyond 0.5 to 99.5 % is in the first and the last part."""
    before: tuple[float, ...]
    """Share of replications in each part."""
    after: tuple[float, ...]
    """Share of the weight in each part."""
    median_before: float
    median_after: float


@dataclass(frozen=True, slots=True)
class Marginals(Tabular):
    """The factors that move farthest, the farthest first."""

    scenario: str
    given: str
    """In words what is taken to hold."""
    n: int
    effective: float
    marginals: tuple[Marginal, ...]
    left: int
    """How many factors are left out."""

    def to_frame(self) -> "pd.DataFrame":
        """Return a row for each part of each factor."""
        import pandas as pd

        rows = [
            {
                "factor": each.factor,
                "unit": each.unit,
                "from": low,
                "to": high,
                "before": before,
                "after": after,
            }
            for each in self.marginals
            for low, high, before, after in zip(
                each.edges, each.edges[1:], each.before, each.after, strict=False
            )
        ]
        return pd.DataFrame(rows, columns=["factor", "unit", "from", "to", "before", "after"])


def marginals(run: "Run", found: Belief, *, most: int = MOST) -> Marginals:
    """Return how the factors that move farthest in a belief are spread before and after, from the rows of its run."""
    factors = [each for each in found.movements if each.kind == "factor"]
    here, weights = weights_of(run, found)
    columns = run.values(found.scenario, [each.name for each in factors[:most]])
    return Marginals(
        scenario=found.scenario,
        given=found.given,
        n=found.n,
        effective=found.effective,
        marginals=tuple(
            Marginal(
                each.name,
                each.unit,
                each.moves,
                *_shares(values[here.there], weights),
                median_before=each.prior_median,
                median_after=each.median,
            )
            for each, values in zip(factors, columns, strict=False)
        ),
        left=max(0, len(factors) - most),
    )


def _shares(
    values: Floats, weights: Weights
) -> tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]:
    """Return the edges of the parts, and the shares before and after."""
    edges = _edges(values)
    within = np.clip(values, edges[0], np.nextafter(edges[-1], edges[0]))
    before = np.histogram(within, edges)[0] / len(values)
    after = np.histogram(within, edges, weights=weights.share)[0]
    return tuple(edges.tolist()), tuple(before.tolist()), tuple(after.tolist())


def _edges(values: Floats) -> Floats:
    low, high = np.quantile(values, (0.005, 0.995), method="inverted_cdf").tolist()
    if np.array_equal(values, np.round(values)) and 0.0 < high - low < BINS:
        return np.arange(low, high + 2.0) - 0.5
    return np.linspace(low, high, BINS + 1) if high > low else np.array([low - 0.5, low + 0.5])
