"""Whether a stored run is what both engines give today."""

import math
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import asdict, dataclass, replace
from typing import Any

from simulator.errors import ResultsError
from simulator.model.scenario.derive import derived_units
from simulator.results.manifest import CrossCheck, Manifest
from simulator.results.run import Run
from simulator.runner import provenance
from simulator.runner.cross_check import Repeated, RepeatJob, Repetition, repetitions
from simulator.runner.execute import Registered
from simulator.runner.executors import Executor, Processes, Serial
from simulator.runner.orders import worker_count
from simulator.runner.plan import Plan
from simulator.runner.running import Progress

EACH = 4
"""Replications of each scenario that are verified, unless another number is asked for."""


@dataclass(frozen=True, slots=True)
class Verified:
    """A replication that was carried out on both engines, and set beside its stored row."""

    check: CrossCheck
    columns: int
    """How many numbers of the stored row were compared; 0 when the engines differ by a failure."""
    stored: Mapping[str, tuple[float, float]]
    """Columns whose stored number differs, with it and the one measured now."""

    @property
    def equal(self) -> bool:
        """Whether engines and stored row are equal."""
        return self.check.equal and not self.stored


@dataclass(frozen=True, slots=True)
class Verification:
    """What became of verifying a run."""

    damaged: tuple[str, ...]
    """What is wrong with the stored files, a line each."""
    made_otherwise: tuple[str, ...]
    """What the rows were made with and is otherwise now."""
    not_measured: tuple[str, ...]
    """Responses that only one side has, so that they were not compared: stored ones, or ones measured now."""
    replications: tuple[Verified, ...]

    @property
    def sound(self) -> bool:
        """Whether files, engines and rows are as they must be."""
        return not self.damaged and all(each.equal for each in self.replications)

    def as_dict(self) -> dict[str, Any]:
        """Return all of it as plain values."""
        return {**asdict(self), "sound": self.sound}


def verify(
    run: Run,
    *,
    replications: int = EACH,
    scenarios: Sequence[str] | None = None,
    workers: int | None = None,
    executor: str = "processes",
    progress: Callable[[Progress], None] | None = None,
) -> Verification:
    """Carry out some replications of each scenario of a run on both engines, and compare paths and stored rows.

    They are chosen by address among those that did not fail; those that the run itself repeated come first.
    `progress` is told of each. Raises ResultsError for a run without replications or a
    scenario that it does not have, RunError when a worker dies or cannot have a response of the user's.
    """
    damaged = run.verify()
    if damaged:
        return Verification(damaged, made_otherwise(run.manifest), (), ())
    tasks = list(repetitions(run, run.scenarios if scenarios is None else scenarios, replications))
    if not tasks:
        raise ResultsError(f"{run.folder}: has no replications that did not fail; run the experiment first")
    job = RepeatJob(run.experiment, Registered.here())
    count = min(worker_count(executor, workers, []), len(tasks))
    carrying: Executor[Repetition, Repeated]
    carrying = Processes(job, workers=count) if count else Serial(job)
    inputs = {*(column.name for column in Plan.load(run.folder).columns), *derived_units(run.experiment)}
    found: list[Verified] = []
    apart: dict[str, None] = {}
    report = progress or (lambda _: None)
    told = _progress(run, to_repeat=len(tasks))
    report(told)
    with carrying as executed:
        for number, repeated in enumerate(executed.map(tasks), start=1):
            row = run.row(repeated.check.scenario, repeated.check.replication) or {}
            apart |= dict.fromkeys(_apart(row.keys() - inputs, repeated.columns))
            found.append(_verified(repeated, row))
            report(replace(told, repeated=number))
    return Verification((), made_otherwise(run.manifest), tuple(apart), tuple(found))


def differing(row: Mapping[str, float], columns: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """Return the columns whose number in a stored row is not the one measured now, with both."""
    pairs = {name: (row.get(name, math.nan), number) for name, number in columns.items()}
    return {
        name: (was, now)
        for name, (was, now) in pairs.items()
        if was != now and not (math.isnan(was) and math.isnan(now))
    }


def made_otherwise(contents: Manifest) -> tuple[str, ...]:
    """Return what a run was made with that is otherwise now: versions, sources of the simulator, responses."""
    now = provenance.versions()
    found = [
        f"{name} {was}, now {now.get(name, 'none')}"
        for name, was in contents.versions.items()
        if was != now.get(name)
    ]
    if contents.code != provenance.code():
        found.append("other sources of the simulator, or other responses")
    return tuple(found)


def _progress(run: Run, *, to_repeat: int) -> Progress:
    done = {name: sum(block.count for block in run.records(name)) for name in run.scenarios}
    every = sum(done.values())
    return Progress(every, every, run.failed, 0.0, 0.0, done, look=1, looks=1, to_repeat=to_repeat)


def _verified(repeated: Repeated, row: Mapping[str, float]) -> Verified:
    both = {name: number for name, number in repeated.columns.items() if name in row}
    return Verified(repeated.check, len(both), differing(row, both))


def _apart(stored: Set[str], columns: Mapping[str, float]) -> list[str]:
    """Return the responses of which a column was stored and not measured, or measured and not stored."""
    names = stored ^ columns.keys() if columns else ()
    return sorted({name.partition(".")[0] for name in names})
