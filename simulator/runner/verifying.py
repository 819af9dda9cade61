"""Whether a stored run is what both engines give today."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from simulator import responses
from simulator.errors import ResultsError
from simulator.model.checks.names import listed
from simulator.results.manifest import CrossCheck, Manifest
from simulator.results.run import Run
from simulator.runner import provenance
from simulator.runner.cross_check import Repeated, RepeatJob, Repetition, repetitions
from simulator.runner.execute import Registered
from simulator.runner.executors import Executor, Processes, Serial
from simulator.runner.orders import worker_count
from simulator.runner.running import Progress
from simulator.runner.stored import compared

EACH = 4
"""Replications of each scenario that are verified, unless another number is asked for."""


@dataclass(frozen=True, slots=True)
class Verified:
    """A replication that was carried out on both engines, and set beside its stored row and weeks."""

    check: CrossCheck
    numbers: int
    """How many stored numbers were compared; 0 when the engines differ by a failure, or when none can be."""
    stored: Mapping[str, tuple[float, float]]
    """What is stored otherwise, by column, or by series and week, with the stored number and the one now."""
    impure: tuple[str, ...] = ()
    """Responses of the user's, of the same text as then, that are otherwise while all else is equal."""

    @property
    def equal(self) -> bool:
        """Whether the engines are equal, and the stored numbers, of which there are some, are those of now."""
        return self.check.equal and self.numbers > 0 and not self.stored


@dataclass(frozen=True, slots=True)
class Verification:
    """What became of verifying a run."""

    damaged: tuple[str, ...]
    """What is wrong with the stored files of rows, weeks and plan and with the summary, a line each."""
    recorded: tuple[CrossCheck, ...]
    """The differences that the run found when it was made, and that its manifest records."""
    made_otherwise: tuple[str, ...]
    """What the rows were made with and is otherwise now."""
    not_measured: tuple[str, ...]
    """Responses that only one side has, so that they were not compared: stored ones, or ones measured now."""
    replications: tuple[Verified, ...]

    @property
    def sound(self) -> bool:
        """Whether files, engines and stored numbers are as they must be, and were when the run was made."""
        return not self.damaged and not self.recorded and all(each.equal for each in self.replications)

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
    """Carry out some replications of each scenario of a run on both engines, and compare the paths.

    Their stored factors, derived numbers, claims, responses and weeks are compared with those of now. They are
    chosen by address among those that did not fail; those that the run itself repeated come first. `progress`
    is told of each. Raises ResultsError for a run without replications or a scenario that it does not have,
    RunError when a worker dies or cannot have a response of the user's.
    """
    damaged, recorded = run.verify(), run.manifest.differences
    if damaged:
        return Verification(damaged, recorded, made_otherwise(run.manifest), (), ())
    tasks = list(repetitions(run, run.scenarios if scenarios is None else scenarios, replications))
    if not tasks:
        raise ResultsError(f"{run.folder}: has no replications that did not fail; run the experiment first")
    job = RepeatJob(run.experiment, Registered.here())
    count = min(worker_count(executor, workers, []), len(tasks))
    carrying: Executor[Repetition, Repeated]
    carrying = Processes(job, workers=count) if count else Serial(job)
    found: list[Verified] = []
    apart: dict[str, None] = {}
    report = progress or (lambda _: None)
    told = _progress(run, to_repeat=len(tasks))
    same_code = run.manifest.code == provenance.code()
    report(told)
    with carrying as executed:
        for number, repeated in enumerate(executed.map(tasks), start=1):
            stored = compared(run, repeated)
            apart |= dict.fromkeys(stored.not_measured)
            impure = stored.impure if same_code else ()
            found.append(Verified(repeated.check, stored.numbers, stored.differing, impure))
            report(replace(told, repeated=number))
    place = {(each.scenario, each.replication): number for number, each in enumerate(tasks)}
    found.sort(key=lambda each: place[each.check.scenario, each.check.replication])
    return Verification((), recorded, made_otherwise(run.manifest, tuple(apart)), tuple(apart), tuple(found))


def made_otherwise(contents: Manifest, apart: Sequence[str] = ()) -> tuple[str, ...]:
    """Return what a run was made with that is otherwise now: versions, sources of the simulator, responses.

    `apart` are responses that only the run has, or only this process. Whether other sources are the same cannot be
    told without those of the run, as one fingerprint is of them all.
    """
    now = provenance.versions()
    found = [
        f"{name} {was}, now {now.get(name, 'none')}"
        for name, was in contents.versions.items()
        if was != now.get(name)
    ]
    here = responses.registered()
    missing = [name for name in apart if name not in here]
    if missing:
        found.append(
            f"{listed(missing)}, measured then and not loaded now (import what defines it), so whether the sources"
            " are the same cannot be told"
        )
    elif contents.code != provenance.code(without=apart):
        found.append("other sources of the simulator, or another text of a response of your own")
    return tuple(found)


def _progress(run: Run, *, to_repeat: int) -> Progress:
    done = {name: sum(block.count for block in run.records(name)) for name in run.scenarios}
    every = sum(done.values())
    return Progress(every, every, run.failed, 0.0, 0.0, done, look=1, looks=1, to_repeat=to_repeat)
