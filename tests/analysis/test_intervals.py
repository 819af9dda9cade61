import math

import numpy as np
import pytest
from scipy import stats
from scipy.stats import qmc

from simulator.analysis.intervals import (
    clopper_pearson,
    mean_interval,
    proportion_interval,
    quantile_interval,
)


@pytest.mark.parametrize(("hits", "n"), [(1, 10), (7, 10), (49, 1000), (512, 1024), (9999, 10000)])
def test_the_exact_interval_is_that_of_scipy(hits, n):
    theirs = stats.binomtest(hits, n).proportion_ci(0.95, method="exact")
    ours = clopper_pearson(hits, n)
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), rel=1e-12)


@pytest.mark.parametrize("n", [1, 30, 512, 1_000_000])
def test_without_a_hit_the_bound_is_one_sided(n):
    theirs = stats.binomtest(0, n, alternative="less").proportion_ci(0.95, method="exact")
    ours = clopper_pearson(0, n)
    assert (ours.low, ours.high) == (0.0, pytest.approx(theirs.high, rel=1e-9))
    mirrored = clopper_pearson(n, n)
    assert (mirrored.low, mirrored.high) == (pytest.approx(1 - theirs.high, rel=1e-9), 1.0)


def test_without_replications_a_proportion_may_be_anything():
    assert (clopper_pearson(0, 0).low, clopper_pearson(0, 0).high) == (0.0, 1.0)


def test_the_t_interval_of_single_values_is_that_of_scipy():
    values = np.random.Generator(np.random.PCG64(1)).normal(3.0, 2.0, 40)
    theirs = stats.ttest_1samp(values, 0.0)
    low, high = theirs.confidence_interval(0.95)
    ours = mean_interval(values)
    assert ours.mean == pytest.approx(values.mean(), rel=1e-12)
    assert (ours.interval.low, ours.interval.high) == pytest.approx((low, high), rel=1e-12)
    assert ours.p_value == pytest.approx(theirs.pvalue, rel=1e-9)


def test_the_t_interval_over_scrambles_of_equal_size_is_that_of_their_means():
    values = np.random.Generator(np.random.PCG64(2)).exponential(1.0, 25 * 8)
    scramble = np.arange(200) % 25
    means = values.reshape(8, 25).mean(axis=0)
    low, high = stats.ttest_1samp(means, 0.0).confidence_interval(0.95)
    ours = mean_interval(values, scramble)
    assert (ours.interval.low, ours.interval.high) == pytest.approx((low, high), rel=1e-12)
    assert ours.interval.method == "t over 25 scrambles"


def test_values_that_do_not_differ_are_a_mean_for_certain():
    ours = mean_interval(np.full(30, 5.0))
    assert (ours.interval.low, ours.interval.high, ours.p_value) == (5.0, 5.0, 0.0)
    assert mean_interval(np.zeros(30)).p_value == 1.0


def test_one_value_or_none_says_nothing_of_a_mean():
    assert mean_interval(np.array([4.0])).interval.high == math.inf
    assert math.isnan(mean_interval(np.array([])).mean)


def hits(count, n):
    return np.arange(n) < count


@pytest.mark.parametrize("count", [0, 49, 640 - 49, 640])
def test_near_0_and_1_the_interval_is_exact_even_with_scrambles(count):
    scramble = np.arange(640) % 32
    assert proportion_interval(hits(count, 640), scramble) == clopper_pearson(count, 640)


def test_between_them_it_is_t_over_the_scrambles():
    hit = np.random.Generator(np.random.PCG64(3)).random(640) < 0.4
    found = proportion_interval(hit, np.arange(640) % 32)
    assert found.method == "t over 32 scrambles"
    assert proportion_interval(hit).method == "Clopper-Pearson"


def test_scrambles_that_agree_to_the_last_hit_do_not_make_an_interval_of_no_width():
    hit = np.arange(640) // 32 < 10
    assert proportion_interval(hit, np.arange(640) % 32) == clopper_pearson(320, 640)


def coverage(interval_of, truth, runs):
    found = [interval_of(run) for run in range(runs)]
    return np.mean([interval.low <= truth <= interval.high for interval in found])


