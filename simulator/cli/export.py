"""The command that writes the rows of a run as one file."""

from typing import Annotated

import typer

from simulator.cli.options import JsonOption, ResultsOption, RunArgument, ScenarioOption
from simulator.cli.tables import counted, print_json

EXAMPLES = (
    "simulator export one_plant one_plant.csv",
    "simulator export shell_exports_2023 new.parquet --scenario new_production",
)


def export(
    run: RunArgument,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A file to write that ends in .csv or .parquet.")
    ],
    scenario: ScenarioOption = None,
    results: ResultsOption = "results",
    as_json: JsonOption = False,
) -> None:
    """Write a row for every replication of a run: its factors, its responses, the error if it failed."""
    from simulator.results import export as write
    from simulator.runner import open_results

    opened = open_results(run, results)
    path = write(opened, file, scenario=scenario)
    rows = sum(block.count for block in opened.records(scenario))
    if as_json:
        print_json({"file": str(path), "rows": rows, "columns": len(opened.columns)})
    else:
        print(f"{path}: {counted(rows, 'row')} of {counted(len(opened.columns), 'column')}")
