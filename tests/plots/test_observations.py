import pytest

from simulator import plots
from simulator.analysis.predictive import prior_predictive

LONG = "a_scenario_with_a_name_that_is_long_for_a_phone"


@pytest.fixture
def found(run_of):
    claims = {"c": {"observed": {"uniform": {"low": 1.0, "high": 3.0}}}, "d": {}}
    columns = {name: {"claims.c": [1.0, 2.0, 3.0], "claims.d": [0.0]} for name in ("base", LONG)}
    return prior_predictive(run_of(columns, claims=claims))


def test_what_was_observed_stands_over_what_each_scenario_says(found, rendered):
    chart = plots.observed(found)
    spec = chart.to_dict()
    (panel,) = spec["vconcat"]
    rows = spec["datasets"][{**spec, **panel}["data"]["name"]]
    assert rows == [
        {"what": "observed", "low": pytest.approx(1.1), "median": 2.0, "high": pytest.approx(2.9)},
        {"what": "base", "low": 1.0, "median": 2.0, "high": 3.0},
        {"what": LONG, "low": 1.0, "median": 2.0, "high": 3.0},
    ]
    assert rendered(plots.observed(found, 340)).startswith(b"\x89PNG")