def scrambled_hits(run, *, scrambles=32, points=8):
    """Whether a product of three uniform factors exceeds 0.1, at Sobol points shifted at random in each scramble."""
    shifts = np.random.Generator(np.random.PCG64(run)).random((scrambles, 3))
    lattice = qmc.Sobol(3, scramble=False).random(points)
    return ((lattice[:, None, :] + shifts) % 1.0).reshape(-1, 3).prod(axis=1) > 0.1


TRUTH = 1 - 0.1 * (1 + math.log(10) + math.log(10) ** 2 / 2)


def test_the_interval_over_scrambles_covers_the_truth_as_often_as_it_says():
    scramble = np.arange(256) % 32
    covered = coverage(lambda run: proportion_interval(scrambled_hits(run), scramble), TRUTH, 400)
    # 400 runs at 0.95 have a standard error of 0.011
    assert 0.91 < covered < 0.985
    width = np.mean([np.ptp(bounds(proportion_interval(scrambled_hits(run), scramble))) for run in range(20)])
    exact = np.mean([np.ptp(bounds(proportion_interval(scrambled_hits(run)))) for run in range(20)])
    assert width < 0.8 * exact


def test_an_interval_that_takes_scrambled_points_of_few_scrambles_for_scrambles_covers_too_seldom():
    """The planted mistake that the test above must be able to tell: two scrambles and a normal factor."""

    def wrong(run):
        hit = scrambled_hits(run, scrambles=2, points=128).astype(float)
        means = hit.reshape(128, 2).mean(axis=0)
        reach = 1.96 * means.std(ddof=1) / math.sqrt(2)
        return type("Interval", (), {"low": means.mean() - reach, "high": means.mean() + reach})

    assert coverage(wrong, TRUTH, 400) < 0.9


def bounds(interval):
    return interval.low, interval.high


@pytest.mark.parametrize("truth", [0.01, 0.2, 0.5])
def test_the_exact_interval_covers_the_truth_at_least_as_often_as_it_says(truth):
    random = np.random.Generator(np.random.PCG64(4))
    counts = random.binomial(200, truth, size=2000)
    covered = coverage(lambda run: clopper_pearson(int(counts[run]), 200), truth, 2000)
    assert covered > 0.94


@pytest.mark.parametrize(
    ("n", "probability", "level"), [(100, 0.5, 0.95), (1000, 0.05, 0.95), (500, 0.9, 0.99)]
)
def test_the_order_statistics_around_a_quantile_are_the_narrowest_that_are_sure_enough(n, probability, level):
    found = quantile_interval(np.arange(1.0, n + 1), probability, level=level)
    below = stats.binom(n, probability)
    tail = (1 - level) / 2
    # the quantile lies below order statistic k when fewer than k values do not exceed it
    assert below.cdf(found.low - 1) <= tail < below.cdf(found.low)
    assert below.sf(found.high - 1) <= tail < below.sf(found.high - 2)


def test_the_interval_of_a_quantile_does_not_depend_on_the_order_of_values():
    values = np.random.Generator(np.random.PCG64(5)).normal(size=300)
    assert quantile_interval(values, 0.3) == quantile_interval(np.sort(values), 0.3)


def test_with_too_few_values_the_interval_of_a_quantile_is_open():
    assert quantile_interval(np.arange(10.0), 0.95).high == math.inf
    assert quantile_interval(np.arange(10.0), 0.05).low == -math.inf
    assert quantile_interval(np.array([]), 0.5).half_width == math.inf


def test_scrambles_narrow_the_interval_of_a_quantile_and_agree_on_none_of_no_width():
    random = np.random.Generator(np.random.PCG64(7))
    lattice = np.arange(640) // 32 + np.tile(random.random(32), 20) + random.normal(0.0, 2.0, 640)
    scramble = np.arange(640) % 32
    by_scrambles, exact = quantile_interval(lattice, 0.5, scramble), quantile_interval(lattice, 0.5)
    assert by_scrambles.method == "order statistics by t over 32 scrambles"
    assert exact.low < by_scrambles.low < by_scrambles.high < exact.high
    stairs = (np.arange(640) // 32).astype(float)
    assert quantile_interval(stairs, 0.5, scramble) == quantile_interval(stairs, 0.5)


def test_a_quantile_with_few_values_beyond_it_has_the_exact_interval_even_with_scrambles():
    values = np.random.Generator(np.random.PCG64(6)).normal(size=640)
    assert quantile_interval(values, 0.05, np.arange(640) % 32) == quantile_interval(values, 0.05)
