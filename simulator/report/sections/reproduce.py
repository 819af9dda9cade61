"""How the run was made, and how to make it again."""

import shlex

from simulator.config import resolved
from simulator.config.files import shown
from simulator.report.answers import Answers
from simulator.report.section import Figure, Section
from simulator.report.sections.common import counted, run_command, stored_counts
from simulator.report.tables import table
from simulator.runner.precision import not_reached

ID, TITLE = "reproduce", "How it was made, and how to make it again"


def section(answers: Answers) -> Section:
    """Return the manifest, the commands that repeat the run, and the whole document."""
    run, contents = answers.run, answers.run.manifest
    design = answers.experiment.design
    rows = [
        ("config", contents.name),
        ("digest of the document", contents.digest),
        ("hash of all rows", run.content_hash or "none before the end"),
        ("status", contents.status),
        ("replications", stored_counts(run)),
        *(() if run.complete else (("to be", f"{contents.replications:,} of each scenario"),)),
        ("failed", f"{run.failed:,}"),
        ("seed", str(contents.seed)),
        (
            "design",
            design.kind.replace("_", " ") + (f", {design.scrambles} scrambles" if design.scrambles else ""),
        ),
        ("engine", contents.engine),
        ("repeated on the reference engine", _checks(answers)),
        ("sources", contents.code),
        *((f"version of {name}", version) for name, version in contents.versions.items()),
        *((f"machine: {name}", str(value)) for name, value in contents.machine.items()),
        *((f"time: {name}", str(value)) for name, value in contents.times.items()),
    ]
    place = shlex.quote(shown(run.folder))
    notes = [*contents.notes, *(f"Not as narrow as was asked for: {each}." for each in not_reached(run))]
    return Section(
        ID,
        TITLE,
        _sentence(answers),
        (Figure(table=table("The manifest", {"what": False, "as run": False}, rows)),),
        tuple(notes),
        commands=(
            run_command(run, f"{contents.name}.yaml"),
            f"simulator verify {place}",
            f"simulator report {place}",
        ),
        document=resolved(answers.experiment),
    )


def _sentence(answers: Answers) -> str:
    run, contents = answers.run, answers.run.manifest
    given = f"the same {stored_counts(run)} again"
    if not run.complete:
        given = (
            f"{contents.replications:,} replications of each scenario, and among them the {stored_counts(run)} that "
            "are here"
        )
    return (
        f"The document below, saved as {contents.name}.yaml, gives {given}, to the last bit, with the same version "
        "of the program."
    )


def _checks(answers: Answers) -> str:
    checks = answers.run.manifest.cross_checks
    differ = sum(not each.equal for each in checks)
    if not checks:
        return "none"
    return f"{counted(len(checks), 'replication')}, {f'{differ} DIFFER' if differ else 'all equal'}"
