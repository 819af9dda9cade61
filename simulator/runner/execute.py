"""One replication after another: from a scenario and a draw to a row."""

import math
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from simulator import engines, responses
from simulator.analysis.estimate import claim_column
from simulator.errors import ConfigError, Fault, RunError, SimulatorError
from simulator.model.checks.names import listed
from simulator.model.experiment import Draw, Experiment
from simulator.model.quantities import Quantity
from simulator.model.realising.realise import realise
from simulator.model.scenario.derive import derived_units
from simulator.model.scenario.scenarios import Scenario
from simulator.path import SamplePath
from simulator.results.manifest import BlockRecord
from simulator.results.meanings import Column
from simulator.results.run import Run
from simulator.results.stored_rows import rows_of
from simulator.results.tables import RESERVED, Outcome, Rows, commit
from simulator.runner.blocks import Block, Retry
from simulator.runner.plan import factor_columns, plan
from simulator.runner.stored_plan import StoredPlan


def simulate(experiment: Experiment, *, scenario: str, replication: int, engine: str = "auto") -> SamplePath:
    """Return what happens in one replication of a scenario: the same bits as within a run.

    A Latin hypercube is drawn for the experiment's `precision.at_most` replications; to see a replication of
    a run of another size, use `replay`. Raises ConfigError for a scenario or a replication that does not
    exist, ModelError for a draw that describes no system.
    """
    drawn, whole = replication + 1, experiment.design.kind == "latin_hypercube"
    if whole:
        drawn = experiment.precision.at_most
    _check_replication(replication, drawn)
    draw = plan(experiment, drawn, first=0 if whole else replication).draw(replication)
    return unfold(experiment, Scenario(experiment, scenario), draw, replication=replication, engine=engine)


def replay(run: Run, *, scenario: str, replication: int, engine: str = "auto") -> SamplePath:
    """Return what happened in one replication of a run, from its stored plan; raises as `simulate` does."""
    _check_replication(replication, run.manifest.replications)
    draw = StoredPlan(run.folder, run.experiment, run.manifest.plan).draw(replication)
    compiled = Scenario(run.experiment, scenario)
    return unfold(run.experiment, compiled, draw, replication=replication, engine=engine)


def unfold(
    experiment: Experiment, scenario: Scenario, draw: Draw, *, replication: int, engine: str
) -> SamplePath:
    """Return what happens in a scenario when the factors have the values of `draw`."""
    system = realise(
        scenario.describe(draw), horizon=experiment.horizon, seed=experiment.seed, replication=replication
    )
    return engines.simulate(system, seed=experiment.seed, replication=replication, engine=engine)


@dataclass(frozen=True, slots=True)
class Registered:
    """The responses that are measured, for a worker to measure the same."""

    names: tuple[str, ...]
    """In order."""
    modules: tuple[str, ...]
    """Modules to import for responses that are not the package's own."""

    @classmethod
    def here(cls) -> "Registered":
        """Return what is registered in this process now."""
        modules = dict.fromkeys(each.function.__module__ for each in own_responses().values())
        return cls(tuple(responses.registered()), tuple(modules))

    def restore(self) -> None:
        """Register these responses in this process, and no others; raises RunError when one cannot be had."""
        for module in self.modules:
            import_module(module)
        _register_only(self.names)


def own_responses() -> dict[str, responses.Response]:
    """Return the registered responses that are not the package's own, by name."""
    every = responses.registered().items()
    return {name: each for name, each in every if not each.function.__module__.startswith("simulator.")}


@dataclass(frozen=True, slots=True)
class BlockJob:
    """Computes blocks of an experiment by the plan in a results folder, and commits them to that folder."""

    experiment: Experiment
    folder: Path
    engine: str
    responses: Registered
    """What is measured."""

    @classmethod
    def of(cls, experiment: Experiment, folder: Path, *, engine: str) -> "BlockJob":
        """Return the job for what is registered as responses now."""
        return cls(experiment, folder, engine, Registered.here())

    def start(self) -> Callable[[Block | Retry], BlockRecord]:
        """Load what is needed once, and return the function that computes and commits a block, or what failed of it.

        Raises RunError when a response of the user's cannot be had in this process.
        """
        self.responses.restore()
        return _BlockWork(self.experiment, self.folder, self.engine)

    def given_up(self, block: Block, how: str) -> BlockRecord:
        """Commit a block of one replication that every worker died of as failed, and return its record."""
        work = _BlockWork(self.experiment, self.folder, self.engine)
        return work.failed(block, f"its worker {how}, each time")


