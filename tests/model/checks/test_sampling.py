import math
from datetime import date

import numpy as np
import pytest

from simulator.model.checks.sampling import correlation_matrix, sampling_faults

SCALE = {"distribution": {"uniform": {"low": 0.5, "high": 2.0}}, "scales": ["plants.roles.forging.rate"]}
FACTORS = {
    "a": SCALE,
    "b": SCALE,
    "c": SCALE,
    "powered": {
        "distribution": {"uniform": {"low": "4 h", "high": "20 h"}},
        "sets": ["regions.*.grid.rotation.powered"],
    },
    "mix": {"dirichlet": {"north": 1.0, "south": 1.0}, "sets": ["plants.roles.*.regions.*"]},
}


def found(experiment):
    return [str(fault) for fault in sampling_faults(experiment)]


def pairs(*ranks):
    return [{"factors": [one, other], "rank": rank} for one, other, rank in ranks]


def test_rank_correlations_become_correlations_of_normal_scores_in_file_order(ask):
    experiment = ask(factors=FACTORS, correlations=pairs(("c", "a", 0.5)))
    names, matrix = correlation_matrix(experiment)
    assert names == ["a", "c"]
    # 2 sin(pi / 12) = (sqrt 6 - sqrt 2) / 2
    assert np.allclose(matrix, [[1, (math.sqrt(6) - math.sqrt(2)) / 2], [matrix[0, 1], 1]], atol=1e-15)


def test_correlations_that_hold_together_have_no_faults(ask):
    assert (
        found(ask(factors=FACTORS, correlations=pairs(("a", "b", 0.6), ("b", "c", 0.6), ("a", "c", 0.2))))
        == []
    )


@pytest.mark.parametrize(
    ("correlations", "fault"),
    [
        (
            pairs(("a", "bb", 0.5)),
            (
                "correlations.0.factors: names bb, which is no factor; nearest is b; give one of a, b, "
                "c, powered"
            ),
        ),
        (
            pairs(("a", "b", 0.5), ("a", "mix", 0.5)),
            "correlations.1.factors: names mix, which draws shares by name; give a factor of one number",
        ),
        (pairs(("a", "a", 0.5)), "correlations.0.factors: names a twice; give two factors"),
        (
            pairs(("a", "b", 0.5), ("b", "a", 0.4)),
            "correlations.1.factors: names b and a a second time; give one rank for the two",
        ),
        (
            pairs(("a", "b", 0.9), ("b", "c", 0.9), ("a", "c", -0.9)),
            (
                "correlations: cannot all hold: their matrix is not positive definite, with an "
                "eigenvalue of -0.816; "
                "give ranks nearer to 0"
            ),
        ),
    ],
)
def test_correlations_that_cannot_be_are_faults(ask, correlations, fault):
    assert found(ask(factors=FACTORS, correlations=correlations)) == [fault]


def test_levels_go_from_to_in_steps_with_the_end_when_a_step_falls_on_it(ask):
    sweep = {"a": {"from": 0.1, "to": 0.7, "step": 0.1}, "b": {"from": 1, "to": 2, "step": 0.4}}
    experiment = ask(factors=FACTORS, sweep=sweep)
    assert experiment.sweep["a"].numbers() == (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
    assert experiment.sweep["b"].numbers() == (1.0, 1.4, 1.8)
    assert found(experiment) == []


@pytest.mark.parametrize(
    ("sweep", "fault"),
    [
        (
            {"powerd": [1]},
            (
                "sweep.powerd: names powerd, which is no factor; nearest is powered; give one of a, b, "
                "c, powered"
            ),
        ),
        ({"mix": [1]}, "sweep.mix: names mix, which draws shares by name; give a factor of one number"),
        (
            {"a": {"from": 2, "to": 1, "step": 1}},
            "sweep.a: goes from 2 to 1; give a to that is not below from",
        ),
        ({"a": {"from": 1, "to": 10_001, "step": 1}}, "sweep.a: has 10,001 levels; give 10,000 or fewer"),
        (
            {"a": {"from": 1, "to": 1e12, "step": 1}},
            "sweep.a: has 1,000,000,000,000 levels; give 10,000 or fewer",
        ),
        ({"a": [1, 3, 2]}, "sweep.a: has levels out of order; give rising numbers"),
        (
            {"powered": [10, 30]},
            (
                "sweep.powered: reaches 30 h at regions.*.grid.rotation.powered: it is 30 h; give a "
                "duration of 24 h or less"
            ),
        ),
    ],
)
def test_a_sweep_that_cannot_be_run_is_a_fault(ask, sweep, fault):
    assert found(ask(factors=FACTORS, sweep=sweep)) == [fault]


def test_precision_of_an_unknown_claim_names_the_nearest(ask):
    claim = {"quantity": "departures", "links": ["sea"], "at_least": 2}
    claims = {"voyages": {**claim, "from": date(2023, 1, 1), "by": date(2023, 2, 1)}}
    assert found(ask(claims=claims, precision={"claims": ["voyage"]})) == [
        "precision.claims: names voyage, which is no claim; nearest is voyages; give one of voyages"
    ]
    assert found(ask(claims=claims, precision={"claims": ["voyages"]})) == []
