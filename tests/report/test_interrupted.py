"""A run that was stopped while scenarios had got differently far is reported on as that."""

from dataclasses import replace

import pytest

import simulator as sim
from simulator import config
from simulator.report import page as report_page
from simulator.report.answers import Answers
from simulator.report.sections import backtests, claims, reproduce
from simulator.report.sections.common import run_command
from tests.cli.conftest import WORKSHOP

TOLD = "96 replications of as_is and 64 replications of sure"


@pytest.fixture(scope="module")
def stopped(tmp_path_factory):
    """128 replications of each scenario were to be; there are 96 of one, and 64 of the other."""
    folder = tmp_path_factory.mktemp("stopped")
    (folder / "workshop.yaml").write_text(
        WORKSHOP + "design: {kind: sobol, scrambles: 32}\n", encoding="utf-8"
    )
    experiment = config.load(folder / "workshop.yaml")
    settings = {"executor": "serial", "results": folder / "results", "cross_checks": 1}
    sim.run(experiment, replications=64, **settings)
    run = sim.run(experiment, replications=96, scenarios=["as_is"], **settings)
    return replace(run, manifest=replace(run.manifest, status="interrupted", replications=128))


def test_the_replications_of_each_scenario_are_said_with_the_command_that_goes_on(stopped):
    (warned,) = report_page.warnings(stopped)
    assert f"did not get to its end: it has {TOLD}, where 128 of each were to be." in warned.what
    results = stopped.folder.parent.parent
    assert warned.command == f"simulator run workshop --replications 128 --results {results}"


def test_what_is_said_of_the_replications_is_what_the_claims_rest_on(stopped):
    (table,) = (each.table for each in claims.section(Answers(stopped)).figures[:1])
    heads = [row for row in table.rows if isinstance(row, str)]
    assert heads == ["as_is (96 replications)", "sure (64 replications)"]


def test_the_run_is_repeated_with_the_replications_that_were_to_be(stopped):
    found = reproduce.section(Answers(stopped))
    assert (
        f"gives 128 replications of each scenario, and among them the {TOLD} that are here" in found.sentence
    )
    assert found.commands[0].startswith("simulator run workshop.yaml --replications 128")
    assert ("replications", TOLD) in found.figures[0].table.rows


def test_a_run_of_some_scenarios_is_repeated_with_these(stopped):
    one = replace(stopped, manifest=replace(stopped.manifest, scenarios=("sure",), block="1/2"))
    command = reproduce.section(Answers(one)).commands[0]
    assert "--scenarios sure --block 1/2" in command


def test_back_tests_are_added_to_the_folder_of_results_that_they_are_looked_for_in(stopped, monkeypatch):
    results = stopped.folder.parent.parent
    for missing in backtests.section(Answers(stopped)).missing:
        assert missing.command.endswith(f".yaml --results {results}")
    monkeypatch.chdir(results.parent)
    assert run_command(stopped, "workshop") == "simulator run workshop --replications 128"


def test_replications_that_failed_are_said_by_scenario(stopped):
    blocks = tuple(
        replace(block, failed=3 if block.scenario == "sure" else 0) for block in stopped.manifest.blocks
    )
    failed = replace(stopped, manifest=replace(stopped.manifest, status="complete", blocks=blocks))
    (warned,) = report_page.warnings(failed)
    lost = sum(block.failed for block in blocks)
    assert warned.what.startswith(f"{lost} replications ended in an error")
    assert warned.what.endswith(f"leaves them out: {lost} of 64 of sure.")
    assert not warned.command
