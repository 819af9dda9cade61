import json
from functools import partial

import pytest

from simulator.runner import benchmark
from simulator.runner.benchmark import calibration


def half_as_many(experiment, scenario, *, writing):
    """Return what two workers would come to that are half as quick as two copies."""
    return benchmark.Parallel(writing, 8, workers=(1.0, 2.0, 3.0), copies=(4.0, 2.0, 6.0))


@pytest.fixture
def small(monkeypatch):
    """Measurements of next to nothing."""
    sizes = {"plants": (1, 2), "days": (2, 4), "least_events": 1}
    monkeypatch.setattr(calibration, "STEPS", 1000)
    monkeypatch.setattr(calibration, "TIMEOUTS", 100)
    monkeypatch.setattr(benchmark, "growth", partial(benchmark.growth, **sizes))
    monkeypatch.setattr(benchmark, "memory", partial(benchmark.memory, stages=(0, 1)))
    monkeypatch.setattr(benchmark, "parallel", half_as_many)


def test_all_that_is_measured_is_printed(folder, small, simulator):
    outcome = simulator("bench", "workshop.yaml", "--replications", "2", "--growth", "--parallel")
    assert outcome.code == 0
    names = "MACHINE", "REPLICATIONS", "MEMORY", "GROWTH", "TWO WORKERS"
    heads = [line for line in outcome.out.splitlines() if line.startswith(names)]
    assert [head.startswith(name) for head, name in zip(heads, names, strict=True)] == [True] * 5
    assert "workshop.yaml, scenario as_is" in outcome.out
    assert "The reference engine takes " in outcome.out
    (computed,) = (line.split()[-4:] for line in outcome.out.splitlines() if line.startswith("computed  "))
    assert computed == ["8", "2.00", "4.00", "0.500"]
    assert max(map(len, outcome.out.splitlines())) <= 120


def test_what_is_printed_is_there_for_machines(folder, small, simulator):
    outcome = simulator("bench", "workshop.yaml", "--replications", "2", "--growth", "--parallel", "--json")
    told = json.loads(outcome.out)
    assert list(told) == ["config", "scenario", "machine", "engines", "memory", "growth", "parallel"]
    assert told["engines"]["ratio"] > 0
    assert told["engines"]["compiled"]["replications"] == told["engines"]["reference"]["replications"] == 2
    assert told["engines"]["compiled"]["bound_events"] == told["engines"]["reference"]["bound_events"] > 0
    assert told["memory"]["replications"] == [0, 1]
    assert [each["plants"] for each in told["growth"]["sizes"]] == [1, 2]
    assert [(each["writing"], each["efficiency"]) for each in told["parallel"]] == [(False, 0.5), (True, 0.5)]


def test_one_engine_and_one_scenario_can_be_asked_for(folder, small, simulator):
    arguments = "--scenario", "sure", "--engine-only", "reference", "--replications", "1", "--json"
    told = json.loads(simulator("bench", "workshop.yaml", *arguments).out)
    assert told["scenario"] == "sure"
    assert set(told["engines"]) == {"reference", "ratio", "ratio_of_paths_and_responses"}
    assert told["engines"]["ratio"] is None
    assert "memory" not in told


@pytest.mark.parametrize(
    ("option", "value", "fault"),
    [
        ("--engine-only", "fast", "--engine-only: is fast; give compiled or reference"),
        ("--scenario", "as_was", "--scenario: "),
        ("--replications", "0", "--replications: is 0; give a whole number from 1 to 100,000"),
    ],
)
def test_what_cannot_be_measured_is_refused(option, value, fault, folder, simulator):
    outcome = simulator("bench", "workshop.yaml", option, value)
    assert (outcome.code, outcome.out) == (2, "")
    (said,) = outcome.faults
    assert said.startswith(fault)


def test_growth_is_not_measured_when_the_engine_that_grows_is_left_out(folder, simulator):
    outcome = simulator("bench", "workshop.yaml", "--engine-only", "reference", "--growth")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.faults == [
        (
            "--growth: measures the compiled engine, and --engine-only names the other; leave one of them out,"
            " or give --engine-only compiled"
        )
    ]


def test_without_a_config_it_is_said_where_the_usual_one_is_missing(folder, simulator):
    outcome = simulator("bench")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.faults == [
        "CONFIG: is configs/examples/bench.yaml by default, which is not below this folder; give a config"
    ]
