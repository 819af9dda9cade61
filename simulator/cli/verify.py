"""The command that asks both engines for replications of a stored run again."""

from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli import progress
from simulator.cli.endings import ExitCode
from simulator.cli.options import (
    JsonOption,
    ResultsOption,
    RunArgument,
    ScenarioOption,
    WorkersOption,
    whole_number,
)
from simulator.cli.tables import Column, Row, counted, print_json, print_table, print_text

if TYPE_CHECKING:
    from simulator.results import Run
    from simulator.runner.verifying import Verification, Verified

EXAMPLES = (
    "simulator verify one_plant",
    "simulator verify shell_exports_2023 --scenario new_production --replications 20",
    "simulator verify configs/examples/one_plant.yaml --json",
)
SHOWN = 5
"""Stored numbers that are shown when they differ."""


def verify(
    run: RunArgument,
    replications: Annotated[
        int,
        typer.Option(
            metavar="N", parser=whole_number("--replications", low=1), help="Of each scenario, by address."
        ),
    ] = 4,
    scenario: ScenarioOption = None,
    workers: WorkersOption = None,
    results: ResultsOption = "results",
    as_json: JsonOption = False,
) -> int:
    """Carry out replications of a run again on both engines, and compare paths and stored numbers.

    The files of rows, weeks and plan and the summary must have the hashes of the manifest, and the engines give the
    same paths byte for byte. Factors, derived numbers, what is measured and its weeks must equal what is stored,
    and the run must not have found a difference itself. Replications are chosen by address; those that the run
    itself repeated on the reference engine come first.
    """
    from simulator.runner import open_results
    from simulator.runner import verify as carry_out

    opened = open_results(run, results)
    with progress.shown() as watch:
        found = carry_out(
            opened,
            replications=replications,
            scenarios=None if scenario is None else [scenario],
            workers=workers,
            progress=watch,
        )
    if as_json:
        print_json({"folder": str(opened.folder), **found.as_dict()})
    else:
        _print_verification(opened, found)
    return ExitCode.DONE if found.sound else ExitCode.FAILED


def _print_verification(run: "Run", found: "Verification") -> None:
    from simulator.config.files import shown
    from simulator.model.checks.names import listed
    from simulator.runner.cross_check import in_words

    for line in found.damaged:
        print(f"DAMAGED: {line}")
    if found.replications:
        columns = Column("replication"), *(Column(name, right=True) for name in ("rows", "bound\nevents"))
        print_table((*columns, Column("engines"), Column("stored row")), _rows(found))
        print()
    for check in found.recorded:
        print_text(
            f"{check.scenario}, replication {check.replication}: when the run was made,"
            f" {in_words(check, past=True)}"
        )
    for each in found.replications:
        for line in _differences(each):
            print_text(line)
    if found.made_otherwise:
        print_text(f"The run was made otherwise: {'; '.join(found.made_otherwise)}.")
    if found.not_measured:
        print_text(
            f"Not compared, as only the run or only this version has them: {listed(found.not_measured)}."
        )
    if found.sound:
        rest = ", as far as these were compared" if found.not_measured else ""
        print_text(
            f"{shown(run.folder)}: all {counted(len(found.replications), 'replication')} are equal on both"
            f" engines and in the stored rows and weeks{rest}; the files have the hashes of the manifest."
        )


def _rows(found: "Verification") -> list[Row]:
    rows: list[Row] = []
    scenario = ""
    for each in found.replications:
        check = each.check
        if check.scenario != scenario:
            scenario = check.scenario
            rows.append(scenario)
        engines = "equal" if check.equal else "DIFFER"
        stored = f"{each.numbers:,} numbers equal"
        if each.stored:
            stored = f"{len(each.stored):,} of {each.numbers:,} DIFFER"
        elif not each.numbers:
            stored = "not compared"
        rows.append((f"{check.replication}", f"{check.rows:,}", f"{check.bound_events:,}", engines, stored))
    return rows


def _differences(each: "Verified") -> list[str]:
    from simulator.runner.cross_check import in_words
    from simulator.runner.stored import why

    check = each.check
    where = f"{check.scenario}, replication {check.replication}"
    found = []
    if not check.equal:
        found.append(f"{where}: {in_words(check)}")
    elif not each.numbers:
        found.append(f"{where}: no stored number could be compared, so nothing is known of the stored row")
    if each.stored:
        first = list(each.stored.items())[:SHOWN]
        told = "; ".join(f"{name} is stored as {was!r}, and now {now!r}" for name, (was, now) in first)
        more = f"; and {len(each.stored) - SHOWN:,} more" if len(each.stored) > SHOWN else ""
        cause = f"; {why(each.impure)}" if each.impure else ""
        found.append(f"{where}: the stored row differs: {told}{more}{cause}")
    return found
