import dataclasses
import math

import numpy as np
import pytest
from scipy import stats

from simulator.analysis.compare import compare, mcnemar
from simulator.analysis.comparisons import compare_many, holm
from simulator.analysis.distances import kolmogorov, wasserstein
from simulator.analysis.shift import shift
from simulator.errors import ResultsError


def normal(n, *, seed, mean=0.0, sd=1.0):
    return np.random.Generator(np.random.PCG64(seed)).normal(mean, sd, n)


def test_a_known_shift_is_found_at_every_decile():
    a = normal(2000, seed=1)
    found = shift(a, a + 0.5)
    assert found.difference == pytest.approx([0.5] * 9)
    assert found.low == pytest.approx([0.5] * 9)
    assert found.high == pytest.approx([0.5] * 9)


def test_a_wider_distribution_lies_lower_at_the_low_deciles_and_higher_at_the_high_ones():
    a = normal(4000, seed=1)
    found = shift(a, 3.0 * a)
    known = 2.0 * stats.norm.ppf(found.probability)
    assert found.difference == pytest.approx(known, abs=0.15)
    assert all(low <= middle <= high for low, middle, high in zip(found.low, known, found.high, strict=True))


def test_quantiles_of_the_shift_function_are_order_statistics():
    found = shift(np.arange(10.0), np.arange(10.0) * 10)
    assert found.a == tuple(range(9))
    assert found.b == tuple(range(0, 90, 10))


def test_bands_cover_the_true_shift_about_as_often_as_they_say():
    covered = []
    for seed in range(30):
        both, own = normal(200, seed=seed), normal(200, seed=seed + 1000)
        found = shift(both, both + 0.3 * own + 1.0, probabilities=(0.25, 0.5, 0.75))
        true = 1.0 + (math.hypot(1.0, 0.3) - 1.0) * stats.norm.ppf(found.probability)
        covered.append((np.array(found.low) <= true) & (true <= np.array(found.high)))
    # 90 bands at 0.95, those of one sample alike
    assert np.mean(covered) > 0.87


def test_bands_of_scrambles_resample_whole_scrambles():
    scramble = np.arange(640) // 20
    a = normal(640, seed=1) + normal(32, seed=2, sd=5.0)[scramble]
    b = normal(640, seed=3)
    single, whole = shift(a, b), shift(a, b, scramble)
    assert single.difference == whole.difference
    assert whole.high[4] - whole.low[4] > 2.0 * (single.high[4] - single.low[4])


def test_the_same_rows_give_the_same_bands():
    a, b = normal(100, seed=1), normal(100, seed=2)
    assert shift(a, b) == shift(a, b)


def test_distances_are_those_of_scipy():
    a, b = normal(500, seed=1), normal(500, seed=2, mean=0.4, sd=2.0)
    assert wasserstein(a, b) == pytest.approx(stats.wasserstein_distance(a, b))
    assert kolmogorov(a, b) == pytest.approx(stats.ks_2samp(a, b).statistic)


def test_distances_of_tied_values_are_those_of_scipy():
    a, b = np.round(normal(300, seed=1)), np.round(normal(300, seed=2, mean=1.0))
    assert wasserstein(a, b) == pytest.approx(stats.wasserstein_distance(a, b))
    assert kolmogorov(a, b) == pytest.approx(stats.ks_2samp(a, b).statistic)


@pytest.fixture
def paired(run_of):
    """A run in which the second scenario adds 100 to what the first makes, and a little luck of its own."""
    common = np.exp(normal(640, seed=1, mean=7.0))
    a = {"delivered": common, "claims.c": common}
    more = common + 100.0 + normal(640, seed=2)
    b = {"delivered": more, "claims.c": more}

    def build(scrambles=None):
        return run_of({"a": a, "b": b, "same": a}, claims={"c": {}}, scrambles=scrambles)

    return build


def test_what_two_scenarios_have_in_common_cancels(paired):
    found = compare(paired(), "a", "b")
    theirs = stats.ttest_rel(
        paired().columns["b"]["delivered"], paired().columns["a"]["delivered"]
    ).confidence_interval()
    assert (found.mean.low, found.mean.high) == pytest.approx((theirs.low, theirs.high), rel=1e-9)
    assert found.mean.high - found.mean.low < 0.2
    assert found.median.difference == pytest.approx(100.0, abs=5.0)
    assert found.wasserstein == pytest.approx(100.0, abs=1.0)
    assert (found.n, found.failed, found.unit) == (640, 0, "items")


def test_intervals_go_over_scrambles_where_the_design_has_them(paired):
    found = compare(paired(scrambles=32), "a", "b", claim="c")
    assert found.mean.method == "t over 32 scrambles"
    assert found.median.method == "bootstrap of scrambles of pairs"


def test_scenarios_that_are_equal_do_not_differ(paired):
    found = compare(paired(), "a", "same", claim="c")
    assert (found.mean.difference, found.wasserstein, found.kolmogorov) == (0.0, 0.0, 0.0)
    assert found.probability.difference == 0.0
    assert found.probability.low == -found.probability.high < 0.0
    assert found.p_value == 1.0


