"""Runs made up of columns, for what reads rows and needs no results folder."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

import tests.profiles  # noqa: F401 - property tests go by it
from simulator.model.experiment import Experiment

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

    def frame(self, scenario: str) -> pd.DataFrame:
        """Return the columns of a scenario with the keys."""
        columns = self.columns[scenario]
        n = len(next(iter(columns.values())))
        frame = pd.DataFrame({"scenario": scenario, "replication": np.arange(n), **columns})
        units = {name: UNITS.get(name.partition(".")[0], "items") for name in columns}
        frame.attrs = {"units": units, "descriptions": DESCRIPTIONS}
        return frame


@pytest.fixture
def run_of() -> Callable[..., MadeUpRun]:
    """A function that makes a run of columns by scenario, of claims and of a design."""

    def build(
        columns: Mapping[str, Mapping[str, Any]],
        *,
        claims: Mapping[str, Mapping[str, Any]] | None = None,
        scrambles: int | None = None,
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
        }
        return MadeUpRun(Experiment.model_validate(tree), tuple(columns), columns)

    return build
