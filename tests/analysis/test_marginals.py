from itertools import pairwise

import numpy as np
import pytest

from simulator.analysis.belief import belief
from simulator.analysis.marginals import marginals

PRIOR = {"normal": {"mean": 0.0, "sd": 1.0}}


@pytest.fixture
def run(run_of):
    random = np.random.Generator(np.random.PCG64(1))
    x, z = random.normal(size=(2, 2_000))
    k = random.integers(1, 4, 2_000).astype(float)
    columns = {"base": {"x": x, "z": z, "k": k, "claims.c": 1000.0 * x}}
    factors = {name: {"distribution": PRIOR} for name in "xzk"}
    return run_of(columns, claims={"c": {"at_least": 1000.0}}, factors=factors)


def test_the_factor_that_moves_farthest_is_first_with_its_shares_before_and_after(run):
    found = marginals(run, belief(run, "c"))
    first = found.marginals[0]
    assert (first.factor, first.moves) == ("x", True)
    (x,) = run.values("base", ["x"])
    edges = np.array(first.edges)
    inner = [float(np.mean((x >= low) & (x < high))) for low, high in pairwise(edges)]
    assert first.before[1:-1] == pytest.approx(inner[1:-1])
    # of those that meet the claim none lies below 1
    below = edges[1:] < 1.0
    assert np.array(first.after)[below].sum() == 0.0
    for each in found.marginals:
        assert sum(each.before) == pytest.approx(1.0)
        assert sum(each.after) == pytest.approx(1.0)


def test_whole_numbers_have_a_part_each(run):
    found = {each.factor: each for each in marginals(run, belief(run, "c")).marginals}
    assert found["k"].edges == (0.5, 1.5, 2.5, 3.5)


def test_as_many_factors_are_shown_as_asked_for(run):
    found = marginals(run, belief(run, "c"), most=1)
    assert (len(found.marginals), found.left) == (1, 2)
    assert set(found.to_frame()["factor"]) == {"x"}
