"""The values of one column of a run in one scenario."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.analysis.intervals import FEWEST_SCRAMBLES, Floats, Ints
from simulator.model.experiment import Design

if TYPE_CHECKING:
    from simulator.results import Run


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """One value a replication, those without a value left out."""

    scenario: str
    column: str
    unit: str
    description: str
    values: Floats
    """Shape (n,), by replication."""
    replication: Ints
    """Shape (n,)."""
    scramble: Ints | None
    """The independent scramble of each value, shape (n,); None where replications stand for themselves."""
    failed: int
    """How many replications have no value."""
    level: float
    """The confidence that an interval needs: 0.95, or more when the run could end after several looks."""

    def quantiles(self, *probabilities: float) -> tuple[float, ...]:
        """Return order statistics: for each probability the least value that such a share does not exceed."""
        if not len(self.values):
            return (float("nan"),) * len(probabilities)
        return tuple(np.quantile(self.values, probabilities, method="inverted_cdf").tolist())


def first_scenario(run: "Run") -> str:
    """Return the scenario that is meant when none is named."""
    return run.scenarios[0]


def sample(run: "Run", column: str, scenario: str | None = None) -> Sample:
    """Return the values of a column in a scenario, the first of the run unless one is named.

    Raises ResultsError for a scenario or a column that the run has not.
    """
    named = first_scenario(run) if scenario is None else scenario
    return next(samples(run, [column], named))


def samples(run: "Run", columns: Sequence[str], scenario: str) -> Iterator[Sample]:
    """Iterate over the values of columns in a scenario, read no earlier than they have to be.

    Raises ResultsError for a scenario or a column that the run has not.
    """
    numbers = run.numbers(scenario)
    for name, values in zip(columns, run.values(scenario, columns), strict=True):
        column = run.column(name)
        there = ~np.isnan(values)
        failed = int(np.count_nonzero(~there))
        replication = numbers[there] if failed else numbers
        yield Sample(
            scenario=scenario,
            column=name,
            unit=column.unit,
            description=column.description or name,
            values=values[there] if failed else values,
            replication=replication,
            scramble=scrambles(run.experiment.design, replication),
            failed=failed,
            level=run.confidence,
        )


def scrambles(design: Design, replication: Ints) -> Ints | None:
    """Return the scramble that each replication is a point of, shape (n,), where there are enough of them."""
    if design.scrambles is None:
        return None
    found = replication % design.scrambles
    return found if np.count_nonzero(np.bincount(found)) >= FEWEST_SCRAMBLES else None
