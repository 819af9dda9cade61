import re

import numpy as np
import pytest
from scipy import stats

from simulator.analysis.gains import bound, removed_share
from simulator.analysis.information import information, information_by_claim
from simulator.errors import ResultsError

PRIOR = {"normal": {"mean": 0.0, "sd": 1.0}}
WEIGHT = {"strong": 3.0, "middle": 2.0, "weak": 1.0, "none": 0.0}
"""What is delivered is their weighted sum; its standard deviation is the root of 14."""
SPREAD = 14.0**0.5


def linear_run(run_of, *, at_least, n=20_000, seed=1, scrambles=32):
    random = np.random.Generator(np.random.PCG64(seed))
    drawn = {name: random.normal(size=n) for name in WEIGHT}
    delivered = sum(weight * drawn[name] for name, weight in WEIGHT.items())
    factors = {name: {"distribution": PRIOR} for name in WEIGHT}
    columns = {"base": {**drawn, "claims.c": delivered}}
    return run_of(columns, claims={"c": {"at_least": at_least}}, factors=factors, scrambles=scrambles)


def worth(name, at_least):
    """The closed form: knowing x, the call is "true" where weight * x is over the figure."""
    share = WEIGHT[name] / SPREAD
    z = at_least / SPREAD
    if not share:
        return 0.0
    above = z / share
    both = stats.multivariate_normal(cov=[[1.0, share], [share, 1.0]]).cdf([-above, -z])
    # P(x over, y over) - P(x over, y not over), beyond a call that is "false" for a figure above the median
    return 2.0 * both - stats.norm.sf(above)


def removed(name, at_least):
    """The closed form: Var(P(true | x)) / (p (1 - p))."""
    share, z = WEIGHT[name] / SPREAD, at_least / SPREAD
    p = stats.norm.sf(z)
    square = stats.multivariate_normal(cov=[[1.0, share**2], [share**2, 1.0]], allow_singular=True).cdf(
        [-z, -z]
    )
    return (square - p * p) / (p * (1.0 - p))


@pytest.mark.parametrize("at_least", [0.5, 2.0, 4.0])
def test_the_value_of_knowing_a_factor_is_that_of_the_closed_form(run_of, at_least):
    found = information(linear_run(run_of, at_least=at_least, seed=3))
    for name in WEIGHT:
        each = found.of(name)
        assert each.value == pytest.approx(worth(name, at_least), abs=0.006), name
        assert each.share == pytest.approx(removed(name, at_least), abs=0.012), name
    assert found.perfect == pytest.approx(stats.norm.sf(at_least / SPREAD), abs=0.01)
    assert found.perfect_low <= stats.norm.sf(at_least / SPREAD) <= found.perfect_high


def test_factors_stand_in_the_order_of_their_worth(run_of):
    found = information(linear_run(run_of, at_least=1.0))
    assert [each.factor for each in found.worths] == list(WEIGHT)
    assert [each.told_apart for each in found.worths] == [True, True, True, False]
    assert re.search(r"would take off [0-9.]+ points \[[0-9.]+ to [0-9.]+\] \(strong\), ", found.sentence)
    assert "none" not in found.sentence


def test_where_no_one_factor_changes_the_call_the_variance_it_removes_still_speaks(run_of):
    found = information(linear_run(run_of, at_least=6.0))
    assert not found.of("middle").changes_call
    assert found.of("middle").share_low > found.null_share
    assert found.of("middle").high >= worth("middle", 6.0)


def test_intervals_cover_what_is_true(run_of):
    at_least, covered = 1.5, dict.fromkeys(WEIGHT, 0)
    truths = {name: (worth(name, at_least), removed(name, at_least)) for name in WEIGHT}
    shares = dict(covered)
    runs = 60
    for seed in range(runs):
        found = information(linear_run(run_of, at_least=at_least, n=1_500, seed=seed))
        for name, (value, share) in truths.items():
            each = found.of(name)
            covered[name] += each.low <= value <= each.high
            shares[name] += each.share_low <= share <= each.share_high
    assert min(*covered.values(), *shares.values()) >= 0.88 * runs, (covered, shares)


def test_an_estimate_that_calls_by_the_rows_it_is_judged_by_takes_chance_for_worth(run_of):
    run = linear_run(run_of, at_least=0.0, n=2_000)
    hit = run.columns["base"]["claims.c"] >= 0.0
    places = np.argsort(np.argsort(run.columns["base"]["none"])) * 22 // 2_000
    shares = np.bincount(places, hit) / np.bincount(places)
    naive = float(np.dot(np.bincount(places) / 2_000, np.maximum(shares, 1 - shares))) - max(
        hit.mean(), 1 - hit.mean()
    )
    found = information(run)
    assert naive > 0.02
    assert found.of("none").value < 0.02
    assert found.of("none").low == 0.0


def test_the_share_of_variance_between_bins_is_free_of_bias():
    random = np.random.Generator(np.random.PCG64(5))
    counts = np.full((4_000, 8), 10)
    hits = random.binomial(counts, 0.3)
    assert abs(removed_share(hits, counts).mean()) < 0.006
    whole = removed_share(np.array([0, 10, 10]), np.array([10, 10, 10]))
    assert float(whole) == 1.0


def test_nothing_is_worth_more_than_knowing_the_answer(run_of):
    run = linear_run(run_of, at_least=2.0, n=5_000)
    columns = run.columns["base"]
    columns["strong"] = columns["claims.c"].copy()
    found = information(run)
    each = found.of("strong")
    assert each.value == pytest.approx(found.perfect, rel=0.05)
    assert each.high <= found.perfect


def test_a_claim_with_few_hits_is_refused_with_a_milder_one(run_of):
    run = linear_run(run_of, at_least=12.0, n=2_000)
    with pytest.raises(ResultsError, match=r"under 50.*--question information --claim c --at-least "):
        information(run)
    found = information_by_claim(run)
    assert found.refused[0].endswith(f"asked instead: at least {found.answers[0].at_least:g}")


def test_where_no_claim_can_be_asked_at_any_figure_all_are_refused(run_of):
    with pytest.raises(
        ResultsError, match=r"nothing can be asked for information: c at least 2: .* under 50"
    ):
        information_by_claim(linear_run(run_of, at_least=2.0, n=60))


def test_milder_and_harder_figures_have_their_own_answer(run_of):
    found = information(linear_run(run_of, at_least=2.0))
    levels = [step.at_least for step in found.steps]
    assert levels == sorted(levels)
    assert 2.0 in levels
    step = found.steps[levels.index(2.0)]
    assert (step.factor, step.value) == ("strong", found.of("strong").value)


@pytest.mark.parametrize("at_least", [0.0, 1.0, 4.0])
def test_the_value_is_bounded_by_the_share_of_variance(at_least):
    probability = stats.norm.sf(at_least / SPREAD)
    for name in WEIGHT:
        assert worth(name, at_least) <= bound(probability, removed(name, at_least)) + 1e-9
    # of two values of q, 0 and 0.8
    p, q = 0.2, 0.8
    weight = p / q
    share = weight * (1.0 - weight) * q * q / (p * (1.0 - p))
    assert bound(p, share) >= weight * (2.0 * q - 1.0)
