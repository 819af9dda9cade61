from dataclasses import replace

import numpy as np
import pytest

from simulator import responses
from simulator.errors import ConfigError, ResultsError
from simulator.path import Kind
from simulator.responses import response, restored_register
from simulator.results.folder import save_plan
from simulator.runner import replay, run, simulate
from simulator.runner.plan import plan


@pytest.fixture
def finished(experiment):
    return run(experiment, results=None, executor="serial")


@pytest.mark.parametrize("scenario", ["baseline", "sure"])
def test_one_replication_alone_has_the_bits_it_has_within_a_run(finished, experiment, scenario):
    row = finished.frame(scenario).iloc[5]
    path = simulate(experiment, scenario=scenario, replication=5)
    found = responses.measure(path, experiment.claims)
    assert found.columns
    assert {name: row[name] for name in found.columns if not np.isnan(row[name])} == {
        name: value for name, value in found.columns.items() if not np.isnan(value)
    }
    weekly = finished.weekly(scenario)
    assert list(weekly.loc[weekly["replication"] == 5, "made"]) == list(found.weekly["made"])


def test_a_replay_is_the_path_of_the_run(finished, experiment):
    path = simulate(experiment, scenario="baseline", replication=3)
    assert replay(finished, scenario="baseline", replication=3).tobytes() == path.tobytes()
    assert len(path.of(Kind.MADE)) > 0


def test_a_replay_reads_the_stored_plan(finished, make_experiment):
    drawn = plan(make_experiment(seed=8), 8)
    elsewhere = save_plan(finished.folder, 0, drawn.columns, drawn.values)
    path = simulate(finished.experiment, scenario="baseline", replication=3)
    with pytest.raises(ResultsError, match=r"plan/00000000\.parquet: is damaged or another file"):
        replay(finished, scenario="baseline", replication=3)
    believed = replace(finished, manifest=replace(finished.manifest, plan=(elsewhere,)))
    assert replay(believed, scenario="baseline", replication=3).tobytes() != path.tobytes()


def test_replications_and_scenarios_that_do_not_exist_are_refused(experiment, finished):
    with pytest.raises(ConfigError, match="replication: is -1; give 0 or more"):
        simulate(experiment, scenario="baseline", replication=-1)
    with pytest.raises(ConfigError, match="replication: is 8; give 0 to 7"):
        replay(finished, scenario="baseline", replication=8)
    with pytest.raises(ConfigError, match="baseline"):
        simulate(experiment, scenario="baselin", replication=0)


def test_one_replication_of_a_latin_hypercube_is_that_of_the_configured_run(make_experiment):
    hypercube = make_experiment(design={"kind": "latin_hypercube"})
    finished = run(hypercube, results=None, executor="serial")
    path = simulate(hypercube, scenario="baseline", replication=2)
    assert replay(finished, scenario="baseline", replication=2).tobytes() == path.tobytes()
    with pytest.raises(ConfigError, match="replication: is 8; give 0 to 7"):
        simulate(hypercube, scenario="baseline", replication=8)


def test_a_row_has_the_values_that_the_scenario_gives_its_factors(finished):
    assert set(finished.frame("sure")["yield"]) == {0.5}
    assert set(finished.frame("sure")["scrap"]) == {0.5}
    baseline = finished.frame("baseline")
    assert len(set(baseline["yield"])) == 8
    assert np.array_equal(baseline["scrap"], 1 - baseline["yield"])


def test_factors_are_the_same_in_all_scenarios(finished):
    columns = ["rate_error", "place.east", "place.west"]
    assert finished.frame("sure")[columns].equals(finished.frame("baseline")[columns])


def test_a_replication_that_fails_is_a_row_that_says_why(experiment):
    with restored_register():

        @response(unit="items")
        def fragile(path, system):
            """A response that fails when little was made."""
            made = int(path.of(Kind.MADE)["amount"].sum())
            if made < 9_000:
                raise ValueError(f"only {made}\nof 9000")
            return made

        finished = run(experiment, results=None, executor="serial")
    frame = finished.frame("baseline")
    failed = frame[frame["error"] != ""]
    assert 0 < len(failed) < 8
    assert (
        failed["error"]
        .str.fullmatch(r"RunError: response fragile raised ValueError: only \d+; of 9000; mend it, or .*")
        .all()
    )
    assert failed["made"].isna().all()
    assert failed["rate_error"].notna().all()
    assert frame["replication"].tolist() == list(range(8))
    assert finished.failed == len(failed) + (finished.frame("sure")["error"] != "").sum()
    assert not set(finished.weekly("baseline")["replication"]) & set(failed["replication"])


def test_a_run_whose_every_replication_fails_still_ends_with_its_answers(experiment):
    with restored_register():

        @response(unit="items")
        def broken(path, system):
            """A response that always fails."""
            return path.nothing

        finished = run(experiment, results=None, executor="serial")
    assert (finished.failed, finished.complete) == (16, True)
    assert "'SamplePath' object has no attribute 'nothing'" in finished.frame()["error"].iloc[0]
    assert '"probability": null' in (finished.folder / "summary.json").read_text()


def test_an_error_that_is_not_raised_on_purpose_says_where_it_comes_from(experiment, monkeypatch):
    def wrong(*args: object, **kwargs: object) -> None:
        raise KeyError("feeder")

    monkeypatch.setattr("simulator.engines.simulate", wrong)
    finished = run(experiment, results=None, executor="serial", replications=1)
    assert (
        finished.frame()["error"]
        .str.fullmatch(r"KeyError: 'feeder' \(in wrong, test_execute\.py:\d+\)")
        .all()
    )


def test_a_response_with_the_name_of_a_factor_fails_and_says_so(make_experiment):
    factors = {
        "made": {
            "distribution": {"uniform": {"low": 1.0, "high": 2.0}},
            "scales": ["plants.roles.filling.rate"],
            "assumption": "none",
        }
    }
    clashing = make_experiment(factors=factors, derived={}, scenarios={"baseline": {}})
    finished = run(clashing, results=None, executor="serial", replications=1)
    assert finished.frame()["error"].tolist() == [
        "RunError: responses have names that are taken: made; rename them"
    ]