def test_the_difference_in_probability_has_an_exact_interval_from_gains_and_losses(run_of):
    a = {"delivered": np.zeros(200), "claims.c": np.repeat([2000.0, 0.0], 100)}
    b = {"delivered": np.zeros(200), "claims.c": np.repeat([2000.0, 0.0, 2000.0, 0.0], [95, 5, 20, 80])}
    found = compare(run_of({"a": a, "b": b}, claims={"c": {}}), "a", "b", claim="c").probability
    gain = stats.binomtest(20, 200).proportion_ci(0.975)
    loss = stats.binomtest(5, 200).proportion_ci(0.975)
    assert (found.a, found.b, found.difference) == (0.5, 0.575, pytest.approx(0.075))
    assert (found.low, found.high) == pytest.approx((gain.low - loss.high, gain.high - loss.low))
    assert found.p_value == pytest.approx(stats.binomtest(20, 25).pvalue)


def test_with_many_gains_and_losses_the_interval_goes_over_scrambles(run_of):
    a, b = normal(1280, seed=1), normal(1280, seed=2, mean=0.3)
    columns = [{"delivered": values, "claims.c": values} for values in (a, b)]
    run = run_of(dict(zip("ab", columns, strict=True)), claims={"c": {"at_least": 0.0}}, scrambles=32)
    found = compare(run, "a", "b", claim="c").probability
    means = ((b >= 0).astype(float) - (a >= 0)).reshape(40, 32).mean(axis=0)
    low, high = stats.ttest_1samp(means, 0.0).confidence_interval()
    assert (found.low, found.high) == pytest.approx((low, high))
    assert found.method == "t over 32 scrambles"


@pytest.mark.parametrize(("gained", "lost"), [(0, 0), (1, 0), (7, 2), (30, 31), (12, 12)])
def test_the_test_of_gains_and_losses_is_the_binomial_one(gained, lost):
    known = stats.binomtest(gained, gained + lost).pvalue if gained + lost else 1.0
    assert mcnemar(gained, lost) == pytest.approx(known)


def test_pairs_of_which_one_has_failed_are_left_out(run_of):
    run = run_of({"a": {"delivered": [1.0, np.nan, 3.0, 4.0]}, "b": {"delivered": [2.0, 2.0, np.nan, 6.0]}})
    found = compare(run, "a", "b")
    assert (found.n, found.failed, found.mean.difference) == (2, 2, 1.5)


def test_scenarios_without_a_common_replication_are_refused(run_of):
    run = run_of({"a": {"delivered": [1.0, np.nan]}, "b": {"delivered": [np.nan, 2.0]}})
    with pytest.raises(ResultsError, match="no replication has delivered in both a and b; run more"):
        compare(run, "a", "b")


def test_a_scenario_of_another_run_can_be_compared(run_of):
    found = compare(
        run_of({"base": {"delivered": np.arange(4.0)}}),
        "base",
        "more",
        other=run_of({"more": {"delivered": np.arange(6.0) + 2.0}}),
    )
    assert (found.n, found.failed, found.mean.difference) == (4, 2, 2.0)


def test_a_run_that_could_end_after_several_looks_has_wider_intervals(paired):
    run = paired()
    wide = compare(dataclasses.replace(run, confidence=0.99), "a", "b", claim="c")
    plain = compare(run, "a", "b", claim="c")
    assert (
        shift(normal(99, seed=1), normal(99, seed=2)).high
        < shift(normal(99, seed=1), normal(99, seed=2), level=0.99).high
    )
    for name in ("mean", "probability"):
        one, other = getattr(wide, name), getattr(plain, name)
        assert one.high - one.low > other.high - other.low


def test_a_comparison_shows_as_rows(paired):
    found = compare(paired(), "a", "b", claim="c")
    measures = list(found.to_frame()["measure"])
    assert measures[:4] == ["mean", "median", "probability of c", "10 % quantile"]
    assert measures[-2:] == ["Wasserstein distance", "Kolmogorov distance"]
    assert str(found).startswith("delivered, b less a, 640 pairs\n")
    assert len(found.shift.to_frame()) == 9


def test_holm_by_hand():
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx((0.03, 0.06, 0.06, 0.02))
    assert holm([0.5, 0.6]) == (1.0, 1.0)
    assert holm([]) == ()


def test_all_pairs_are_compared_and_their_number_is_told(paired):
    found = compare_many(paired(), claim="c")
    frame = found.to_frame()
    assert list(zip(frame["a"], frame["b"], strict=True)) == [("a", "b"), ("a", "same"), ("b", "same")]
    assert set(frame["comparisons"]) == {3}
    assert list(frame["p_holm"]) == list(holm([each.p_value for each in found]))
    assert set(frame["measure"]) == {"probability of c"}


def test_only_the_named_scenarios_are_compared(paired):
    found = compare_many(paired(), ["b", "same"])
    assert len(found) == 1
    assert found.to_frame().loc[0, "measure"] == "mean"
