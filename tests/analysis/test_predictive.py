import numpy as np
import pytest

from simulator.analysis.predictive import prior_predictive

OBSERVED = {"uniform": {"low": 100.0, "high": 200.0}}


def checks(run_of, values, *, observed=None):
    claim = {"at_least": 1.0, **({} if observed is None else {"observed": observed})}
    run = run_of({"base": {"claims.c": np.array(values, dtype=float)}}, claims={"c": claim})
    return prior_predictive(run)


@pytest.mark.parametrize(
    ("values", "mass", "verdict"),
    [
        (np.linspace(0, 400, 401), 91 / 401, "inside"),
        (np.linspace(0, 149, 150), 45 / 150, "low"),
        (np.linspace(300, 400, 101), 0.0, "high"),
        (np.full(10, 150.0), 1.0, "inside"),
        (np.full(10, 180.0), 1.0, "inside"),
        (np.full(10, 199.0), 0.0, "high"),
    ],
)
def test_the_model_is_told_where_it_lies_of_the_observation(run_of, values, mass, verdict):
    (check,) = checks(run_of, values, observed=OBSERVED).checks
    assert (check.observed_p05, check.observed_median, check.observed_p95) == pytest.approx((105, 150, 195))
    assert (check.mass, check.verdict) == (pytest.approx(mass), verdict)


def test_quantiles_of_the_model_stand_beside_those_of_the_observation(run_of):
    (check,) = checks(run_of, np.arange(1, 101), observed=OBSERVED).checks
    assert (check.p05, check.median, check.p95, check.n) == (5.0, 50.0, 95.0, 100)


def test_failed_replications_are_left_out_and_counted(run_of):
    (check,) = checks(run_of, [np.nan, 150.0, np.nan], observed=OBSERVED).checks
    assert (check.n, check.failed, check.mass) == (1, 2, 1.0)
    (check,) = checks(run_of, [np.nan], observed=OBSERVED).checks
    assert (check.n, check.verdict) == (0, "unknown")


def test_claims_without_observation_have_no_row(run_of):
    found = checks(run_of, [1.0])
    assert found.checks == ()
    assert list(found.to_frame().columns)[:2] == ["scenario", "claim"]


def test_every_scenario_has_a_row(run_of):
    values = {"claims.c": np.arange(10.0)}
    run = run_of({"one": values, "two": values}, claims={"c": {"observed": OBSERVED}})
    frame = prior_predictive(run).to_frame()
    assert list(frame["scenario"]) == ["one", "two"]
    assert list(frame["verdict"]) == ["low", "low"]
