from datetime import date

import pytest

from simulator.errors import ConfigError
from simulator.model.quantities import Quantity, hours
from simulator.model.scenario.scenarios import Scenario, median_draw

FACTORS = {
    "total": {"distribution": {"uniform_integer": {"low": 8, "high": 12}}, "sets": ["plants.total"]},
    "downtime": {
        "distribution": {"uniform": {"low": 0.1, "high": 0.4}},
        "sets": ["plants.roles.*.reject"],
    },
    "error": {
        "distribution": {"lognormal": {"median": 1, "gsd": 2}},
        "scales": ["suppliers.mill.quantity", "plants.roles.forging.rate"],
    },
    "mix": {"dirichlet": {"north": 3.0, "south": 1.0}, "sets": ["plants.roles.*.regions.*"]},
    "transit": {"distribution": {"uniform": {"low": "1 d", "high": "3 d"}}, "sets": ["links.sea.transit"]},
}
DERIVED = {"every": {"product": ["transit", 3], "sets": ["links.sea.every.0.is"]}}
SCENARIOS = {"plain": {}, "own": {"links.sea.every.0.is": "7 d", "plants.total": 9}}


@pytest.fixture
def experiment(ask):
    return ask(factors=FACTORS, derived=DERIVED, scenarios=SCENARIOS)


def median_of(experiment, name="plain"):
    return Scenario(experiment, name).describe(median_draw(experiment))


def test_a_factor_fixed_by_name_has_one_value_and_does_all_it_did(experiment):
    fixed = experiment.with_value("transit", "4 d")
    found = median_of(fixed)
    assert found.links["sea"].transit.value == hours(96)
    assert found.links["sea"].every[0].is_.value == hours(288)
    assert fixed.factors["transit"].sets == ("links.sea.transit",)


def test_a_path_fixes_the_factor_that_sets_only_it(experiment):
    fixed = experiment.with_value("plants.total", 11)
    assert fixed.factors["total"].distribution.value == Quantity(11.0)
    assert median_of(fixed).plants.total == 11
    assert fixed == experiment.with_value("total", 11)


def test_a_path_with_stars_fixes_the_factor_whose_places_it_means(experiment):
    fixed = experiment.with_value("plants.roles.*.reject", 0.2)
    assert fixed.factors["downtime"].distribution.value == Quantity(0.2)


def test_one_of_several_places_of_a_factor_is_fixed_in_every_scenario(experiment):
    fixed = experiment.with_value("plants.roles.forging.reject", 0.2)
    assert fixed.factors == experiment.factors
    roles = median_of(fixed).plants.roles
    assert (roles["forging"].reject, roles["filling"].reject) == (0.2, 0.25)


def test_a_place_set_by_a_derived_number_is_fixed_where_a_scenario_has_no_value_of_its_own(experiment):
    fixed = experiment.with_value("links.sea.every.0.is", "5 d")
    assert median_of(fixed).links["sea"].every[0].is_.value == hours(120)
    assert median_of(fixed, "own").links["sea"].every[0].is_.value == hours(168)
    assert fixed.derived == experiment.derived


def test_a_scenario_is_given_a_value_as_it_is_read_and_not_its_text(experiment):
    fixed = experiment.with_value("links.sea.every.0.is", "5 d")
    assert fixed.scenarios["plain"] == {"links.sea.every.0.is": hours(120)}


def test_what_a_scenario_has_stays_when_a_factor_is_fixed(experiment):
    assert median_of(experiment.with_value("total", 11), "own").plants.total == 9


def test_shares_are_fixed_by_name_in_every_scenario(experiment):
    fixed = experiment.with_value("mix", {"north": 0.5, "south": 0.5})
    for name in SCENARIOS:
        assert median_of(fixed, name).plants.roles["forging"].regions == {"north": 0.5, "south": 0.5}


