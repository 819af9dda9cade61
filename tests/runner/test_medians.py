from simulator.model.scenario.scenarios import median_draw
from simulator.runner.medians import at_medians


def test_every_scenario_is_carried_out_once_at_the_medians(experiment):
    found = at_medians(experiment)
    assert [each.scenario for each in found] == ["baseline", "sure"]
    assert all(each.bound_events > 0 and each.seconds > 0 for each in found)


def test_what_is_made_is_that_of_replication_0_at_the_medians(experiment, make_experiment):
    draw = median_draw(experiment)
    certain = make_experiment(
        scenarios={
            "baseline": {"rate_error": draw["rate_error"], "place": draw["place"], "yield": draw["yield"]}
        }
    )
    from simulator import responses
    from simulator.runner import simulate

    path = simulate(certain, scenario="baseline", replication=0)
    (first, _) = at_medians(experiment)
    assert first.columns == responses.measure(path, experiment.claims).columns
    assert first.bound_events == path.bound_events
