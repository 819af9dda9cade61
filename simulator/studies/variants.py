"""Variants of one scenario of a run, simulated under the luck of that run."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator import config
from simulator.engines import CONTRACT_VERSION
from simulator.errors import ResultsError
from simulator.model.experiment import Experiment, Factor, Precision
from simulator.model.scenario.paths import dotted, expand, overlap, replaced
from simulator.results import Run, manifest

if TYPE_CHECKING:
    from simulator.runner import Progress

FOLDER = "studies"
"""Where in the folder of a run its studies lie."""

Variants = Mapping[str, Mapping[str, object]]
"""By name, the value of each factor, and of each place in the system, in which a variant differs."""


def simulated(
    run: Run,
    scenario: str,
    variants: Variants,
    *,
    name: str,
    replications: int,
    factors: Mapping[str, Factor] | None = None,
    workers: int | None = None,
    executor: str = "processes",
    progress: "Callable[[Progress], None] | None" = None,
) -> Run:
    """Return a run whose scenarios are variants of a scenario of `run`; what is stored of it is not run again.

    All have the same draws and the same streams, which those of `factors`, that come on top of the run's own,
    change. It lies in the folder of `run`, whose rows stay as they are. A replication of the first, the middle
    and the last variant, and not of all, is repeated on the reference engine, which is slow. Raises as
    `simulator.run` does.
    """
    from simulator.runner import run as carry_out

    experiment = variant_experiment(run.experiment, scenario, variants, factors or {})
    names = list(variants)
    return carry_out(
        experiment,
        replications=replications,
        workers=workers,
        executor=executor,
        results=Path(run.folder) / FOLDER,
        name=name,
        cross_checks=1,
        checked=sorted({names[0], names[len(names) // 2], names[-1]}),
        progress=progress,
    )


def stored(
    run: Run,
    scenario: str,
    variants: Variants,
    *,
    name: str,
    factors: Mapping[str, Factor] | None = None,
) -> Run:
    """Return the run that `simulated` made before of the same variants; nothing is simulated.

    Raises ResultsError when there is none, when it did not get to its end, and when other sources made it than
    the rows of `run`, so that the two cannot be set side by side.
    """
    experiment = variant_experiment(run.experiment, scenario, variants, factors or {})
    folder = Path(run.folder) / FOLDER / name / config.digest(experiment, contract=CONTRACT_VERSION)
    if not (folder / manifest.NAME).is_file():
        raise ResultsError(f"{name} was not asked of {scenario} yet")
    study = Run(folder, experiment, manifest.read(folder))
    if not study.complete:
        raise ResultsError(f"{folder}: did not get to its end")
    if study.manifest.code != run.manifest.code:
        raise ResultsError(f"{folder}: was made by other sources than the rows of the run")
    return study


def variant_experiment(
    experiment: Experiment, scenario: str, variants: Variants, factors: Mapping[str, Factor]
) -> Experiment:
    """Return an experiment whose scenarios are variants of one scenario of another."""
    base = experiment.scenarios[scenario]
    tree = experiment.system.tree()
    known = {*experiment.factors, *factors}
    scenarios = {name: overridden(tree, base, changes, known) for name, changes in variants.items()}
    return experiment.model_copy(
        update={
            "factors": {**experiment.factors, **factors},
            "scenarios": scenarios,
            "assumptions": {},
            "sweep": {},
            "precision": Precision(),
            "failures": None,
        }
    )


def overridden(
    tree: Any, base: Mapping[str, object], changes: Mapping[str, object], factors: set[str]
) -> dict[str, object]:
    """Return the values of a scenario with changes, which win where both give a place a value.

    A change within a place that the scenario gives as a whole is made in there.
    """
    left = {keys: value for key, value in changes.items() if key not in factors for keys in expand(tree, key)}
    found: dict[str, object] = {}
    for key, value in base.items():
        places = [] if key in factors else expand(tree, key)
        if not any(overlap(place, changed) for place in places for changed in left):
            found[key] = value
            continue
        for place in places:
            if any(place[: len(changed)] == changed for changed in left):
                continue
            kept = value
            for changed in [each for each in left if each[: len(place)] == place]:
                kept = replaced(kept, changed[len(place) :], left.pop(changed))
            found[dotted(place)] = kept
    named = {key: value for key, value in changes.items() if key in factors}
    return {**found, **{dotted(keys): value for keys, value in left.items()}, **named}


def scenario_of(run: Run, scenario: str | None) -> str:
    """Return the scenario that is meant, the first unless one is named; raises ResultsError for another's."""
    if scenario is None:
        return run.scenarios[0]
    run.records(scenario)
    return scenario


def names_of(prefix: str, items: Sequence[object]) -> list[str]:
    """Return a name for each of several variants."""
    return [f"{prefix}_{number:03d}" for number in range(1, len(items) + 1)]
