"""A config to start from is sound, says what to do next, and replaces nothing unasked."""

import json
from pathlib import Path

import pytest

from simulator.cli.new import SCHEMA, STARTERS, starter
from simulator.config import load, schema

NAMES = "give up to 64 small letters, digits, _ and -, a letter or digit first"


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("kind", STARTERS)
def test_a_starter_is_written_checked_run_and_answered(kind, here, simulator):
    assert simulator("new", kind, "--kind", kind).code == 0
    assert simulator("check", kind, "--replications", "0").err == ""
    made = simulator("run", kind, "--replications", "32", "--executor", "serial")
    assert (made.code, "replications" in made.out) == (0, True)
    assert simulator("answer", kind).code == 0


@pytest.mark.parametrize("kind", STARTERS)
def test_a_starter_begins_with_its_schema_and_is_commented(kind):
    text = starter(kind)
    lines = text.splitlines()
    assert lines[0] == f"# yaml-language-server: $schema={SCHEMA}"
    assert text.count("#") >= len(lines) / 8


def test_the_starters_are_the_files_of_their_folder():
    folder = Path(__file__).parents[2] / "simulator/cli/starters"
    assert {path.stem for path in folder.iterdir()} == set(STARTERS)


def test_the_schema_that_a_starter_points_to_is_written_beside_it(here, simulator):
    simulator("new", "first")
    assert json.loads((here / "configs" / SCHEMA).read_text()) == schema()


def test_what_to_do_next_is_said_with_the_name_that_commands_take(here, simulator):
    said = simulator("new", "first").out
    assert "wrote configs/first.yaml, and configs/experiment.schema.json for your editor" in said
    shown = [line.partition("#")[0].strip() for line in said.splitlines() if line.startswith("  simulator")]
    assert shown == ["simulator check first", "simulator run first", "simulator answer first"]


def test_a_path_is_written_where_it_says(here, simulator):
    said = simulator("new", "mine/second.yaml", "--kind", "network")
    assert "simulator check mine/second.yaml" in said.out
    assert load("mine/second.yaml").scenarios.keys() == {"new_production", "with_stock"}


def test_without_a_file_the_kind_is_the_name(here, simulator):
    assert simulator("new").code == 0
    assert load("plant").title == "Can one plant make 2,000 shells in a month?"


def test_what_is_there_is_not_replaced_without_force(here, simulator):
    Path("first.yaml").write_text("title: mine\n")
    refused = simulator("new", "first.yaml")
    assert refused.code == 2
    assert refused.faults == ["first.yaml: is there already; give another name, or --force to replace it"]
    assert Path("first.yaml").read_text() == "title: mine\n"
    assert simulator("new", "first.yaml", "--force").code == 0
    assert Path("first.yaml").read_text() == starter("plant")


def test_a_schema_that_is_there_stays_as_it_is(here, simulator):
    (here / "configs").mkdir()
    (here / "configs" / SCHEMA).write_text("{}")
    outcome = simulator("new", "first")
    assert outcome.out.startswith("wrote configs/first.yaml\n")
    assert (here / "configs" / SCHEMA).read_text() == "{}"
    (told,) = outcome.faults
    assert told.startswith(f"configs/{SCHEMA}: is there already, and is not the schema of this version")
    (here / "configs" / SCHEMA).write_text(simulator("schema").out)
    assert simulator("new", "second").err == ""


def test_json_names_what_was_written_and_what_comes_next(here, simulator):
    told = json.loads(simulator("new", "first", "--json").out)
    assert told["written"] == ["configs/first.yaml", "configs/experiment.schema.json"]
    assert told["next"][0] == "simulator check first"


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        ([""], "FILE: is empty; give a name, or a file that ends in .yaml"),
        (["/"], "FILE: is /; give a name, or a file that ends in .yaml"),
        (["first.json"], "first.json: does not end in .yaml; give first.yaml"),
        (
            ["My Plant.yaml"],
            f"My Plant.yaml: cannot be the name of a config; {NAMES}",
        ),
        (["--kind", "networkk"], "--kind: is networkk; nearest is network; give one of plant, network"),
    ],
)
def test_what_cannot_be_written_is_refused_with_a_cure(arguments, fault, here, simulator):
    refused = simulator("new", *arguments)
    assert (refused.code, refused.faults) == (2, [fault])
    assert not list(here.iterdir())


def test_a_file_in_the_place_of_the_folder_is_refused(here, simulator):
    Path("configs").write_text("")
    refused = simulator("new", "first")
    assert refused.code == 2
    assert refused.faults == [
        "configs/first.yaml: cannot be written: configs is a file, not a folder; give another place"
    ]
    assert [path.name for path in here.iterdir()] == ["configs"]
