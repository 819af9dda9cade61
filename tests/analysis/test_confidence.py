import pytest

from simulator.analysis.confidence import confidence
from simulator.model.evidence import Evidence
from simulator.model.experiment import Experiment, Factor


@pytest.fixture
def graded():
    """Return a function that makes an experiment whose factors rest on grades, `assumed`, or nothing."""

    def make(**standing):
        register = {
            f"X{place:02d}": {"id": f"X{place:02d}", "quantity": "q", "source": "s", "admiralty_grade": grade}
            for place, grade in enumerate(standing.values())
            if len(grade) == 2
        }
        factors = {
            name: {
                "distribution": {"uniform": {"low": 0.0, "high": 1.0}},
                "evidence": [f"X{place:02d}"] if len(grade) == 2 else [],
                "assumption": "a guess" if grade == "assumed" else None,
            }
            for place, (name, grade) in enumerate(standing.items())
        }
        return Experiment.model_construct(
            factors={name: Factor.model_validate(each) for name, each in factors.items()},
            evidence={name: Evidence.model_validate(row) for name, row in register.items()},
        )

    return make


@pytest.mark.parametrize(
    ("a", "b", "c", "level"),
    [
        ("B2", "A1", "B1", "high"),
        ("B2", "A1", "B3", "moderate"),
        ("B2", "A1", "assumed", "moderate"),
        ("assumed", "A1", "A1", "moderate"),
        ("assumed", "D1", "A1", "low"),
        ("none", "assumed", "A1", "low"),
        ("E5", "F6", "A1", "low"),
        ("C3", "C3", "C3", "moderate"),
    ],
)
def test_the_first_factors_say_how_far_an_answer_can_be_relied_on(graded, a, b, c, level):
    found = confidence(graded(first=a, second=b, third=c), ["first", "second", "third"])
    assert found.level == level
    assert len(found.reasons) == 3
    assert found.reasons[0].startswith("first rests on")


def test_two_good_factors_are_not_three(graded):
    assert confidence(graded(first="A1", second="A1"), ["first", "second"]).level == "moderate"


def test_the_order_of_the_factors_matters(graded):
    experiment = graded(first="assumed", second="none", third="A1")
    assert confidence(experiment, ["first", "second", "third"]).level == "low"
    assert confidence(experiment, ["third", "second", "first"]).level == "moderate"


def test_without_a_factor_that_stands_out_confidence_is_low(graded):
    found = confidence(graded(first="A1"), ["net", "gross"])
    assert str(found) == "low confidence: no factor stands out"
    assert str(confidence(graded(), ["net"])) == "low confidence: the config has no factors"
