"""The values of one column of a run in one scenario."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.analysis.intervals import FEWEST_SCRAMBLES, Floats, Ints
from simulator.errors import ResultsError
from simulator.model.checks.names import allowed
from simulator.model.experiment import Design

if TYPE_CHECKING:
    import pandas as pd

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
    return sample_of(run, run.frame(named), column, scenario=named)


def sample_of(run: "Run", frame: "pd.DataFrame", column: str, *, scenario: str) -> Sample:
    """Return the values of a column of a frame that has the rows of one scenario of the run."""
    if column not in frame.columns:
        numbers = [name for name in frame.columns if _is_number(frame[name].dtype)]
        raise ResultsError(f"the run has no column {column}; {allowed(column, numbers)}")
    values = frame[column].to_numpy(dtype=np.float64)
    there = ~np.isnan(values)
    replication = frame["replication"].to_numpy(dtype=np.int64)[there]
    return Sample(
        scenario=scenario,
        column=column,
        unit=frame.attrs.get("units", {}).get(column, ""),
        description=frame.attrs.get("descriptions", {}).get(column, "") or column,
        values=values[there],
        replication=replication,
        scramble=scrambles(run.experiment.design, replication),
        failed=int(np.count_nonzero(~there)),
        level=run.confidence,
    )


def _is_number(dtype: Any) -> bool:
    return getattr(dtype, "kind", "O") in "iuf"


def scrambles(design: Design, replication: Ints) -> Ints | None:
    """Return the scramble that each replication is a point of, shape (n,), where there are enough of them."""
    if design.scrambles is None:
        return None
    found = replication % design.scrambles
    return found if len(np.unique(found)) >= FEWEST_SCRAMBLES else None
