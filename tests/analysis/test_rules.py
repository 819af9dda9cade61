import math

import numpy as np
import pytest
from scipy.stats import kstest, lognorm, norm

from simulator.analysis.rules import crps, crps_lognormal, log_score, shares

LUCK = np.random.Generator(np.random.PCG64(7))


def crps_of_normal(mean, sd, happened):
    z = (happened - mean) / sd
    return sd * (z * (2 * norm.cdf(z) - 1) + 2 * norm.pdf(z) - 1 / math.sqrt(math.pi))


@pytest.mark.parametrize("happened", [100.0, 110.0, 60.0, 300.0])
def test_the_crps_of_a_normal_sample_is_that_of_the_closed_form(happened):
    found = crps(LUCK.normal(100.0, 10.0, 20_000), happened)
    assert found.value == pytest.approx(crps_of_normal(100.0, 10.0, happened), abs=0.25)
    assert found.low <= crps_of_normal(100.0, 10.0, happened) <= found.high


def test_the_crps_of_few_values_is_that_of_all_pairs_without_a_value_and_itself():
    values = np.array([1.0, 4.0, 9.0])
    by_hand = (1 + 2 + 7) / 3 - (3 + 5 + 8) / 3 / 2
    assert crps(values, 2.0).value == pytest.approx(by_hand)


def test_the_crps_of_few_values_is_right_on_average_where_that_of_their_empirical_law_is_not():
    draws = LUCK.normal(0.0, 1.0, (20_000, 4))
    fair = np.mean([crps(values, 0.5).value for values in draws[:4_000]])
    spread = np.abs(draws[:, :, None] - draws[:, None, :]).mean()
    of_the_empirical_law = np.abs(draws - 0.5).mean() - spread / 2
    truth = crps_of_normal(0.0, 1.0, 0.5)
    assert fair == pytest.approx(truth, abs=0.02)
    assert of_the_empirical_law > truth + 0.1


def test_the_crps_of_points_spread_out_in_scrambles_compares_scrambles():
    groups, size = 400, 8
    errors = []
    for _ in range(60):
        strata = (np.arange(size)[:, None] + LUCK.random((size, groups))) / size
        values = strata.ravel()
        scramble = np.tile(np.arange(groups), size)
        errors.append(crps(values, 0.5, scramble).value - (0.25 - 1 / 6))
    assert abs(np.mean(errors)) < 2e-4


def test_the_interval_of_the_crps_covers_it_as_often_as_it_says():
    truth = crps_of_normal(0.0, 1.0, 1.0)
    found = [crps(LUCK.normal(0.0, 1.0, 300), 1.0) for _ in range(1_000)]
    hits = sum(each.low <= truth <= each.high for each in found)
    assert 930 <= hits <= 970


def test_the_crps_of_one_certain_value_is_how_far_it_is_off():
    assert crps(np.full(10, 60.0), 40.0).value == 20.0
    assert math.isnan(crps(np.array([1.0]), 1.0).value)


@pytest.mark.parametrize("happened", [0.0, 50.0, 100.0, 900.0])
def test_the_crps_of_a_lognormal_law_is_that_of_a_large_sample_of_it(happened):
    values = 100.0 * np.exp(0.5 * norm.ppf((np.arange(40_000) + 0.5) / 40_000))
    assert crps_lognormal(100.0, 0.5, happened) == pytest.approx(crps(values, happened).value, rel=0.01)


def test_the_log_score_of_a_sample_is_near_that_of_its_law():
    values = LUCK.normal(100.0, 10.0, 20_000)
    for happened in (100.0, 85.0, 120.0):
        assert log_score(values, happened, grain=0.5) == pytest.approx(
            -norm(100.0, 10.0).logpdf(happened), abs=0.1
        )


def test_a_value_far_from_every_replication_costs_much_and_not_everything():
    values = lognorm(0.5, scale=100.0).ppf((np.arange(1_000) + 0.5) / 1_000)
    far, farther = (log_score(values, 10.0**power, grain=0.5) for power in (5, 10))
    near = log_score(values, 100.0, grain=0.5)
    assert near + math.log(1_000) < far < farther < far + 2 * math.log(1e5) + 0.01
    assert math.isfinite(log_score(np.zeros(100), 50.0, grain=0.5))


def test_ties_are_told_apart_from_what_lies_below():
    assert shares(np.array([0.0, 0.0, 1.0, 2.0]), 0.0) == (0.0, 0.5)
    assert shares(np.array([0.0, 0.0, 1.0, 2.0]), 1.0) == (0.5, 0.75)


@pytest.mark.parametrize(("spread", "calibrated"), [(1.0, True), (0.5, False)])
def test_the_shares_below_are_uniform_for_a_calibrated_forecaster_and_not_for_a_bold_one(spread, calibrated):
    pit = []
    for _ in range(400):
        mean = LUCK.normal(0.0, 3.0)
        below, at_most = shares(np.round(LUCK.normal(mean, spread, 500)), round(LUCK.normal(mean, 1.0)))
        pit.append(below + LUCK.random() * (at_most - below))
    assert (kstest(pit, "uniform").pvalue > 0.01) == calibrated
