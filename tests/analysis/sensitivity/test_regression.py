import numpy as np
import pytest

from simulator.analysis.sensitivity.regression import rank_regression, ranks


def random(*seed):
    return np.random.Generator(np.random.PCG64(seed))


def test_a_response_that_rises_or_falls_with_one_factor_has_slope_one(drawn_of):
    x = random(1).random((3, 1000))
    for way in (1.0, -1.0):
        slopes, fit = rank_regression(drawn_of(x), way * np.exp(5.0 * x[1]), level=0.95)
        assert [each.value for each in slopes] == pytest.approx([0.0, way, 0.0, 0.0], abs=1e-6)
        assert fit.value == pytest.approx(1.0, abs=1e-6)


def test_slopes_depend_on_ranks_alone(drawn_of):
    source = random(2)
    x = source.random((2, 1000))
    values = x[0] - 0.5 * x[1] + 0.3 * source.standard_normal(1000)
    plain = rank_regression(drawn_of(x), values, level=0.95)
    assert rank_regression(drawn_of(x**3), np.exp(values), level=0.95) == plain
    assert plain[0][0].low > 0.0 > plain[0][1].high


def test_a_factor_that_is_only_drawn_with_another_has_no_slope(drawn_of):
    source = random(3)
    score = source.standard_normal((2, 4000))
    x = np.array([score[0], 0.9 * score[0] + 0.436 * score[1]])
    (acts, idle, _), _ = rank_regression(drawn_of(x), x[0] + 0.5 * source.standard_normal(4000), level=0.95)
    assert acts.low > 0.8
    assert idle.low <= 0.0 <= idle.high


def test_a_share_of_a_split_is_taken_without_its_sisters(drawn_of):
    source = random(5)
    shares = source.dirichlet([4.0, 3.0], 2000).T
    x = np.array([source.random(2000), *shares])
    names = ["plain", "split.a", "split.b"]
    slopes, fit = rank_regression(drawn_of(x, names=names), 3.0 * shares[0] + x[0], level=0.95)
    assert slopes[1].value == pytest.approx(-slopes[2].value)
    assert slopes[1].low > 0.6
    assert fit.value > 0.95


def test_the_fit_of_a_response_of_chance_alone_is_nothing(drawn_of):
    x = random(7).random((20, 400))
    _, fit = rank_regression(drawn_of(x), random(8).random(400), level=0.95)
    assert fit.value == pytest.approx(0.0, abs=0.04)


def test_equal_values_share_their_ranks():
    from scipy.stats import rankdata

    values = random(9).integers(0, 40, 1_000).astype(float)
    assert np.array_equal(ranks(values), rankdata(values))
    assert ranks(np.array([5.0, 1.0, 5.0])).tolist() == [2.5, 1.0, 2.5]
