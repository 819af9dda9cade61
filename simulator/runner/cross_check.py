"""Replications carried out on the compiled engine and on the reference engine, to be compared."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from simulator import engines, responses
from simulator.errors import RunError
from simulator.model.experiment import Draw, Experiment
from simulator.model.scenario.scenarios import Scenario
from simulator.path import SamplePath
from simulator.results.manifest import CrossCheck
from simulator.results.run import Run
from simulator.results.tables import Integers
from simulator.runner.execute import Registered, flat, told, unfold
from simulator.runner.stored_plan import StoredPlan
from simulator.streams import key_word, uniform
from simulator.testing.differences import first_difference

CHECKED, REFERENCE = "compiled", "reference"
"""The engine that is checked, and the one that it is set beside."""
STORED = "in the stored numbers"
"""How a difference begins when the paths are equal, and what is stored is not what is measured on them."""
IMPURE = "not a pure function of the path"
"""What is said of a response of the user's that differs on equal paths while all else is equal."""
EACH = 2
"""Replications of each scenario that a run repeats, unless it is asked for another number."""


@dataclass(frozen=True, slots=True)
class Repetition:
    """A replication to be carried out on both engines."""

    scenario: str
    replication: int
    draw: Draw

    def __str__(self) -> str:
        return f"{self.scenario}, replication {self.replication}, repeated on the {REFERENCE} engine"


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the row and the weeks of a replication must be."""

    inputs: Mapping[str, float]
    """Factors and derived numbers by column; empty for an experiment that has none."""
    columns: Mapping[str, float]
    """Claims and responses measured on the reference path, by column."""
    weekly: Mapping[str, Integers]
    """Counts by week of the reference path, each of shape (weeks,), by series."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """What a repetition came to."""

    check: CrossCheck
    numbers: Numbers | None = None
    """None when an engine failed."""


@dataclass(frozen=True, slots=True)
class RepeatJob:
    """Carries out replications of an experiment on both engines."""

    experiment: Experiment
    responses: Registered
    """What is measured on the reference path."""

    def start(self) -> Callable[[Repetition], Repeated]:
        """Return the function that repeats a replication; raises RunError when a response cannot be had."""
        self.responses.restore()
        return self._repeated

    def _repeated(self, task: Repetition) -> Repeated:
        scenario = Scenario(self.experiment, task.scenario)
        paths: list[SamplePath] = []
        for engine in (CHECKED, REFERENCE):
            try:
                paths.append(
                    unfold(self.experiment, scenario, task.draw, replication=task.replication, engine=engine)
                )
            except Exception as error:  # noqa: BLE001 - an engine that fails where the other does not differs
                return Repeated(_check(task, None, f"as the {engine} engine fails by {told(error)}"))
        checked, reference = paths
        parting = first_difference(checked, reference)
        difference = parting.told(CHECKED, REFERENCE) if parting else ""
        inputs = flat(scenario.applied(task.draw)) | flat(dict(scenario.derived(task.draw)))
        measures = responses.measure(reference, self.experiment.claims)
        numbers = Numbers(inputs, measures.columns, measures.weekly)
        return Repeated(_check(task, reference, difference), numbers)


def chosen(seed: int, scenario: str, replications: Iterable[int], count: int) -> tuple[int, ...]:
    """Return `count` of some replications of a scenario, or all when they are fewer, rising.

    They are drawn by address, without replacement, so they depend on the seed, the scenario, and which
    replications there are. A larger count gives the same ones and more.
    """
    # an array: a list of all replications of a large run would take most of what the run's memory may be
    left = np.fromiter(replications, dtype=np.int64)
    word = key_word("cross_check", scenario)
    found = []
    for index in range(min(count, len(left))):
        place = int(uniform(seed, word, 0, index) * len(left))
        found.append(int(left[place]))
        left = np.delete(left, place)
    return tuple(sorted(found))


def repetitions(
    run: Run, scenarios: Iterable[str], count: int, *, done: Collection[tuple[str, int]] = ()
) -> Iterator[Repetition]:
    """Iterate over `count` repetitions of each of some scenarios, among their replications that did not fail.

    Those that are `done`, by scenario and replication, are left out, and their factors not read.
    Raises ResultsError when the stored plan or rows cannot be read.
    """
    plan = StoredPlan(run.folder, run.experiment, run.manifest.plan)
    for scenario in scenarios:
        failed = run.failures(scenario)
        there = (number for block in run.records(scenario) for number in range(block.first, block.stop))
        good = (number for number in there if number not in failed)
        for replication in chosen(run.experiment.seed, scenario, good, count):
            if (scenario, replication) not in done:
                yield Repetition(scenario, replication, plan.draw(replication))


def refusal(checks: Iterable[CrossCheck], *, run: str) -> RunError:
    """Return the error that says where engines differ, a line a replication, and what to do about it.

    `run` is what to give `simulator replay`.
    """
    lines, engines_differ = [], False
    for check in checks:
        line = f"{check.scenario}, replication {check.replication}: {in_words(check)}"
        if IMPURE not in check.difference:
            engines_differ = True
            again = f"simulator replay {run} --scenario {check.scenario} --replication {check.replication} --engine"
            line += f"; see {again} {check.engine}, and {REFERENCE}"
        lines.append(line)
    cure = f"run again with the {REFERENCE} engine, which computes them anew"
    if not engines_differ:
        cure = "let a response depend on path and system alone, and run again, which computes them anew"
    lines.append(f"the rows are kept, but do not rely on them: {cure}")
    return RunError("\n".join(lines))


def in_words(check: CrossCheck, *, past: bool = False) -> str:
    """Return what a cross-check found to differ; of equal paths it is no engine, but what is stored."""
    if check.difference.startswith(STORED):
        differ, found = "differed" if past else "differ", check.difference.removeprefix(STORED)
        return f"the stored numbers {differ} from those of the {REFERENCE} engine{found}"
    differ = "differed" if past else "differs"
    return f"the {check.engine} engine {differ} from the {REFERENCE} engine {check.difference}"


def _check(task: Repetition, reference: SamplePath | None, difference: str) -> CrossCheck:
    return CrossCheck(
        scenario=task.scenario,
        replication=task.replication,
        engine=CHECKED,
        contract=engines.CONTRACT_VERSION,
        rows=len(reference.rows) if reference else 0,
        bound_events=reference.bound_events if reference else 0,
        equal=not difference,
        difference=difference,
    )
