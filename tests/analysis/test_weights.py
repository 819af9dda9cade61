import numpy as np
import pytest

from simulator.analysis.weights import Weights, units


def generator(seed=1):
    return np.random.Generator(np.random.PCG64(seed))


def test_the_effective_sample_size_is_that_of_kish():
    weights = Weights(np.array([1.0, 2.0, 3.0, 4.0]), np.arange(4))
    assert weights.effective == pytest.approx((1 + 2 + 3 + 4) ** 2 / (1 + 4 + 9 + 16))
    assert weights.largest == pytest.approx(0.4)


def test_weights_of_one_and_nothing_count_the_ones():
    weights = Weights(np.array([0.0, 7.0, 7.0, 0.0]), np.arange(4))
    assert weights.effective == pytest.approx(2.0)
    assert weights.quantiles(np.array([9.0, 1.0, 2.0, 0.0]), (0.5, 0.95)) == (1.0, 2.0)


def test_even_weights_have_the_order_statistics_of_numpy():
    values = generator().normal(size=999)
    found = Weights(np.ones(999), np.arange(999)).quantiles(values, (0.05, 0.5, 0.95))
    assert found == tuple(np.quantile(values, (0.05, 0.5, 0.95), method="inverted_cdf"))


def test_scrambles_are_units_and_independent_replications_are_batched():
    assert units(np.arange(6), np.array([3, 5, 3, 5, 3, 5])).tolist() == [0, 1, 0, 1, 0, 1]
    assert int(units(np.arange(1000), None).max()) == 63


def drawn(seed, n=600, scrambles=32):
    """Return values and weights exp(x) of a standard normal x: the weighted law is normal around 1."""
    random = generator(seed)
    x = random.normal(size=n)
    return x, Weights(np.exp(x), units(np.arange(n), np.arange(n) % scrambles))


def test_intervals_of_weighted_figures_cover_what_is_true():
    covered = np.zeros(5)
    for seed in range(150):
        x, weights = drawn(seed)
        z = generator(seed + 10_000).normal(size=len(x))
        mean, median = weights.mean_interval(x), weights.median_interval(x)
        share, shift, moved = (
            weights.proportion_interval(x > 1.0),
            weights.shift_interval(x),
            weights.moved(x),
        )
        unmoved = weights.moved(z)
        # of two normal laws one apart the distance is 2 Phi(1/2) - 1
        covered += [
            mean.low <= 1.0 <= mean.high,
            median.low <= 1.0 <= median.high,
            share.low <= 0.5 <= share.high,
            shift.low <= 1.0 <= shift.high,
            moved.low <= 0.38292 <= moved.high and unmoved.low == 0.0,
        ]
    assert np.all(covered >= 0.90 * 150), covered / 150


def test_intervals_that_take_points_of_a_scramble_for_independent_miss_too_often():
    missed = 0
    for seed in range(200):
        random = generator(seed)
        shared = np.repeat(random.normal(size=32), 20)
        values = shared + 0.1 * random.normal(size=640)
        honest = Weights(np.ones(640), np.repeat(np.arange(32), 20)).mean_interval(values)
        naive = Weights(np.ones(640), np.arange(640)).mean_interval(values)
        missed += not naive.low <= 0.0 <= naive.high
        assert honest.half_width > 3.0 * naive.half_width
    assert missed > 100


def test_few_hits_have_the_interval_of_clopper_and_pearson_at_the_effective_size():
    weights = Weights(np.repeat([1.0, 0.0], 100), np.arange(200) % 32)
    none = weights.proportion_interval(np.zeros(200, dtype=bool))
    assert (none.low, none.high) == (0.0, pytest.approx(1.0 - 0.05 ** (1 / 100)))
    some = weights.proportion_interval(np.arange(200) < 3)
    assert (some.low, some.high) == (pytest.approx(0.006230, abs=1e-6), pytest.approx(0.085176, abs=1e-6))
    part = Weights(np.array([0.01, *[1.0] * 99]), np.arange(100) % 32).proportion_interval(
        np.arange(100) == 0
    )
    assert part.low == 0.0
    assert 0.03 < part.high < 0.06
    every = weights.proportion_interval(np.ones(200, dtype=bool))
    assert (every.low, every.high) == (pytest.approx(0.05 ** (1 / 100)), 1.0)
