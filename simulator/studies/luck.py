"""Replications carried out again with the same factors and other luck."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from simulator import responses
from simulator.analysis.estimate import claim_column
from simulator.analysis.intervals import Floats
from simulator.errors import SimulatorError
from simulator.model.experiment import Experiment
from simulator.model.scenario.scenarios import Scenario
from simulator.results.manifest import StoredFile
from simulator.results.run import Run
from simulator.runner.blocks import Block
from simulator.runner.execute import unfold
from simulator.runner.executors import Executor, Processes, Serial
from simulator.runner.orders import worker_count
from simulator.runner.stored_plan import StoredPlan
from simulator.runner.warming import warm_up_for_workers

OTHER_LUCK = 1 << 40
"""What is added to the number of a replication for the streams of its twin; no run has so many."""
AT_A_TIME = 16
"""Twins of one task."""


def carried_out_again(
    run: Run, scenarios: Sequence[str], count: int, *, workers: int | None, executor: str
) -> dict[str, Floats]:
    """Return the quantities of claims in twins of the first replications, shape (count, claims), by scenario."""
    tasks = [
        Block(name, first, min(AT_A_TIME, count - first))
        for name in scenarios
        for first in range(0, count, AT_A_TIME)
    ]
    job = _TwinJob(run.experiment, run.folder, run.manifest.plan)
    several = min(worker_count(executor, workers, []), len(tasks))
    if several:
        warm_up_for_workers("compiled")
    carrying: Executor[Block, tuple[Block, Floats]]
    carrying = Processes(job, workers=several) if several else Serial(job)
    twins = {name: np.full((count, len(run.claims)), math.nan) for name in scenarios}
    with carrying as crew:
        for block, values in crew.map(tasks):
            twins[block.scenario][block.first : block.first + block.count] = values
    return twins


@dataclass(frozen=True, slots=True)
class _TwinJob:
    """Carries out replications of a run with other luck, and returns the quantities of its claims."""

    experiment: Experiment
    folder: Path
    plan: tuple[StoredFile, ...]

    def start(self) -> Callable[[Block], tuple[Block, Floats]]:
        drawn, scenarios = StoredPlan(self.folder, self.experiment, self.plan), dict[str, Scenario]()
        columns = [claim_column(name) for name in self.experiment.claims]

        def twin(scenario: Scenario, replication: int) -> list[float]:
            luck = replication + OTHER_LUCK
            try:
                path = unfold(
                    self.experiment, scenario, drawn.draw(replication), replication=luck, engine="compiled"
                )
            except SimulatorError:
                return [math.nan] * len(columns)
            measured = responses.measure(path, self.experiment.claims).columns
            return [measured[column] for column in columns]

        def carry_out(block: Block) -> tuple[Block, Floats]:
            scenario = scenarios.setdefault(block.scenario, Scenario(self.experiment, block.scenario))
            return block, np.array([twin(scenario, replication) for replication in block.replications])

        return carry_out
