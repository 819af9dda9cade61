import json
import os
import shutil
from pathlib import Path

import pytest

from simulator.cli import main

REPLICATIONS = "400"


@pytest.fixture(scope="module")
def run_enough(made, tmp_path_factory):
    """A folder with the workshop and the results of more replications than are ever too few."""
    place = tmp_path_factory.mktemp("enough")
    shutil.copy(made / "workshop.yaml", place)
    before = Path.cwd()
    os.chdir(place)
    try:
        assert main(["run", "workshop.yaml", "--replications", REPLICATIONS, "--executor", "serial"]) == 0
    finally:
        os.chdir(before)
    return place


@pytest.fixture
def enough(run_enough, monkeypatch):
    """The current folder is that of the many replications."""
    monkeypatch.chdir(run_enough)


def told(outcome):
    assert outcome.code == 0, outcome.err
    return " ".join(outcome.out.split())


def test_belief_in_a_claim_begins_with_what_one_would_have_to_believe(enough, simulator):
    out = told(simulator("answer", "workshop", "--question", "belief", "--claim", "hundred"))
    assert out.startswith(
        "To believe that at least 100 items were made from 2024-01-01 to 2024-01-07 one would have to believe that "
    )
    assert "rate is higher (median" in out
    assert "of which effectively" in out


def test_without_a_claim_what_was_observed_comes_first_then_every_claim(enough, simulator):
    found = json.loads(simulator("answer", "workshop", "--question", "belief", "--json").out)["belief"]
    assert found["beliefs"][0]["given"] == "observed of trips"
    assert found["beliefs"][0]["agreements"][0]["used"]
    assert [each["claim"] for each in found["beliefs"][1:2]] == ["hundred"]
    out = told(simulator("answer", "workshop", "--question", "belief"))
    assert "observed report model before model after p before p after" in out


def test_information_begins_with_the_call_and_what_would_change_it(enough, simulator):
    out = told(simulator("answer", "workshop", "--question", "information", "--claim", "hundred"))
    assert out.startswith("One would now call it ")
    assert "rate" in out
    assert "the best of 19 random numbers" in out
    (row, *_) = json.loads(
        simulator("answer", "workshop", "--question", "information", "--claim", "hundred", "--json").out
    )["information"]["worths"]
    assert row["factor"] == "rate"


def test_a_claim_with_too_few_hits_is_refused_with_what_to_ask_instead(enough, simulator):
    for question in ("belief", "information"):
        outcome = simulator("answer", "workshop", "--question", question, "--claim", "trips")
        assert outcome.code == 2
        assert "under 50" in outcome.err
