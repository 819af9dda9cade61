"""The command that prints the answer of a run again."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.cli.answers import answers, cross_checked, print_answers, print_not_reached
from simulator.cli.options import JsonOption, ResultsOption, RunArgument
from simulator.cli.tables import counted, finite, print_json, print_text

if TYPE_CHECKING:
    from simulator.results import Run

EXAMPLES = (
    "simulator answer one_plant",
    "simulator answer configs/examples/one_plant.yaml --claim two_thousand",
    "simulator answer one_plant --json",
)


def answer(
    run: RunArgument,
    claim: Annotated[
        str | None,
        typer.Option(metavar="ID", help="One claim, with its exceedance curve and what it rests on."),
    ] = None,
    results: ResultsOption = "results",
    as_json: JsonOption = False,
) -> None:
    """Print how likely every claim of a run is, from the rows that are stored."""
    from simulator.analysis.estimate import Estimates, claim_of, claims
    from simulator.cli.claims import curves, grounds_of, print_claim
    from simulator.runner import open_results

    opened = open_results(run, results)
    if claim is not None:
        claim_of(opened, claim)
    estimates = Estimates(tuple(each for each in claims(opened) if claim in (None, each.claim)))
    if as_json:
        found = answers(opened, estimates)
        if claim is not None:
            _add_curves(found, curves(opened, claim))
            found["grounds"] = grounds_of(opened.experiment, claim)
        print_json(found)
        return
    print(f"{opened.experiment.title}\n")
    print_answers(opened, estimates, claim=claim)
    if claim is not None:
        print()
        print_claim(opened, claim)
    print()
    print_not_reached(opened)
    print_text(_source(opened))


def _add_curves(found: dict[str, Any], exceedances: Any) -> None:
    for each in exceedances:
        rows = each.to_frame()[["at_least", "probability", "low", "high", "term", "hits"]]
        claims = found["scenarios"][each.scenario]["claims"]
        claims[each.column.removeprefix("claims.")]["exceedance"] = finite(rows.to_dict("records"))


def _source(run: "Run") -> str:
    """Return in a line what was run, how, and where it lies."""
    from simulator.config.files import shown

    design, contents = run.experiment.design, run.manifest
    kind = design.kind.replace("_", " ") + (f" in {design.scrambles} scrambles" if design.scrambles else "")
    state = "" if run.complete else f", {contents.status} before its end"
    failed = f", {run.failed:,} failed" if run.failed else ""
    checks = f"; {cross_checked(contents.cross_checks)}" if contents.cross_checks else ""
    return (
        f"{shown(run.folder)}: {counted(run.replications, 'replication')} of each scenario{failed}{state}; "
        f"design {kind}, seed {contents.seed}, {contents.engine} engine{checks}"
    )
