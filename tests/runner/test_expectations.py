from datetime import date

import pytest

from simulator.runner.expectations import expectations

OBSERVED = {"uniform": {"low": 5_000.0, "high": 9_000.0}}


@pytest.fixture
def observed(make_experiment):
    """A small experiment whose claim was observed."""

    def make(**changes):
        claim = {
            "quantity": "made",
            "materials": ["shell"],
            "at_least": 8000,
            "from": date(2023, 1, 1),
            "by": date(2023, 1, 14),
            "observed": OBSERVED,
        }
        return make_experiment(claims={"many": claim}, **changes)

    return make


def test_observed_claims_are_predicted_in_every_scenario(observed):
    found = expectations(observed(), replications=4, workers=1)
    assert [(each.scenario, each.claim, each.n) for each in found.predictive.checks] == [
        ("baseline", "many", 4),
        ("sure", "many", 4),
    ]


def test_nothing_is_predicted_where_nothing_was_observed_or_asked_for(experiment, observed):
    assert expectations(experiment, replications=4, workers=1).predictive is None
    assert expectations(observed(), replications=0, workers=1).predictive is None


def test_scrambles_are_no_more_than_replications(observed):
    sobol = observed(design={"kind": "sobol", "scrambles": 32})
    assert {each.n for each in expectations(sobol, replications=3, workers=1).predictive.checks} == {3}


def test_the_time_grows_with_replications_and_shrinks_with_workers(experiment):
    one = expectations(experiment, replications=0, workers=1)
    assert one.seconds(8) == 8 * sum(each.seconds for each in one.medians)
    two = expectations(experiment, replications=0, workers=2)
    assert two.seconds(8) == 4 * sum(each.seconds for each in two.medians)
    assert one.rounds == (8,)


def test_levels_of_a_sweep_are_listed(make_experiment):
    swept = make_experiment(sweep={"rate_error": {"from": 0.5, "to": 2.0, "step": 0.5}, "yield": [0.8, 0.9]})
    found = expectations(swept, replications=0, workers=1)
    assert found.levels == {"rate_error": (0.5, 1.0, 1.5, 2.0), "yield": (0.8, 0.9)}
    assert found.as_dict()["sweep"] == dict(found.levels)


def test_every_scenario_has_its_size(experiment):
    found = expectations(experiment, replications=0, workers=1)
    assert [(each.scenario, each.plants, each.lines) for each in found.sizes] == [
        ("baseline", 3, 3),
        ("sure", 4, 4),
    ]
    assert all(each.expected_events > 0 for each in found.sizes)


def test_the_bound_is_of_the_system_that_was_carried_out(experiment):
    found = expectations(experiment, replications=0, workers=1)
    for bound, simulated in zip(found.bounds, found.medians, strict=True):
        assert 0 < simulated.columns["made"] <= bound.of("shell").together * 1.1
    # four plants, of which half is scrapped, against three of which little is
    first, sure = found.bounds
    assert sure.of("shell").together < first.of("shell").together


@pytest.mark.parametrize(("most", "simulated"), [(0, False), (1_000_000, True)])
def test_nothing_is_simulated_above_the_most_events(most, simulated, observed, monkeypatch):
    monkeypatch.setattr("simulator.runner.expectations.MOST_EVENTS", most)
    found = expectations(observed(), replications=2, workers=1)
    assert bool(found.medians) == simulated
    assert (found.predictive is not None) == simulated
    assert found.most_events == max(each.expected_events for each in found.sizes)
