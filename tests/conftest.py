"""Runs made up of columns, for what reads rows and needs no results folder."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pytest

import tests.profiles  # noqa: F401 - property tests go by it
from simulator.errors import ResultsError
from simulator.model.checks.names import allowed
from simulator.model.claims import Claim
from simulator.model.experiment import Experiment
from simulator.results.meanings import Column

UNITS = {"delivered": "items", "made": "items"}
DESCRIPTIONS = {
    "delivered": "final products that reached the end of an export route",
    "made": "Good final products that came into store",
}
CLAIM = {
    "quantity": "delivered",
    "materials": ["shell"],
    "at_least": 1000.0,
    "from": date(2023, 8, 1),
    "by": date(2023, 10, 31),
}


@dataclass(frozen=True, eq=False)
class MadeUpRun:
    """What `simulator.results.Run` offers to those who read it."""

    experiment: Experiment
    scenarios: tuple[str, ...]
    columns: Mapping[str, Mapping[str, Any]]
    confidence: float = 0.95

    @property
    def claims(self) -> Mapping[str, Claim]:
        """The claims by id."""
        return self.experiment.claims

    def numbers(self, scenario: str) -> np.ndarray:
        """Return the numbers of the replications."""
        return np.arange(len(next(iter(self.columns[scenario].values()))))

    def values(self, scenario: str, columns: Sequence[str]) -> Iterator[np.ndarray]:
        """Iterate over the values of columns of a scenario."""
        for name in columns:
            self.column(name)
            yield np.asarray(self.columns[scenario][name], dtype=np.float64)

    def column(self, name: str) -> Column:
        """Return unit and meaning of a column."""
        known = list(dict.fromkeys(name for columns in self.columns.values() for name in columns))
        if name not in known:
            raise ResultsError(f"the run has no column {name}; {allowed(name, known)}")
        unit = UNITS.get(name.partition(".")[0], "items")
        return Column(name, unit, DESCRIPTIONS.get(name, ""))


@pytest.fixture
def run_of() -> Callable[..., MadeUpRun]:
    """A function that makes a run of columns by scenario, of claims, a design, factors, evidence."""

    def build(
        columns: Mapping[str, Mapping[str, Any]],
        *,
        claims: Mapping[str, Mapping[str, Any]] | None = None,
        scrambles: int | None = None,
        factors: Mapping[str, Any] | None = None,
        evidence: Mapping[str, Any] | None = None,
    ) -> MadeUpRun:
        design = {"kind": "random"} if scrambles is None else {"kind": "sobol", "scrambles": scrambles}
        tree = {
            "title": "How many shells?",
            "system": {
                "materials": {"shell": {"unit": "item"}},
                "regions": {"north": {}},
                "stores": {"depot": {"region": "north", "holds": {"shell": {}}}},
            },
            "horizon": {"start": date(2023, 1, 1), "end": date(2023, 11, 1)},
            "scenarios": {name: {} for name in columns},
            "claims": {name: CLAIM | dict(parts) for name, parts in (claims or {}).items()},
            "design": design,
            "factors": dict(factors or {}),
            "evidence": dict(evidence or {}),
        }
        return MadeUpRun(Experiment.model_validate(tree), tuple(columns), columns)

    return build
