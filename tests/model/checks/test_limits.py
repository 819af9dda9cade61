from datetime import date

import pytest

from simulator.model.checks.limits import about_lines, size_faults
from simulator.model.quantities import hours

TOTAL = {"distribution": {"uniform_integer": {"low": 8, "high": 12}}, "sets": ["plants.total"]}


def found(experiment, replications=None):
    return [str(fault) for fault in size_faults(experiment, replications)]


def test_an_ordinary_experiment_has_no_faults(ask):
    assert found(ask(factors={"total": TOTAL})) == []


@pytest.mark.parametrize("replications", [1, 100_000_000])
def test_replications_from_one_to_a_hundred_million_are_taken(ask, replications):
    assert found(ask(), replications) == []


@pytest.mark.parametrize(
    ("replications", "fault"),
    [
        (
            10**12,
            "replications: is 1,000,000,000,000; give from 1 to 100,000,000 replications of a scenario",
        ),
        (0, "replications: is 0; give from 1 to 100,000,000 replications of a scenario"),
    ],
)
def test_an_absurd_number_of_replications_is_a_fault(ask, replications, fault):
    assert found(ask(), replications) == [fault]


def test_an_absurd_cap_of_the_precision_is_a_fault(ask):
    assert found(ask(precision={"at_most": 200_000_000})) == [
        "precision.at_most: is 200,000,000; give from 1 to 100,000,000 replications of a scenario"
    ]


def test_lines_are_counted_by_share_before_plants_are_dealt(ask, arsenal):
    # 10 plants: 5 of 2 lines, 3 of 1, 2 of 1
    assert about_lines(ask().system) == 15.0
    arsenal["plants"]["roles"]["filling"]["at_least"] = 4
    assert about_lines(ask().system) == 16.0
    del arsenal["plants"]
    assert about_lines(ask().system) == 0.0


def test_an_absurd_number_of_lines_is_a_fault_of_its_scenario(ask):
    scenarios = {"baseline": {}, "huge": {"plants.total": 70_000}}
    assert found(ask(scenarios=scenarios)) == [
        "scenarios.huge: has about 105,000 lines; give at most 100,000, in fewer plants"
    ]


def test_an_absurd_number_of_events_is_a_fault(ask, arsenal):
    arsenal["links"]["sea"]["every"] = hours(1e-6)
    (fault,) = found(ask(end=date(2033, 1, 1)))
    assert fault.startswith("scenarios.baseline: has about ")
    assert fault.endswith(
        " events a replication; give at most 1e+09, by larger lots, longer intervals or a shorter horizon"
    )


def test_a_scenario_that_cannot_be_described_is_left_to_others(ask):
    assert found(ask(factors={"total": {**TOTAL, "sets": ["plants.roles.forging.share"]}})) == []
    assert found(ask(scenarios={"wrong": {"plants.totl": 1}})) == []


def test_a_system_too_large_only_at_what_a_factor_draws_is_found(ask):
    huge = {"distribution": {"uniform": {"low": 60_000, "high": 90_000}}, "sets": ["plants.total"]}
    assert found(ask(factors={"huge": huge})) == [
        "scenarios.baseline: has about 112,500 lines; give at most 100,000, in fewer plants"
    ]
