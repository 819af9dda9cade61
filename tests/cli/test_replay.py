import json

import pandas as pd
import pytest

from simulator.testing import documents, invariants
from tests.testing.build import WORKDAY, WORKDAY_ROWS


def test_a_replication_of_a_run_equals_its_stored_row(finished, simulator):
    outcome = simulator("replay", "workshop", "--scenario", "as_is", "--replication", "17")
    assert (outcome.code, outcome.err) == (0, "")
    told = json.loads(
        simulator("replay", "workshop", "--scenario", "as_is", "--replication", "17", "--json").out
    )
    assert told["equals_stored_row"] is True
    assert f"All {len(told['columns'])} responses equal the stored row." in outcome.out
    assert set(told["invariants"].values()) == {"holds"}
    assert list(told["invariants"]) == [
        each.__name__ for each in (*invariants.INVARIANTS, invariants.darkness)
    ]


def test_all_amounts_of_the_balance_are_shown(finished, simulator):
    command = "replay", "workshop", "--scenario", "as_is", "--replication", "3"
    out = simulator(*command).out
    told = json.loads(simulator(*command, "--json").out)["balances"]
    rows = {line.split()[0]: line.split()[1:] for line in out.splitlines() if line.endswith(" =")}
    assert set(rows) == {"billet", "shell"}
    for each in told:
        came = sum(each[name] for name in ("opening", "added", "supplied", "made", "received"))
        assert came == each["used"] + each["shipped"] + each["closing"] > 0
        shown = [each[name] for name in list(each)[3:-1]]
        assert rows[each["material"]] == [each["unit"], *(f"{number:,}" for number in shown), "="]


def test_hours_by_state_and_weeks_are_shown(finished, simulator):
    command = "replay", "workshop", "--scenario", "sure", "--replication", "0"
    told = json.loads(simulator(*command, "--json").out)
    lines = simulator(*command).out.splitlines()
    hours = next(line for line in lines if line.startswith("works ")).split()
    assert hours[-1] == "168"
    assert hours[7] == f"{told['columns']['hours.works.running']:,.0f}"
    weeks = next(line for line in lines if line.startswith("2024-01-01")).split()
    assert weeks[1] == f"{told['weekly']['made'][0]:,}"
    assert next(line for line in lines if line.startswith("in all")).split()[2] == weeks[1]


def test_a_config_that_was_not_run_is_replayed_as_it_stands(folder, simulator):
    outcome = simulator("replay", "workshop.yaml", "--scenario", "sure", "--replication", "5")
    assert outcome.code == 0
    assert "No row of this replication is stored to compare with." in outcome.out
    assert sorted(path.name for path in folder.iterdir()) == ["workshop.yaml"]


def test_a_config_and_its_run_give_the_same_replication(finished, simulator):
    arguments = "--scenario", "as_is", "--replication", "5", "--json"
    of_run = json.loads(simulator("replay", "workshop", *arguments).out)
    of_config = json.loads(simulator("replay", "workshop.yaml", "--results", "none", *arguments).out)
    assert of_config["equals_stored_row"] is None
    assert of_config["columns"] == of_run["columns"]


def test_a_changed_config_is_replayed_as_it_stands_now(finished, workshop, simulator):
    (finished / "workshop.yaml").write_text(workshop.replace("total: 1", "total: 2"), encoding="utf-8")
    told = json.loads(simulator("replay", "workshop.yaml", "--scenario", "sure", "--json").out)
    assert told["equals_stored_row"] is None
    assert told["columns"]["hours.works.running"] > 168


def test_a_row_that_differs_is_said_and_ends_with_3(finished, simulator, monkeypatch):
    from simulator.cli import replays

    stored = replays.stored_row

    def changed(*arguments):
        return {**stored(*arguments), "made": -1.0}

    monkeypatch.setattr(replays, "stored_row", changed)
    outcome = simulator("replay", "workshop", "--scenario", "as_is")
    assert outcome.code == 3
    assert "1 of " in outcome.out
    assert "responses DIFFER from the stored row" in outcome.out


def test_a_broken_invariant_is_said_and_ends_with_3(folder, simulator, monkeypatch):
    def hopeless(path, system):
        raise invariants.BrokenInvariant("hopeless", "works/0/0", 0, "is no good")

    monkeypatch.setattr(invariants, "INVARIANTS", (*invariants.INVARIANTS[:2], hopeless))
    outcome = simulator("replay", "workshop.yaml", "--scenario", "sure")
    assert outcome.code == 3
    assert "What must always hold does hold: order, states." in outcome.out
    assert "BROKEN: hopeless: works/0/0 at tick 0 (0.000 h): is no good" in outcome.out


