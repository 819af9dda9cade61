import json

import pytest

from simulator.cli.questions import QUESTIONS, question


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_is_asked_and_shown(name):
    module = question(name)
    assert callable(module.ask)
    assert callable(module.show)


def test_a_question_that_there_is_not_is_refused(finished, simulator):
    outcome = simulator("answer", "workshop", "--question", "beleif")
    assert outcome.code == 2
    assert outcome.err == "--question: is beleif; nearest is belief\n" or "nearest is belief" in outcome.err


def test_a_claim_is_judged_with_what_is_due_to_factors_and_confidence(finished, simulator):
    outcome = simulator("answer", "workshop", "--question", "claim", "--workers", "1")
    assert outcome.code == 0
    assert "hundred, made of at least 100 items, in as_is: " in " ".join(outcome.out.split())
    assert "confidence" in outcome.out
    assert "low confidence: " in outcome.out or "moderate confidence: " in outcome.out
    told = json.loads(
        simulator("answer", "workshop", "--question", "claim", "--claim", "hundred", "--json").out
    )
    rows = told["claim"]["rows"]
    assert [(row["scenario"], row["claim"]) for row in rows] == [("as_is", "hundred"), ("sure", "hundred")]
    assert rows[0]["quantity_due_to_factors"] > 0.8
    assert rows[0]["confidence"] in ("low", "moderate", "high")


def test_scenarios_are_compared_claim_by_claim(finished, simulator):
    outcome = simulator("answer", "workshop", "--question", "compare")
    assert outcome.code == 0
    assert outcome.out.startswith("A claim differs most in how likely hundred is: ")
    told = json.loads(simulator("answer", "workshop", "--question", "compare", "--json").out)
    assert {row["compared"] for row in told["compare"]["rows"]} == {"hundred", "trips"}
    one = simulator("answer", "workshop", "--question", "compare", "--response", "made")
    assert one.out.startswith("The mean of made differs most, by ")


def test_several_questions_are_answered_in_order_and_one_refusal_keeps_none(finished, simulator):
    outcome = simulator("answer", "workshop", "--question", "information", "--question", "compare")
    assert outcome.code == 0
    assert outcome.out.index("COMPARE: ") < outcome.out.index("INFORMATION: ")
    assert "No answer: " in outcome.out
    alone = simulator("answer", "workshop", "--question", "information")
    assert alone.code == 2


@pytest.mark.parametrize(
    "name", [each for each in QUESTIONS if each not in ("threshold", "bottleneck", "score")]
)
def test_every_question_has_its_picture(finished, simulator, name):
    from simulator import plots

    assert name in plots.__all__
    outcome = simulator("answer", "workshop", "--question", name, "--plot", "answer.png", "--json")
    if outcome.code == 0:
        assert (finished / "answer.png").read_bytes().startswith(b"\x89PNG")
        assert list(json.loads(outcome.out)) == [name]
    else:
        assert outcome.code == 2
        assert any(each in outcome.err for each in ("hits or misses", "under 50", "run more replications"))


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--scenario", "sure"), "--scenario: says nothing here"),
        (("--question", "information", "--response", "made"), "--response: says nothing here; give it with"),
        (
            ("--question", "compare", "--factor", "rate"),
            "--factor: says nothing here; give it with --question",
        ),
        (("--question", "compare", "--at-least", "3"), "--at-least: says nothing here; give it with"),
        (("--question", "belief", "--at-least", "3"), "--at-least: is a figure for one claim; name it with"),
        (("--question", "compare", "--plot", "x.pdf"), "--plot: is x.pdf; give a name that ends in .png"),
    ],
)
def test_options_that_nothing_looks_at_are_refused(finished, simulator, options, told):
    outcome = simulator("answer", "workshop", *options)
    assert outcome.code == 2
    assert outcome.err.startswith(told)


@pytest.mark.parametrize("name", ["belief", "information"])
def test_a_claim_is_asked_at_another_figure(finished, simulator, name):
    outcome = simulator("answer", "workshop", "--question", name, "--claim", "hundred", "--at-least", "12345")
    assert outcome.code == 2
    assert "hundred at least 12,345: only 0 of" in outcome.err


def test_an_answer_is_drawn(finished, simulator):
    outcome = simulator("answer", "workshop", "--question", "compare", "--plot", "shift.png")
    assert outcome.code == 0
    assert (finished / "shift.png").read_bytes().startswith(b"\x89PNG")
    several = simulator("answer", "workshop", "--question", "all", "--plot", "shift.png")
    assert several.code == 2
    assert "--plot: draws the answer of one question" in several.err
