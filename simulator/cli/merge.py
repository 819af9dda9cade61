"""The command that joins what several jobs computed."""

import sys
from typing import Annotated

import typer

from simulator.cli.answers import answers, cross_checked, print_answers
from simulator.cli.endings import ExitCode
from simulator.cli.options import JsonOption, ResultsOption
from simulator.cli.tables import counted, print_json

EXAMPLES = (
    "simulator merge results/one_plant/*.block-*-of-2",
    "simulator merge node_a/one_plant/* node_b/one_plant/* --results results",
)


def merge(
    parts: Annotated[
        list[str],
        typer.Argument(metavar="DIR...", help="Folders that `simulator run --block I/N` wrote."),
    ],
    results: ResultsOption = "results",
    as_json: JsonOption = False,
) -> int:
    """Join the blocks of a run that jobs computed elsewhere, and print its answers.

    The run lies in DIR/NAME/DIGEST, as if one job had computed all of it: the content hash is the same. The
    folders of the jobs stay as they are. When some block is missing its replications are named; compute it, or
    run the config without --block, and merge again.
    """
    from simulator.analysis.estimate import claims
    from simulator.config.files import shown
    from simulator.runner import failures
    from simulator.runner import merge as join

    merged = join(parts, results=results)
    run = merged.run
    if merged.missing:
        if as_json:
            print_json({"folder": str(run.folder), "missing": merged.missing})
        for line in merged.missing:
            print(f"missing: {line}", file=sys.stderr)
        print(
            f"{shown(run.folder)} has what there is; run the missing block and merge again, or run the config"
            " without --block to compute the rest there",
            file=sys.stderr,
        )
        return ExitCode.FAILED
    estimates = claims(run)
    failed, tolerated = list(failures.told(run)), failures.tolerated(run)
    if as_json:
        more = {"failures": failed, "failures_tolerated": tolerated, "notes": run.manifest.notes}
        print_json(answers(run, estimates) | more)
    else:
        print(f"{run.experiment.title}\n")
        print_answers(run, estimates)
        if run.manifest.cross_checks:
            print(f"\n{cross_checked(run.manifest.cross_checks)}")
        print(
            f"{shown(run.folder)}: {counted(run.replications, 'replication')} of each scenario,"
            f" from {counted(len(parts), 'folder')}"
        )
    for line in failed:
        print(line, file=sys.stderr)
    return ExitCode.DONE if tolerated else ExitCode.FAILED
