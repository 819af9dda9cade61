"""Whether a run has nothing left to do, found out without loading what computes."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from simulator import config, engines
from simulator.engines import CONTRACT_VERSION
from simulator.model.experiment import Experiment
from simulator.results import folder as results_folder
from simulator.results import manifest
from simulator.results.manifest import Manifest
from simulator.results.run import Run
from simulator.runner import precision, provenance


def finished(
    experiment: Experiment,
    *,
    name: str,
    results: str | Path,
    replications: int | None,
    scenarios: Sequence[str] | None,
    engine: str,
    cross_checks: int,
) -> Run | None:
    """Return the run of an experiment when its folder has all that is asked for, every file as it was written.

    None when there is anything to compute, to check, to mend or to refuse; `run` says which. What was valid when
    the run was made is not validated again, as document and sources are the same.
    """
    root = results_folder.local(results).absolute()
    folder = root / name / config.digest(experiment, contract=CONTRACT_VERSION)
    if not (folder / manifest.NAME).is_file():
        return None
    there = manifest.read(folder)
    run = Run(folder, experiment, there)
    asked = tuple(experiment.scenarios) if scenarios is None else tuple(scenarios)
    complete = (
        there.status == "complete"
        and not run.failed
        and not there.differences
        and there.engine == engines.resolved(engine)
        and set(asked) <= set(there.scenarios)
        and there.document == hashlib.sha256(config.resolved(experiment).encode()).hexdigest()
        and there.code == provenance.code()
        and _checked(there, asked, cross_checks)
    )
    if not complete or results_folder.unsound(folder, there):
        return None
    return run if _enough(run, asked, replications) else None


def _checked(there: Manifest, scenarios: Sequence[str], each: int) -> bool:
    """Return whether so many replications of each scenario were repeated on the reference engine."""
    if there.engine == "reference":
        return True
    done = [check.scenario for check in there.cross_checks]
    return all(done.count(name) >= min(each, there.replications) for name in scenarios)


def _enough(run: Run, scenarios: Sequence[str], replications: int | None) -> bool:
    """Return whether the rows of some scenarios are as many as asked for, or as the precision asked for takes."""
    contents = run.manifest
    there = min(sum(block.count for block in contents.of(name)) for name in scenarios)
    if replications is not None:
        return there >= precision.rounded_up(replications, run.experiment)
    rounds = precision.rounds(run.experiment)
    return there >= rounds[-1] or (there in rounds and precision.reached(run))
