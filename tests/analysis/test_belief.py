import numpy as np
import pytest
from scipy import stats

from simulator.analysis.belief import belief, beliefs
from simulator.analysis.likelihood import log_likelihood
from simulator.analysis.weights import Weights, units
from simulator.errors import ResultsError
from simulator.model.distributions import Normal

PRIOR = {"normal": {"mean": 0.0, "sd": 1.0}}


def generator(seed=1):
    return np.random.Generator(np.random.PCG64(seed))


def normal_run(run_of, *, n=20_000, claims=None, seed=1, **more):
    """A run of two factors: what is delivered is 1,000 times x; z has nothing to do with it."""
    random = generator(seed)
    x, z = random.normal(size=(2, n))
    columns = {"x": x, "z": z} | {f"claims.{name}": 1000.0 * x for name in claims or {"c": {}}}
    factors = {"x": {"distribution": PRIOR, **more.pop("x", {})}, "z": {"distribution": PRIOR}}
    return run_of({"base": columns}, claims=claims or {"c": {}}, factors=factors, **more)


def observed(mean, sd, **more):
    return {"observed": {"normal": {"mean": mean, "sd": sd}}, **more}


def test_a_normal_prior_and_a_normal_report_give_the_conjugate_posterior(run_of):
    # precision 1 + 1 / 0.5^2 = 5, mean 0.8 times the report
    run = normal_run(run_of, claims={"c": observed(1000.0, 500.0)}, scrambles=32)
    found = belief(run)
    x = found.of("x")
    assert x.median_low <= 0.8 <= x.median_high
    assert x.median == pytest.approx(0.8, abs=0.03)
    assert (x.p05, x.p95) == pytest.approx(0.8 + np.array([-1.645, 1.645]) / 5**0.5, abs=0.04)
    assert x.shift_low <= 0.8 <= x.shift_high
    # E[w]^2 / E[w^2] of weights exp(-2 (x - 1)^2)
    assert found.effective / found.n == pytest.approx(0.6 * np.exp(-16 / 45), abs=0.01)


def test_two_reports_weigh_together_as_their_precisions_do(run_of):
    run = normal_run(run_of, claims={"a": observed(1000.0, 1000.0), "b": observed(2000.0, 1000.0)}, seed=2)
    x = belief(run).of("x")
    assert x.median_low <= 1.0 <= x.median_high
    assert x.median == pytest.approx(1.0, abs=0.04)


def test_a_beta_prior_and_a_beta_report_give_the_conjugate_posterior(run_of):
    share = generator().beta(2.0, 3.0, size=20_000)
    claim = {"at_least": 0.5, "observed": {"beta": {"a": 8.0, "b": 4.0}}}
    prior = {"beta": {"a": 2.0, "b": 3.0}}
    run = run_of(
        {"base": {"share": share, "claims.c": share}},
        claims={"c": claim},
        factors={"share": {"distribution": prior}},
    )
    found = belief(run)
    posterior = stats.beta(2 + 8 - 1, 3 + 4 - 1)
    each = found.of("share")
    assert each.median_low <= posterior.median() <= each.median_high
    assert (each.p05, each.p95) == pytest.approx(posterior.ppf([0.05, 0.95]), abs=0.015)
    (chance,) = found.chances
    assert chance.low <= posterior.sf(0.5) <= chance.high
    assert chance.prior_low <= stats.beta(2, 3).sf(0.5) <= chance.prior_high


def test_a_count_that_is_reported_for_certain_keeps_the_replications_that_have_it(run_of):
    random = generator()
    rate = random.uniform(0.0, 20.0, size=20_000)
    counts = random.poisson(rate).astype(float)
    claim = {"at_least": 4.0, "observed": {"uniform_integer": {"low": 7, "high": 7}}}
    run = run_of(
        {"base": {"rate": rate, "claims.c": counts}},
        claims={"c": claim},
        factors={"rate": {"distribution": {"uniform": {"low": 0.0, "high": 20.0}}}},
    )
    found = belief(run)
    assert round(found.effective) == np.count_nonzero(counts == 7.0)
    rate_after = found.of("rate")
    # Gamma(8, 1), hardly cut at 20
    assert rate_after.median_low <= stats.gamma(8).median() <= rate_after.median_high


def test_a_claim_moves_what_it_rests_on_and_nothing_else(run_of):
    run = normal_run(run_of, claims={"c": {"at_least": 1000.0}})
    found = belief(run, "c")
    assert [each.name for each in found.movements] == ["x", "z"]
    assert [each.name for each in found.moved] == ["x"]
    beyond = stats.norm.sf(1.0)
    x = found.of("x")
    assert x.median_low <= stats.norm.isf(beyond / 2.0) <= x.median_high
    assert x.distance_low <= 1.0 - beyond <= x.distance_high
    assert found.of("z").distance_low == 0.0
    assert found.effective == pytest.approx(np.count_nonzero(run.columns["base"]["x"] >= 1.0))
    assert "x is higher (median 1." in found.sentence
    assert "z" not in found.sentence


def test_a_claim_and_observations_are_taken_together(run_of):
    claims = {"c": {"at_least": 500.0}, "o": observed(1000.0, 500.0, evidence=["S01"])}
    found = belief(normal_run(run_of, claims=claims), "c", observed=["o"])
    cut = stats.truncnorm((0.5 - 0.8) * 5**0.5, np.inf, 0.8, 5**-0.5)
    assert found.of("x").median == pytest.approx(cut.median(), abs=0.03)
    assert found.of("x").p05 >= 0.5


