import numpy as np
import pytest

from simulator import plots
from simulator.analysis.belief import belief, beliefs

PRIOR = {"normal": {"mean": 0.0, "sd": 1.0}}


def run(run_of):
    random = np.random.Generator(np.random.PCG64(1))
    x, z = random.normal(size=(2, 2_000))
    columns = {"base": {"x": x, "z": z, "claims.c": 1000.0 * x, "claims.d": 1000.0 * x}}
    claims = {"c": {"at_least": 1000.0}, "d": {"at_least": 0.0}}
    return run_of(columns, claims=claims, factors={name: {"distribution": PRIOR} for name in "xz"})


def test_each_factor_is_drawn_before_and_after_the_farthest_moved_on_top(run_of, layers):
    found = belief(run(run_of), "c")
    drawn = layers(plots.belief(found))
    medians = drawn["point"]["records"]
    assert [(each["factor"], each["state"], each["moves"]) for each in medians] == [
        ("x", "before", True),
        ("x", "after", True),
        ("z", "before", False),
        ("z", "after", False),
    ]
    x = found.of("x")
    assert medians[0]["median"] == 0.0
    assert medians[1]["median"] == pytest.approx(
        (x.median - x.prior_median) * 3.29 / (x.prior_p95 - x.prior_p05)
    )
    assert drawn["point"]["encoding"]["y"]["sort"] == ["x", "z"]


def test_the_answer_stands_over_the_picture(run_of):
    found = belief(run(run_of), "c")
    told = " ".join(plots.belief(found).to_dict()["title"]["subtitle"])
    assert found.sentence in told
    assert f"2,000 replications, effectively {found.effective:,.0f}" in told


def test_several_beliefs_stand_below_each_other_and_render(run_of, rendered):
    found = beliefs(run(run_of))
    chart = plots.belief(found)
    assert len(chart.to_dict()["concat"]) == len(found.beliefs) == 2
    assert rendered(chart).startswith(b"\x89PNG")
