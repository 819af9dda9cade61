from datetime import date

import numpy as np
import pytest
from scipy import stats

from simulator.model.quantities import Quantity
from simulator.runner.plan import plan, shares

FINITE = 1e-6
"""The chance that a sound plan fails one check."""
N = 20_000

LAWS = {
    "uniform": ({"uniform": {"low": 2.0, "high": 5.0}}, stats.uniform(2, 3)),
    "triangular": ({"triangular": {"low": 1.0, "mode": 2.0, "high": 5.0}}, stats.triang(0.25, 1, 4)),
    "exponential": ({"exponential": {"mean": 3.0}}, stats.expon(scale=3)),
    "lognormal": ({"lognormal": {"median": 2.0, "gsd": 1.5}}, stats.lognorm(np.log(1.5), scale=2)),
    "normal": ({"normal": {"mean": -1.0, "sd": 2.0}}, stats.norm(-1, 2)),
    "beta": ({"beta": {"a": 4.0, "b": 2.0}}, stats.beta(4, 2)),
    "gamma": ({"gamma": {"mean": 6.0, "shape": 0.5}}, stats.gamma(0.5, scale=12)),
    "weibull": ({"weibull": {"scale": 2.0, "shape": 1.7}}, stats.weibull_min(1.7, scale=2)),
}


def of_law(make_experiment, written, **changes):
    factor = {"distribution": written, "assumption": "none"}
    return make_experiment(factors={"x": factor}, derived={}, scenarios={"baseline": {}}, **changes)


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("design", ["random", "sobol", "latin_hypercube"])
def test_a_factor_follows_its_law(make_experiment, law, design):
    written, expected = LAWS[law]
    scrambles = {"scrambles": 20} if design == "sobol" else {}
    drawn = plan(of_law(make_experiment, written, design={"kind": design, **scrambles}), N)
    assert stats.kstest(drawn.values[:, 0], expected.cdf).pvalue > FINITE


def test_a_law_with_another_parameter_would_be_noticed(make_experiment):
    drawn = plan(of_law(make_experiment, {"beta": {"a": 4.0, "b": 2.1}}), N)
    assert stats.kstest(drawn.values[:, 0], LAWS["beta"][1].cdf).pvalue < FINITE


def test_whole_numbers_and_dates_are_drawn_each_as_often(make_experiment):
    days = plan(
        of_law(make_experiment, {"uniform_integer": {"low": date(2023, 1, 1), "high": date(2023, 1, 5)}}), N
    )
    assert days.columns[0].unit == "date"
    found, counts = np.unique(days.values, return_counts=True)
    assert list(found) == [date(2023, 1, day).toordinal() for day in range(1, 6)]
    assert stats.chisquare(counts).pvalue > FINITE


def test_shares_follow_a_dirichlet_law():
    alphas = np.array([0.4, 2.0, 5.0])
    u = np.random.default_rng(1).random((N, 3))
    found = shares(alphas, u)
    assert np.abs(found.sum(axis=1) - 1).max() < 1e-12
    for name, alpha in enumerate(alphas):
        assert stats.kstest(found[:, name], stats.beta(alpha, alphas.sum() - alpha).cdf).pvalue > FINITE
    covariance = -0.4 * 2.0 / (7.4 * 7.4 * 8.4)
    products = (found[:, 0] - 0.4 / 7.4) * (found[:, 1] - 2.0 / 7.4)
    assert abs(products.mean() - covariance) < 5.7 * products.std() / np.sqrt(N)


def test_shares_of_very_small_parameters_are_still_numbers():
    alphas = np.array([0.001, 0.002])
    found = shares(alphas, np.random.default_rng(1).random((N, 2)))
    assert np.isfinite(found).all()
    first = (found[:, 0] > 0.5).astype(float)
    assert abs(first.mean() - 1 / 3) < 5.7 * first.std() / np.sqrt(N)


def test_columns_are_factors_and_shares_in_file_order(experiment):
    drawn = plan(experiment, 3)
    assert [column.name for column in drawn.columns] == ["rate_error", "place.east", "place.west", "yield"]


def test_a_draw_has_a_quantity_or_shares_for_every_factor(experiment):
    drawn = plan(experiment, 3)
    draw = drawn.draw(2)
    assert list(draw) == ["rate_error", "place", "yield"]
    assert draw["rate_error"] == Quantity(drawn.values[2, 0], "1")
    assert draw["place"] == {"east": drawn.values[2, 1], "west": drawn.values[2, 2]}


def test_values_have_12_significant_digits(experiment):
    values = plan(experiment, 50).values
    assert values.size
    assert all(float(f"{value:.12g}") == value for value in values.ravel().tolist())


@pytest.mark.parametrize("design", [{"kind": "random"}, {"kind": "sobol", "scrambles": 20}])
def test_the_first_draws_are_the_same_however_many_follow(make_experiment, design):
    asked = make_experiment(design=design)
    assert plan(asked, 33).values.tobytes() == plan(asked, 100).values[:33].tobytes()


def test_a_factor_that_is_fixed_leaves_the_others_as_they_were(experiment):
    fixed = experiment.with_value("rate_error", 2.0)
    before, after = plan(experiment, 20).values, plan(fixed, 20).values
    assert set(after[:, 0]) == {2.0}
    assert after[:, 1:].tobytes() == before[:, 1:].tobytes()


def test_factors_have_the_rank_correlation_asked_for(make_experiment):
    correlations = [{"factors": ["yield", "rate_error"], "rank": 0.6}]
    values = plan(make_experiment(correlations=correlations), N).values
    assert abs(stats.spearmanr(values[:, 0], values[:, 3])[0] - 0.6) < 5.7 * 1.06 / np.sqrt(N)
    assert stats.kstest(values[:, 3], stats.beta(9, 1).cdf).pvalue > FINITE


@pytest.mark.parametrize("design", [{"kind": "random"}, {"kind": "sobol", "scrambles": 20}])
def test_a_stretch_of_a_plan_is_what_it_is_in_the_whole(make_experiment, design):
    asked = make_experiment(design=design, correlations=[{"factors": ["yield", "rate_error"], "rank": 0.6}])
    stretch = plan(asked, 90, first=33)
    assert stretch.replications == range(33, 90)
    assert stretch.values.tobytes() == plan(asked, 100).values[33:90].tobytes()
    assert stretch.draw(40) == plan(asked, 100).draw(40)


def test_an_experiment_without_factors_has_empty_draws(make_experiment):
    drawn = plan(make_experiment(factors={}, derived={}, scenarios={"baseline": {}}), 4)
    assert drawn.replications == range(4)
    assert drawn.draw(3) == {}
