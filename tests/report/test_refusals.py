"""What a report does not answer is said with a command that can work, or with none where none can."""

import re

import pytest

import simulator as sim
from simulator import config
from simulator.report.answers import Answers
from simulator.report.sections import answer, assumptions, belief, claims, information, sensitivity
from tests.cli.conftest import WORKSHOP

PARTS = {"sensitivity": sensitivity, "belief": belief, "information": information}
CERTAIN = re.sub(r"^(factors|derived|sweep|evidence):(\n(?:  .*\n)+| .*\n)", "", WORKSHOP, flags=re.MULTILINE)
CERTAIN = CERTAIN.replace(", evidence: [P01]", "").replace(", assumption: as drawn", "")
CERTAIN = CERTAIN.replace("sure: {rate: 1/h, ", "sure: {")


def answers_of(folder, text, replications):
    """What a report asks of a run of a config."""
    (folder / "workshop.yaml").write_text(text, encoding="utf-8")
    experiment = config.load(folder / "workshop.yaml")
    return Answers(
        sim.run(experiment, replications=replications, executor="serial", results=folder / "results")
    )


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    return answers_of(tmp_path_factory.mktemp("few"), WORKSHOP, 8)


@pytest.fixture(scope="module")
def certain(tmp_path_factory):
    return answers_of(tmp_path_factory.mktemp("certain"), CERTAIN, 128)


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_too_few_replications_are_answered_with_the_command_for_more(few, part):
    (missing,) = part.section(few).missing
    assert missing.what.startswith(part.TITLE)
    assert missing.command.startswith("simulator run workshop --replications 32 ")


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_where_no_factor_varies_no_command_is_given(certain, part):
    found = part.section(certain)
    assert found.missing == ()
    assert "give factors to the config" in found.sentence
    assert "more replications" not in found.sentence


def test_without_a_factor_to_hold_at_levels_no_threshold_is_offered(certain):
    found = answer.section(certain)
    assert found.missing == ()
    assert "cannot be asked: the config has no factor of one number" in found.notes[0]


def test_a_config_that_says_nothing_of_what_it_rests_on_is_not_praised_for_it(certain):
    assert assumptions.section(certain).sentence.startswith("No part of the config says what it rests on")


def test_a_config_without_factors_has_none_that_could_stand_out(certain):
    assert certain.judgements[0].confidence.reasons == ("the config has no factors",)


def test_the_level_of_the_intervals_is_said_where_they_stand(few):
    table = claims.section(few).figures[0].table
    assert few.run.confidence == pytest.approx(0.96)
    assert table.columns[1].heading == "probability [interval of 96 %]"
    assert "Intervals in brackets are of 96 %" in answer.section(few).notes[-1]