def test_the_p_value_says_whether_the_model_agrees_with_what_was_observed(run_of):
    claims = {"c": observed(2000.0, 500.0)}
    (each,) = belief(normal_run(run_of, claims=claims)).agreements
    # the report is normal around the model's value: before with variance 1 + 1/4, after with 1/5 + 1/4
    assert each.prior_p_value == pytest.approx(2 * stats.norm.sf(2.0 / 1.25**0.5), abs=0.006)
    after = 2 * stats.norm.sf(0.4 / 0.45**0.5)
    assert each.p_low <= after <= each.p_high
    assert each.p_value == pytest.approx(after, abs=0.03)


def test_weights_that_degenerate_are_refused_and_the_observation_that_did_it_is_named(run_of):
    claims = {"mild": observed(0.0, 1000.0), "wild": observed(5000.0, 100.0)}
    with pytest.raises(ResultsError) as refusal:
        belief(normal_run(run_of, claims=claims))
    assert "the weights degenerate: 20,000 replications count as" in str(refusal.value)
    assert "wild costs most" in str(refusal.value)
    assert "sim.belief(run, observed=['mild'])" in str(refusal.value)


def test_observations_that_exclude_every_replication_are_refused(run_of):
    claims = {"c": {"observed": {"uniform": {"low": 1e6, "high": 2e6}}}}
    with pytest.raises(ResultsError, match=r"count as 0\.0, under 50.*can give what was observed"):
        belief(normal_run(run_of, claims=claims))


def test_a_claim_that_hardly_any_replication_meets_is_refused_with_a_milder_one(run_of):
    run = normal_run(run_of, n=1_000, claims={"c": {"at_least": 3000.0}, "easy": {"at_least": 100.0}})
    with pytest.raises(ResultsError) as refusal:
        belief(run, "c")
    assert "replications meet it, under 50" in str(refusal.value)
    assert "the milder level 1,000 has them: --question belief --claim c --at-least 1000" in str(
        refusal.value
    )
    assert "--question belief --claim easy" in str(refusal.value)
    assert belief(run, "c", at_least=1_000).at_least == 1_000


def test_a_claim_that_nearly_every_replication_meets_is_refused(run_of):
    with pytest.raises(ResultsError, match="replications miss it, under 50"):
        belief(normal_run(run_of, n=2_000, claims={"c": {"at_least": -3000.0}}), "c")


def test_all_claims_are_asked_at_a_level_that_has_hits(run_of):
    claims = {"c": {"at_least": 3000.0}, "o": observed(0.0, 1000.0, at_least=100.0)}
    found = beliefs(normal_run(run_of, n=1_000, claims=claims))
    assert [(each.claim, each.at_least) for each in found.beliefs] == [
        (None, None),
        ("c", 1000.0),
        ("o", 100.0),
    ]
    (told,) = found.refused
    assert told.endswith("asked instead: at least 1,000")


def test_what_has_set_a_prior_is_left_out_unless_it_is_named(run_of):
    claims = {
        "used": observed(1000.0, 500.0, evidence=["S01"]),
        "new": observed(0.0, 1000.0, evidence=["S02"]),
    }
    run = normal_run(run_of, claims=claims, x={"evidence": ["S01"]})
    found = belief(run)
    assert [(each.claim, each.used) for each in found.agreements] == [("used", False), ("new", True)]
    assert found.notes == ("used is left out: S01 has set the prior of x",)
    assert found.of("x").median == pytest.approx(0.0, abs=0.03)
    named = belief(run, observed=["used"])
    assert named.of("x").median == pytest.approx(0.8, abs=0.03)
    assert named.notes[0].startswith("used is used a second time, since it was named")


def test_what_the_run_has_not_is_refused(run_of):
    run = normal_run(run_of, n=200)
    with pytest.raises(ResultsError, match="no claim b"):
        belief(run, "b", at_least=0.0)
    with pytest.raises(ResultsError, match="claim c has no `observed`"):
        belief(run, observed=["c"])
    with pytest.raises(ResultsError, match="the config has no claims"):
        belief(run_of({"base": {"x": [1.0]}}))


def test_failed_replications_are_left_out_and_constants_do_not_move(run_of):
    run = normal_run(run_of, n=500, claims={"c": {"at_least": 0.0}})
    run.columns["base"]["claims.c"][:100] = np.nan
    run.columns["base"]["z"][:] = 3.0
    found = belief(run, "c")
    assert (found.n, found.failed) == (400, 100)
    assert [each.name for each in found.movements] == ["x"]


def ranks(*, sd_said):
    """Return where truths lie in their posteriors, when reports with an error of 0.5 are said to have `sd_said`."""
    found = []
    for seed in range(400):
        random = generator(seed)
        truth = random.normal()
        report = truth + 0.5 * random.normal()
        x = random.normal(size=1_000)
        law = Normal.model_validate({"mean": report, "sd": sd_said})
        weights = Weights(np.exp(log_likelihood(law, x)), units(np.arange(1_000), None))
        found.append(weights.mean((x <= truth).astype(float)))
    return np.array(found)


def test_truths_lie_anywhere_in_their_posteriors_with_the_same_probability():
    assert stats.kstest(ranks(sd_said=0.5), "uniform").pvalue > 1e-3


def test_an_over_confident_likelihood_does_not_pass():
    assert stats.kstest(ranks(sd_said=0.2), "uniform").pvalue < 1e-6
