import numpy as np
import pytest
from SALib.analyze import pawn as reference

from simulator.analysis.sensitivity.pawn import pawn


def test_pawn_is_that_of_salib_but_for_the_levels_of_the_response(drawn_of):
    random = np.random.Generator(np.random.PCG64(2))
    x = random.random((3, 2000))
    values = np.exp(2.0 * x[0]) + x[1] + random.standard_normal(2000)
    problem = {"num_vars": 3, "names": ["a", "b", "c"]}
    known = reference.analyze(problem, x.T, values, S=10)["median"]
    found = pawn(drawn_of(x), values, level=0.95)
    assert [each.value for each in found[:3]] == pytest.approx(known.tolist(), abs=0.01)


def test_pawn_sees_what_acts_on_the_spread_alone_and_ranks_what_does_nothing_last(drawn_of):
    random = np.random.Generator(np.random.PCG64(4))
    x = random.random((3, 4000))
    values = 2.0 * x[0] + (0.1 + 3.0 * x[1]) * random.standard_normal(4000)
    mean, spread, idle, null = pawn(drawn_of(x), values, level=0.95)
    assert mean.above(null)
    assert spread.above(null)
    assert spread.above(idle)
    assert not idle.above(null)


def test_a_factor_with_two_values_has_two_slices(drawn_of):
    x = np.tile([0.0, 1.0], 500)[None]
    found = pawn(drawn_of(x), 100.0 * x[0] + np.arange(1000) / 1000.0, level=0.95)[0]
    assert found.value == pytest.approx(0.5)
