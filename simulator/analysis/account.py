"""What the final stage lost while it did not run: a local account, from the rows of a run."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.analysis.intervals import Floats, mean_interval
from simulator.analysis.sample import samples, scrambles
from simulator.analysis.tabular import Tabular
from simulator.errors import ResultsError

if TYPE_CHECKING:
    import pandas as pd

    from simulator.results import Run

GROUPS = {"lost_output.": "state", "lost_output_by_region.": "region", "lost_output_by_month.": "month"}
"""What columns are by, by how their names begin."""
ALL = "all"


@dataclass(frozen=True, slots=True)
class Loss:
    """Items lost, on average over replications, with the interval of 95 % of that mean."""

    by: str
    """What is told apart: state, material, region or month."""
    name: str
    state: str
    """What lines were doing, or `all` of the states."""
    mean: float
    low: float
    high: float
    share: float
    """Of all that was lost; NaN when nothing was."""


@dataclass(frozen=True, slots=True)
class Account(Tabular):
    """Output of the final stage lost by state, missing material, region and month.

    It says what lines were waiting for, and not what more of it would have given.
    """

    scenario: str
    unit: str
    n: int
    losses: tuple[Loss, ...]

    def of(self, by: str, state: str | None = None) -> tuple[Loss, ...]:
        """Return the losses by state, material, region or month, those of one state or of all states together."""
        return tuple(each for each in self.losses if each.by == by and state in (None, each.state))

    def to_frame(self) -> "pd.DataFrame":
        import pandas as pd

        return pd.DataFrame([asdict(each) for each in self.losses])


def account(run: "Run", scenario: str | None = None) -> Account:
    """Return what held lines of the final stage back in a scenario, the first of the run unless one is named.

    Raises ResultsError for a scenario that the run has not, and for rows without lost output.
    """
    named = run.scenarios[0] if scenario is None else scenario
    columns = [name for name in run.columns if name.startswith(tuple(GROUPS))]
    if not columns:
        raise ResultsError("the rows have no lost output; run the experiment again")
    drawn = list(samples(run, columns, named))
    there = drawn[0].replication
    scramble = scrambles(run.experiment.design, there)
    cells = {_cell(each.column): each.values for each in drawn if len(each.values) == len(there)}
    cells |= dict(_totals(cells))
    total = sum((cells[cell] for cell in cells if cell[0] == "state"), np.zeros(len(there)))
    overall = float(np.mean(total)) if len(total) else 0.0
    losses = []
    for (by, name, state), values in cells.items():
        found = mean_interval(values, scramble, level=drawn[0].level)
        share = found.mean / overall if overall else float("nan")
        losses.append(Loss(by, name, state, found.mean, found.interval.low, found.interval.high, share))
    return Account(named, drawn[0].unit, len(there), tuple(losses))


def state_in_words(state: str) -> str:
    """Return what lines were doing as a sentence says it."""
    return state.replace("_", " ")


def _cell(column: str) -> tuple[str, str, str]:
    """Return what a column is by, the name there, and the state."""
    prefix = next(each for each in GROUPS if column.startswith(each))
    rest = column.removeprefix(prefix)
    if GROUPS[prefix] == "state":
        state, _, material = rest.partition(".")
        return ("material", material, state) if material else ("state", state, state)
    name, _, state = rest.rpartition(".")
    return GROUPS[prefix], name, state


def _totals(cells: dict[tuple[str, str, str], Floats]) -> Iterator[tuple[tuple[str, str, str], Floats]]:
    """Iterate over the sums of all states of each region and of each month."""
    for by, name in dict.fromkeys((by, name) for by, name, _ in cells if by in ("region", "month")):
        parts = [values for (group, each, _), values in cells.items() if (group, each) == (by, name)]
        yield (by, name, ALL), np.sum(parts, axis=0)
