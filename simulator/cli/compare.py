"""The command that sets runs, or scenarios of one run, side by side."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli import completion
from simulator.cli.options import JsonOption, ResultsOption
from simulator.cli.tables import print_json
from simulator.errors import ConfigError, Fault

if TYPE_CHECKING:
    from simulator.results import Run

EXAMPLES = (
    "simulator compare shell_exports_2023 --scenarios new_production,production_and_stock",
    "simulator compare network --response made",
    "simulator compare results/one_plant/FIRST results/one_plant/SECOND",
)


def compare(
    runs: Annotated[
        list[str],
        typer.Argument(
            metavar="RUN...",
            help="Results folders, configs, or names of configs.",
            autocompletion=completion.runs,
        ),
    ],
    scenarios: Annotated[
        str | None,
        typer.Option(
            metavar="A,B",
            help="The scenarios to compare; all by default.",
            autocompletion=completion.listed(completion.scenarios),
        ),
    ] = None,
    response: Annotated[
        str | None,
        typer.Option(
            metavar="COLUMN",
            help="A factor or response; by default every claim is compared.",
            autocompletion=completion.responses,
        ),
    ] = None,
    results: ResultsOption = "results",
    as_json: JsonOption = False,
) -> None:
    """Print how scenarios of one run, or the same scenarios of several runs, differ.

    For several runs the differences of their documents come first. Replications are paired by number: they
    share the values of their factors and their luck, so that these cancel. A difference is always the second
    less the first; p-values are corrected for the number of comparisons (Holm).
    """
    from simulator.cli.differences import as_values, compared, print_comparisons, print_documents
    from simulator.runner import open_results

    opened = [open_results(run, results) for run in runs]
    chosen = None if scenarios is None else [name.strip() for name in scenarios.split(",") if name.strip()]
    _refuse_too_few(opened, chosen)
    found = compared(opened, chosen, response)
    if as_json:
        print_json(as_values(opened, found))
        return
    if len(opened) > 1:
        print_documents(opened)
    print_comparisons(found)


def _refuse_too_few(runs: "Sequence[Run]", scenarios: list[str] | None) -> None:
    if len(runs) > 1:
        return
    (run,) = runs
    named = run.scenarios if scenarios is None else scenarios
    if len(set(named)) < 2:
        cure = "give a second run" if len(run.scenarios) < 2 else f"give two of {', '.join(run.scenarios)}"
        raise ConfigError([Fault("--scenarios", f"has fewer than two scenarios to compare; {cure}")])
