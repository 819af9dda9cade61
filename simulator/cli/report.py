"""The command that writes the report of a run: one HTML page."""

import os
from typing import Annotated

import typer

from simulator.cli import progress
from simulator.cli.options import JsonOption, ResultsOption, RunArgument
from simulator.cli.tables import print_json, print_text

EXAMPLES = (
    "simulator report one_plant",
    "simulator report shell_exports_2023 --output answer.html",
)


def report(
    run: RunArgument,
    output: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="The file to write, which ends in .html; by default report.html in the folder of the run.",
        ),
    ] = None,
    results: ResultsOption = "results",
    as_json: JsonOption = False,
) -> None:
    """Write a run as one HTML page that needs nothing else: the answer, what it rests on, how to make it again.

    Nothing is simulated. What is left out for that is said with the command that adds it.
    """
    # sums of some thousand numbers are slower in several threads, and their last bit hangs on how many there are
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

    from simulator.config.files import shown
    from simulator.report.page import page, place_of
    from simulator.runner import open_results

    opened = open_results(run, results)
    place = place_of(opened, output)
    with progress.told_late("writing the report, which takes some seconds"):
        made = page(opened)
        path = made.write(place)
    size = path.stat().st_size
    if as_json:
        missing = [{"what": each.what, "command": each.command} for each in made.missing]
        print_json({"file": str(path), "bytes": size, "missing": missing})
        return
    print(f"{shown(path)}: {size / 1e6:.1f} MB")
    for each in made.missing:
        print()
        print_text(each.what)
        print(f"  {each.command}")
