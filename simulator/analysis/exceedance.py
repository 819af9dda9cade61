"""How likely a quantity is to reach each of several levels."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.analysis.estimate import chance, claim_column
from simulator.analysis.intervals import Floats, Interval, proportion_interval
from simulator.analysis.sample import Sample, sample
from simulator.analysis.tabular import Tabular
from simulator.analysis.terms import term

if TYPE_CHECKING:
    import pandas as pd

    from simulator.results import Run

STEPS: Final = (1.0, 2.0, 3.5, 5.0)
"""The levels in each power of ten: 100,000, 200,000, 350,000, 500,000, 1,000,000 ..."""


@dataclass(frozen=True, slots=True)
class Exceedance(Tabular):
    """The probability of reaching each level, with its interval; all tuples as long as `levels`."""

    scenario: str
    column: str
    unit: str
    description: str
    levels: tuple[float, ...]
    """Rising, in `unit`."""
    probability: tuple[float, ...]
    low: tuple[float, ...]
    """Intervals of 95 %, each level by itself, wider when the run could end after several looks."""
    high: tuple[float, ...]
    hits: tuple[int, ...]
    n: int
    failed: int

    @property
    def terms(self) -> tuple[str, ...]:
        """The word of ICD 203 for each interval."""
        return tuple(term(low, high) for low, high in zip(self.low, self.high, strict=True))

    def chance(self, place: int) -> str:
        """Return the probability at a level, by its place among them, with its interval as written."""
        return chance(self.hits[place], self.n, Interval(self.low[place], self.high[place], ""))

    def to_frame(self) -> "pd.DataFrame":
        import pandas as pd

        return pd.DataFrame(
            {
                "scenario": self.scenario,
                "column": self.column,
                "at_least": self.levels,
                "unit": self.unit,
                "probability": self.probability,
                "low": self.low,
                "high": self.high,
                "term": self.terms,
                "hits": self.hits,
                "n": self.n,
            }
        )


def exceedance(
    run: "Run", column: str, levels: Sequence[float] | None = None, scenario: str | None = None
) -> Exceedance:
    """Return how likely the quantity in a column is to reach each level in a scenario.

    Without `levels` they are round ones over the range of the values and, for the column of a claim, its
    figure. The scenario is the first of the run unless one is named. Raises ResultsError for a column or a
    scenario that the run has not.
    """
    drawn = sample(run, column, scenario)
    if levels is None:
        levels = round_levels(drawn.values, claimed=claimed_levels(run, column))
    return exceedance_of(drawn, levels)


def exceedance_of(drawn: Sample, levels: Sequence[float]) -> Exceedance:
    """Return how likely the values of a sample are to reach each level."""
    rising = sorted(set(levels))
    hit = [drawn.values >= level for level in rising]
    intervals = [proportion_interval(each, drawn.scramble, level=drawn.level) for each in hit]
    hits, n = tuple(int(np.count_nonzero(each)) for each in hit), len(drawn.values)
    return Exceedance(
        scenario=drawn.scenario,
        column=drawn.column,
        unit=drawn.unit,
        description=drawn.description,
        levels=tuple(float(level) for level in rising),
        probability=tuple(count / n if n else math.nan for count in hits),
        low=tuple(interval.low for interval in intervals),
        high=tuple(interval.high for interval in intervals),
        hits=hits,
        n=n,
        failed=drawn.failed,
    )


def curves(run: "Run", column: str) -> tuple[Exceedance, ...]:
    """Return the exceedance curve of a column in every scenario, all at the same round levels.

    Raises ResultsError for a column that the run has not.
    """
    drawn = [sample(run, column, scenario) for scenario in run.scenarios]
    values = np.concatenate([each.values for each in drawn])
    levels = round_levels(values, claimed=claimed_levels(run, column))
    return tuple(exceedance_of(each, levels) for each in drawn)


def claimed_levels(run: "Run", column: str) -> tuple[float, ...]:
    """Return the figures of the claims whose quantity stands in a column."""
    return tuple(
        claim.at_least for name, claim in run.experiment.claims.items() if claim_column(name) == column
    )


def round_levels(values: Floats, *, claimed: Sequence[float] = ()) -> tuple[float, ...]:
    """Return round levels from below the 5 % quantile to above the greatest value, and those claimed."""
    above = [number for number in (*values.tolist(), *claimed) if number > 0.0]
    if not above:
        return tuple(claimed)
    least, most = float(np.quantile(above, 0.05)), max(above)
    ladder = [
        step * 10.0**power
        for power in range(math.floor(math.log10(least)), math.ceil(math.log10(most)) + 1)
        for step in STEPS
    ]
    start = max(level for level in ladder if level <= least)
    end = min(level for level in ladder if level >= most)
    return tuple(sorted({*(level for level in ladder if start <= level <= end), *claimed}))


def curve_levels(values: Floats, *, most: int = 200) -> tuple[float, ...]:
    """Return the levels at which the exceedance curve of values is to be drawn, `most` of them at the most.

    They are values, spread over their order; its two ends are whole, since single replications count there.
    """
    distinct = np.unique(values)
    if len(distinct) <= most:
        return tuple(distinct.tolist())
    tail = most // 10
    inner = np.linspace(tail, len(distinct) - 1 - tail, most - 2 * tail).round().astype(np.int64)
    chosen = np.concatenate([np.arange(tail), inner, np.arange(len(distinct) - tail, len(distinct))])
    return tuple(distinct[np.unique(chosen)].tolist())
