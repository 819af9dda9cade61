"""Blocks of made-up rows, as a run commits them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from simulator.model.experiment import Experiment
from simulator.results.folder import save_summary
from simulator.results.manifest import BlockRecord, Manifest
from simulator.results.meanings import Column
from simulator.results.run import Run
from simulator.results.tables import Outcome, Rows, commit

COLUMNS = {
    "rate": Column("rate", "1/h", "factor rate"),
    "made": Column("made", "items", "what was made"),
}


def outcome(number: int) -> Outcome:
    """The row of one replication; every fifth has failed."""
    if number % 5 == 4:
        return Outcome({"rate": 0.1 * number}, {}, f"ModelError: no {number}, 'quoted', =1+1")
    week = np.array([number, 2 * number, -number], dtype=np.int64)
    return Outcome({"rate": 0.1 * number, "made": float(number) if number else np.nan}, {"made": week})


@pytest.fixture
def commit_rows(tmp_path: Path) -> Callable[..., BlockRecord]:
    """Return a function that commits replications `first` to `stop` - 1 of a scenario in a folder."""

    def rows(scenario: str, first: int, stop: int, folder: Path = tmp_path) -> BlockRecord:
        (folder / "runs").mkdir(parents=True, exist_ok=True)
        (folder / "weekly").mkdir(exist_ok=True)
        outcomes = tuple(outcome(number) for number in range(first, stop))
        return commit(folder, Rows(scenario, first, outcomes, COLUMNS), seconds_each=0.25)

    return rows


@pytest.fixture
def run(tmp_path: Path, commit_rows: Callable[..., BlockRecord]) -> Run:
    """A run of two scenarios, ten replications of one and seven of the other."""
    experiment = Experiment.model_validate(
        {
            "title": "How <many>?",
            "system": {
                "materials": {"shell": {"unit": "item"}},
                "regions": {"east": {}},
                "stores": {"depot": {"region": "east", "holds": {"shell": {}}}},
            },
            "horizon": {"start": date(2023, 1, 1), "end": date(2023, 1, 22)},
        }
    )
    blocks = (
        commit_rows("calm", 6, 10),
        commit_rows("busy", 0, 7),
        commit_rows("calm", 0, 6),
    )
    manifest = Manifest(
        name="made_up",
        digest="abc",
        status="complete",
        seed=1,
        scenarios=("calm", "busy"),
        replications=7,
        summary=save_summary(tmp_path, "{}"),
        blocks=blocks,
    )
    return Run(tmp_path, experiment, manifest)