class _BlockWork:
    """Computes and commits blocks; keeps the plan and the compiled scenarios between them."""

    def __init__(self, experiment: Experiment, folder: Path, engine: str) -> None:
        self._experiment = experiment
        self._folder = folder
        self._engine = engine
        self._plan = StoredPlan(folder, experiment)
        self._factors = factor_columns(experiment)
        self._scenarios: dict[str, Scenario] = {}
        self._derived = derived_units(experiment)

    def __call__(self, task: Block | Retry) -> BlockRecord:
        return self._again(task.record) if isinstance(task, Retry) else self._first(task)

    def _first(self, block: Block) -> BlockRecord:
        """Compute and commit a block."""
        columns = self._inputs()
        outcomes = []
        quickest = math.inf
        for replication in block.replications:
            begun = time.perf_counter()
            outcomes.append(self._outcome(block.scenario, replication, columns))
            quickest = min(quickest, time.perf_counter() - begun)
        rows = Rows(block.scenario, block.first, tuple(outcomes), columns)
        record = commit(self._folder, rows, seconds_each=round(quickest, 6))
        return replace(record, hits=self._hits(outcomes))

    def _hits(self, outcomes: Sequence[Outcome]) -> dict[str, int]:
        """Return in how many outcomes each claim holds; in one that failed its quantity is NaN, which does not."""
        return {
            name: sum(outcome.values[claim_column(name)] >= claim.at_least for outcome in outcomes)
            for name, claim in self._experiment.claims.items()
        }

    def failed(self, block: Block, error: str) -> BlockRecord:
        """Commit a block whose replications have failed by an error, without carrying them out."""
        scenario = self._scenario(block.scenario)
        outcomes = []
        for replication in block.replications:
            draw = self._plan.draw(replication)
            values = flat(scenario.applied(draw)) | flat(dict(scenario.derived(draw))) | self._absent()
            outcomes.append(Outcome(values, {}, error))
        rows = Rows(block.scenario, block.first, tuple(outcomes), self._inputs())
        return commit(self._folder, rows, seconds_each=0.0)

    def _inputs(self) -> dict[str, Column]:
        """Return the columns of factors and derived numbers, by name."""
        columns = {column.name: column for column in self._factors}
        return columns | {name: Column(name, unit, f"derived {name}") for name, unit in self._derived.items()}

    def _absent(self) -> dict[str, float]:
        return {claim_column(claim): math.nan for claim in self._experiment.claims}

    def _again(self, record: BlockRecord) -> BlockRecord:
        """Compute what failed of a committed block, and commit the block with that in its place."""
        stored = rows_of(self._folder, record)
        columns = self._inputs()
        outcomes = tuple(
            self._outcome(record.scenario, record.first + place, columns) if outcome.error else outcome
            for place, outcome in enumerate(stored.outcomes)
        )
        rows = Rows(record.scenario, record.first, outcomes, {**stored.columns, **columns})
        patched = commit(self._folder, rows, seconds_each=record.seconds_each)
        return replace(patched, hits=self._hits(outcomes))

    def _outcome(self, name: str, replication: int, columns: dict[str, Column]) -> Outcome:
        """Return what a replication came to; one that fails comes to its error, so none is missing."""
        draw = self._plan.draw(replication)
        values = flat(draw)
        try:
            scenario = self._scenario(name)
            values = flat(scenario.applied(draw))
            values |= flat(dict(scenario.derived(draw)))
            path = unfold(self._experiment, scenario, draw, replication=replication, engine=self._engine)
            measures = responses.measure(path, self._experiment.claims)
            twice = {*RESERVED, *values} & measures.columns.keys()
            if twice:
                raise RunError(f"responses have names that are taken: {listed(sorted(twice))}; rename them")
            if not measures.columns.keys() <= columns.keys():
                _describe(path, self._experiment, measures, columns)
        except Exception as error:  # noqa: BLE001 - whatever went wrong is what the row has to say
            return Outcome(values | self._absent(), {}, told(error))
        return Outcome(values | measures.columns, measures.weekly)

    def _scenario(self, name: str) -> Scenario:
        if name not in self._scenarios:
            self._scenarios[name] = Scenario(self._experiment, name)
        return self._scenarios[name]


def flat(draw: Draw) -> dict[str, float]:
    """Return the values of a draw as numbers by column: `factor`, or `factor.name` for shares."""
    found: dict[str, float] = {}
    for name, value in draw.items():
        if isinstance(value, Quantity):
            found[name] = value.number
        else:
            found |= {f"{name}.{key}": share for key, share in value.items()}
    return found


def _describe(
    path: SamplePath, experiment: Experiment, measures: responses.Measures, columns: dict[str, Column]
) -> None:
    meanings = responses.describe(path.system, experiment.claims, measured=measures.columns)
    columns |= {name: Column(name, unit, description) for name, (unit, description) in meanings.items()}


def told(error: Exception) -> str:
    """Return an error in one line; one that is not raised on purpose with the place it comes from."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    told = f"{type(error).__name__}: {'; '.join(lines)}" if lines else type(error).__name__
    trace = traceback.extract_tb(error.__traceback__)
    if isinstance(error, SimulatorError) or not trace:
        return told
    return f"{told} (in {trace[-1].name}, {Path(trace[-1].filename).name}:{trace[-1].lineno})"


def _register_only(names: tuple[str, ...]) -> None:
    there = responses.registered()
    missing = [name for name in names if name not in there]
    if missing:
        raise RunError(
            f"workers cannot find the responses {listed(missing)}; define them at the top of a module that"
            " can be imported, or give executor serial"
        )
    for name in [name for name in there if name not in names]:
        responses.unregister(name)


def _check_replication(replication: int, replications: int) -> None:
    if not 0 <= replication < replications:
        message = f"is {replication}; give {f'0 to {replications - 1}' if replications > 0 else '0 or more'}"
        raise ConfigError([Fault("replication", message)])