def test_shares_that_a_scenario_has_stay(ask):
    own = {"north": 0.9, "south": 0.1}
    experiment = ask(factors=FACTORS, scenarios={"plain": {}, "own": {"mix": own}})
    fixed = experiment.with_value("mix", {"north": 0.5, "south": 0.5})
    assert median_of(fixed, "own").plants.roles["forging"].regions == own
    assert median_of(fixed).plants.roles["forging"].regions == {"north": 0.5, "south": 0.5}


def test_a_place_that_nothing_sets_is_changed_in_the_system(experiment):
    fixed = experiment.with_value("regions.north.grid.allotment", "40 MW")
    assert fixed.system.regions["north"].grid.allotment == Quantity(40_000.0, "kW")
    assert fixed.scenarios == experiment.scenarios


def test_a_place_that_is_only_scaled_is_changed_in_the_system_and_scaled_still(experiment):
    fixed = experiment.with_value("suppliers.mill.quantity", "100 kg")
    draw = {**median_draw(fixed), "error": Quantity(3.0)}
    quantity = Scenario(fixed, "plain").describe(draw).suppliers["mill"].quantity.value
    assert quantity == Quantity(300.0, "kg")


def test_a_whole_part_can_be_given(experiment):
    fixed = experiment.with_value("regions.north.grid", {"allotment": "1 MW", "policy": "slow"})
    assert fixed.system.regions["north"].grid.policy == "slow"


def test_the_experiment_it_is_made_from_stays_as_it_was(experiment, ask):
    experiment.with_value("plants.total", 11)
    experiment.with_value("plants.roles.forging.reject", 0.2)
    experiment.with_value("regions.north.crews", 2)
    assert experiment == ask(factors=FACTORS, derived=DERIVED, scenarios=SCENARIOS)


def test_values_without_a_unit_need_no_reader(ask):
    experiment = ask(factors=FACTORS, derived=DERIVED, scenarios={"plain": {}})
    experiment._reader = None
    assert median_of(experiment.with_value("links.sea.first", date(2023, 1, 20))).links["sea"].first == date(
        2023, 1, 20
    )
    assert experiment.with_value("transit", hours(30)).factors["transit"].distribution.value == hours(30)
    with pytest.raises(ConfigError, match=r"^factors\.transit: is 30 h; give a number"):
        experiment.with_value("transit", "30 h")


@pytest.mark.parametrize(
    ("name_or_path", "value", "message"),
    [
        (
            "totl",
            9,
            (
                "totl is no factor and no part of the system; nearest is total; give one of total, "
                "downtime, error, "
                "mix, transit, materials, regions, stores, recipes, calendars, plants, suppliers and 1 more"
            ),
        ),
        (
            "plants.totl",
            9,
            (
                "plants.totl: names plants.totl, which exists nowhere: plants has no totl; nearest is total; "
                "give one of total, new, roles"
            ),
        ),
        ("total", "9 h", "factors.total: is 9 h; give a bare number"),
        ("plants.total", "9 h", "factors.total: is 9 h; give a bare number"),
        ("total", -9, "factors.total.sets: sets plants.total to -9: it is -9; give 1 or more"),
        ("mix", {"north": 1}, "factors.mix: has north; give a share for each of north, south"),
        (
            "regions.north.grid.allotment",
            "9 h",
            "regions.north.grid.allotment: is 9 h; give a power such as 40 MW",
        ),
        (
            "plants.roles.forging.share",
            0.9,
            (
                "scenarios.plain: fails at the medians of the factors: plants.roles.*.share adds up to 1.4 "
                "(forging 0.9, filling 0.3, other_arms 0.2); give shares that add up to 1"
            ),
        ),
    ],
)
def test_a_value_that_cannot_be_given_is_refused(experiment, name_or_path, value, message):
    with pytest.raises(ConfigError) as caught:
        experiment.with_value(name_or_path, value)
    assert str(caught.value.faults[0]) == message