@pytest.mark.parametrize(("suffix", "read"), [(".csv", pd.read_csv), (".parquet", pd.read_parquet)])
def test_all_that_happened_can_be_written(suffix, read, folder, simulator):
    file = f"path{suffix}"
    outcome = simulator("replay", "workshop.yaml", "--scenario", "sure", "--path", file, "--json")
    assert outcome.code == 0
    frame = read(folder / file)
    assert len(frame) == json.loads(outcome.out)["rows"]
    assert outcome.faults == [f"{file}: {len(frame):,} rows"]
    assert {"running", "awaiting_material"} & set(frame["state"].dropna())


@pytest.mark.parametrize("suffix", ["html", "svg", "png"])
def test_the_states_of_the_lines_can_be_drawn(suffix, folder, simulator):
    outcome = simulator("replay", "workshop.yaml", "--scenario", "sure", "--gantt", f"gantt.{suffix}")
    assert outcome.code == 0
    assert (folder / f"gantt.{suffix}").stat().st_size > 1000


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ([], "--scenario: is needed; give one of as_is, sure"),
        (
            ["--scenario", "sur"],
            "--scenario: names the scenario sur, which does not exist; nearest is sure; give one of as_is, sure",
        ),
        (["--scenario", "sure", "--replication", "40"], "replication: is 40; give 0 to 39"),
        (
            ["--scenario", "sure", "--gantt", "g.pdf"],
            "--gantt: is g.pdf; give a file that ends in .html, .png, .svg",
        ),
        (
            ["--scenario", "sure", "--path", "p.xlsx"],
            "p.xlsx: give a file name that ends in .csv or .parquet",
        ),
    ],
)
def test_what_cannot_be_replayed_is_refused(arguments, line, finished, simulator):
    outcome = simulator("replay", "workshop", *arguments)
    assert (outcome.code, outcome.faults) == (2, [line])
    assert not list(finished.glob("[gp].*"))


@pytest.fixture
def counter_example(folder):
    """A file with a realised system, as a property test prints it."""
    text = documents.dumps(WORKDAY, seed=3, replication=17)
    (folder / "found.yaml").write_text(text, encoding="utf-8")
    return "found.yaml"


@pytest.mark.parametrize("engine", ["reference", "compiled"])
def test_a_realised_system_is_replayed_at_its_own_address(engine, counter_example, simulator):
    command = "replay", counter_example, "--engine", engine
    outcome = simulator(*command)
    assert (outcome.code, outcome.err) == (0, "")
    assert f"realised system, replication 17, on the {engine} engine: 1 plant, 1 line" in outcome.out
    assert "What must always hold does hold: order," in outcome.out
    told = json.loads(simulator(*command, "--json").out)
    assert (told["scenario"], told["replication"], told["equals_stored_row"]) == (None, 17, None)
    assert told["columns"]["made"] == 6


def test_a_realised_system_is_replayed_in_another_replication(counter_example, simulator):
    told = json.loads(simulator("replay", counter_example, "--replication", "4", "--json").out)
    assert told["replication"] == 4


def test_the_path_of_a_realised_system_can_be_written_and_drawn(counter_example, folder, simulator):
    outcome = simulator("replay", counter_example, "--path", "path.csv", "--gantt", "gantt.html")
    assert outcome.code == 0
    assert len(pd.read_csv(folder / "path.csv")) == len(WORKDAY_ROWS)
    assert (folder / "gantt.html").stat().st_size > 0


def test_a_realised_system_has_no_scenarios(counter_example, simulator):
    outcome = simulator("replay", counter_example, "--scenario", "as_is")
    assert outcome.code == 2
    assert outcome.faults == ["--scenario: is as_is; a realised system has no scenarios, leave it out"]


@pytest.mark.parametrize("command", ["check", "run", "answer", "verify", "describe"])
def test_commands_for_configs_send_a_realised_system_to_replay(command, counter_example, simulator):
    outcome = simulator(command, counter_example)
    told = "found.yaml: is a realised system, not a config; use simulator replay found.yaml"
    assert (outcome.code, outcome.faults) == (2, [told])


def test_a_realised_system_with_the_letter_of_pytest_is_refused_in_one_line(
    counter_example, folder, simulator
):
    text = (folder / counter_example).read_text(encoding="utf-8")
    (folder / counter_example).write_text(
        "".join(f"E       {line}\n" for line in text.splitlines()), encoding="utf-8"
    )
    outcome = simulator("replay", counter_example)
    assert (outcome.code, len(outcome.faults)) == (2, 1)
    assert "the E that pytest puts before lines; remove it" in outcome.faults[0]


def test_a_bad_realised_system_is_refused_in_one_line(counter_example, folder, simulator):
    text = (folder / counter_example).read_text(encoding="utf-8")
    (folder / counter_example).write_text(text.replace("lot: 2", "lot: 0"), encoding="utf-8")
    outcome = simulator("replay", counter_example)
    assert (outcome.code, len(outcome.faults)) == (2, 1)
    assert "system.lines.0.lot is below 1" in outcome.faults[0]
