"""How likely a claim is in the plane of two factors."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.analysis.estimate import chance, claim_column, claim_of
from simulator.analysis.intervals import Interval, proportion_interval, quantile
from simulator.analysis.sample import sample
from simulator.analysis.tabular import Tabular
from simulator.analysis.threshold import label

if TYPE_CHECKING:
    import pandas as pd

    from simulator.results import Run


@dataclass(frozen=True, slots=True)
class Cell:
    """How likely the claim is, and the median of its quantity, at one level of each of two factors."""

    a: float
    b: float
    probability: float
    low: float
    """The interval of 95 %."""
    high: float
    hits: int
    n: int
    """Replications, without those that failed."""
    failed: int
    median: float

    @property
    def chance(self) -> str:
        """The probability with its interval as written; a bound when there was no hit, or nothing else."""
        return chance(self.hits, self.n, Interval(self.low, self.high, ""))


@dataclass(frozen=True, slots=True)
class Contours(Tabular):
    """P(claim) on a grid of levels of two factors, under common random numbers."""

    title: str
    scenario: str
    factors: tuple[str, str]
    factor_units: tuple[str, str]
    claim: str
    quantity: str
    at_least: float
    unit: str
    cells: tuple[Cell, ...]
    """By the first factor, then by the second, both rising."""

    @property
    def extremes(self) -> tuple[Cell, Cell]:
        """The likeliest cell and the least likely one, by the median where that is equal."""
        rising = sorted(self.cells, key=lambda each: (each.probability, each.median))
        return rising[-1], rising[0]

    def labels(self, factor: int) -> list[str]:
        """Return the levels of the first factor, 0, or of the second, 1, as a person writes them."""
        levels = dict.fromkeys((each.a, each.b)[factor] for each in self.cells)
        return [label(level, self.factor_units[factor]) for level in levels]

    def told(self, cell: Cell) -> str:
        """Return at which levels a cell is."""
        pairs = zip(self.factors, (cell.a, cell.b), self.factor_units, strict=True)
        return ", ".join(f"{name} {label(level, unit)}" for name, level, unit in pairs)

    def table(self) -> Iterator[list[str]]:
        """Iterate over rows: a level of the first factor, and the probability at each level of the second."""
        columns = len(self.labels(1))
        for row, written in enumerate(self.labels(0)):
            yield [written, *(each.chance for each in self.cells[row * columns : (row + 1) * columns])]

    def as_dict(self) -> dict[str, Any]:
        """Return all of it as plain values."""
        return asdict(self)

    def to_frame(self) -> "pd.DataFrame":
        import pandas as pd

        return pd.DataFrame([asdict(each) for each in self.cells]).rename(
            columns=dict(zip("ab", self.factors, strict=True))
        )


def contours_of(
    study: "Run",
    claim: str,
    levels: Sequence[tuple[float, float]],
    *,
    factors: tuple[str, str],
    factor_units: tuple[str, str],
    scenario: str,
) -> Contours:
    """Return the answer that a run gives whose scenarios are pairs of levels of two factors, in their order.

    Raises ResultsError for a claim that the run has not.
    """
    claimed = claim_of(study, claim)
    column = study.column(claim_column(claim))
    cells = []
    for (a, b), name in zip(levels, study.scenarios, strict=True):
        drawn = sample(study, claim_column(claim), name)
        hit = drawn.values >= claimed.at_least
        interval = proportion_interval(hit, drawn.scramble, level=drawn.level)
        share = float(np.mean(hit)) if len(hit) else math.nan
        hits, n = int(np.count_nonzero(hit)), len(hit)
        median = quantile(drawn.values, 0.5)
        cells.append(Cell(a, b, share, interval.low, interval.high, hits, n, drawn.failed, median))
    return Contours(
        title=study.experiment.title,
        scenario=scenario,
        factors=factors,
        factor_units=factor_units,
        claim=claim,
        quantity=column.description,
        at_least=claimed.at_least,
        unit=column.unit,
        cells=tuple(cells),
    )
