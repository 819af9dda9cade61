import pickle
from datetime import date

import pytest

from simulator.errors import ConfigError, ModelError
from simulator.model.description import SystemDescription
from simulator.model.quantities import Quantity, hours
from simulator.model.scenario.scenarios import Scenario, median_draw, scenario_faults

TOTAL = {"distribution": {"uniform_integer": {"low": 8, "high": 12}}, "sets": ["plants.total"]}
ERROR = {"distribution": {"lognormal": {"median": 1, "gsd": 2}}, "scales": ["plants.roles.forging.rate"]}
POWERED = {
    "distribution": {"triangular": {"low": "4 h", "mode": "14 h", "high": "22 h"}},
    "sets": ["regions.*.grid.rotation.powered"],
}
MIX = {"dirichlet": {"north": 3.0, "south": 1.0}, "sets": ["plants.roles.*.regions.*"]}


def described(experiment, draw=None, name="baseline"):
    return Scenario(experiment, name).describe({} if draw is None else draw)


def lines(faults):
    return [str(fault) for fault in faults]


def test_without_factors_a_scenario_is_the_system_as_written(ask, arsenal):
    assert described(ask()) == SystemDescription.model_validate(arsenal)


def test_a_factor_sets_every_place_that_its_path_means(ask, arsenal):
    arsenal["regions"]["south"] = arsenal["regions"]["north"]
    found = described(ask(factors={"powered": POWERED}), {"powered": hours(9)})
    assert [found.regions[name].grid.rotation.powered for name in ("north", "south")] == [hours(9), hours(9)]
    assert found.regions["port"].grid is None


def test_a_whole_number_is_rounded_half_up(ask):
    experiment = ask(factors={"total": TOTAL})
    assert described(experiment, {"total": Quantity(10.5)}).plants.total == 11
    assert described(experiment, {"total": Quantity(10.4)}).plants.total == 10


def test_a_date_is_the_day_that_it_falls_in(ask):
    surge = {
        "distribution": {"uniform": {"low": date(2023, 1, 20), "high": date(2023, 3, 1)}},
        "sets": ["calendars.week.changes.1.from"],
    }
    drawn = Quantity(date(2023, 2, 10).toordinal() + 0.9, "date")
    found = described(ask(factors={"surge": surge}), {"surge": drawn})
    assert found.calendars["week"].changes[1].from_ == date(2023, 2, 10)


def test_shares_go_to_the_names_of_the_last_star(ask):
    found = described(ask(factors={"mix": MIX}), {"mix": {"north": 0.75, "south": 0.25}})
    for role in found.plants.roles.values():
        assert role.regions == {"north": 0.75, "south": 0.25}


def test_the_last_star_may_stand_before_the_end_of_the_path(ask):
    mix = {"forging": 1.0, "filling": 1.0, "other_arms": 2.0}
    experiment = ask(factors={"roles": {"dirichlet": mix, "sets": ["plants.roles.*.share"]}})
    found = described(experiment, {"roles": {"forging": 0.2, "filling": 0.3, "other_arms": 0.5}})
    assert [role.share for role in found.plants.roles.values()] == [0.2, 0.3, 0.5]


def test_scaling_a_law_multiplies_its_quantities_and_keeps_its_shape(ask):
    found = described(ask(factors={"error": ERROR}), {"error": Quantity(1.5)})
    rate = found.plants.roles["forging"].rate
    assert (rate.law, rate.median, rate.gsd) == ("lognormal", Quantity(12.0, "1/h"), 2.0)


def test_scaling_a_table_of_values_multiplies_each(ask, arsenal):
    arsenal["suppliers"]["mill"]["quantity"] = {
        "empirical": {"values": [Quantity(10.0, "kg"), Quantity(20.0, "kg")]}
    }
    error = {**ERROR, "scales": ["suppliers.mill.quantity"]}
    found = described(ask(factors={"error": error}), {"error": Quantity(0.5)})
    assert found.suppliers["mill"].quantity.values == (Quantity(5.0, "kg"), Quantity(10.0, "kg"))


def test_scaling_a_plain_number_multiplies_it(ask):
    error = {**ERROR, "scales": ["plants.roles.forging.reject", "plants.roles.forging.lot"]}
    found = described(ask(factors={"error": error}), {"error": Quantity(1.3)})
    assert found.plants.roles["forging"].reject == pytest.approx(0.13)
    assert found.plants.roles["forging"].lot == 26


def test_scales_multiply_each_other_and_what_was_set(ask):
    path = "plants.roles.filling.rate"
    factors = {
        "twice": {"distribution": {"uniform": {"low": 1, "high": 3}}, "scales": [path]},
        "rate": {"distribution": {"uniform": {"low": "1/h", "high": "50/h"}}, "sets": [path]},
        "thrice": {"distribution": {"uniform": {"low": 1, "high": 5}}, "scales": [path]},
    }
    draw = {"twice": Quantity(2.0), "rate": Quantity(7.0, "1/h"), "thrice": Quantity(3.0)}
    found = described(ask(factors=factors), draw)
    assert found.plants.roles["filling"].rate.value == Quantity(42.0, "1/h")


def test_what_scales_a_law_and_what_scales_a_part_of_it_multiply_each_other(ask):
    path = "plants.roles.forging.rate"
    scaling = {"distribution": {"uniform": {"low": 1, "high": 5}}}
    factors = {
        "whole": {**scaling, "scales": [path]},
        "part": {**scaling, "scales": [f"{path}.lognormal.median"]},
    }
    found = described(ask(factors=factors), {"whole": Quantity(2.0), "part": Quantity(3.0)})
    assert found.plants.roles["forging"].rate.median == Quantity(48.0, "1/h")


def test_one_draw_leaves_nothing_behind_for_the_next(ask):
    scenario = Scenario(ask(factors={"error": ERROR}), "baseline")
    found = [
        scenario.describe({"error": Quantity(error)}).plants.roles["forging"].rate for error in (2.0, 3.0)
    ]
    assert [rate.median.number for rate in found] == [16.0, 24.0]


def test_derived_numbers_are_set_after_factors_and_before_what_scales(ask):
    experiment = ask(
        factors={
            "error": {**ERROR, "scales": ["plants.roles.filling.rate"]},
            "hours": {"distribution": {"uniform": {"low": "1/h", "high": "9/h"}}},
        },
        derived={"rate": {"product": ["hours", 2], "sets": ["plants.roles.filling.rate"]}},
    )
    found = described(experiment, {"error": Quantity(3.0), "hours": Quantity(5.0, "1/h")})
    assert found.plants.roles["filling"].rate.value == Quantity(30.0, "1/h")


def test_what_a_scenario_gives_wins_over_what_sets_and_what_scales(ask):
    scenarios = {
        "baseline": {},
        "given": {"plants.total": 9, "plants.roles.forging.rate": "4/h"},
    }
    experiment = ask(factors={"total": TOTAL, "error": ERROR}, scenarios=scenarios)
    draw = {"total": Quantity(12.0), "error": Quantity(2.0)}
    found = described(experiment, draw, "given")
    assert found.plants.total == 9
    assert found.plants.roles["forging"].rate.value == Quantity(4.0, "1/h")
    assert described(experiment, draw).plants.total == 12


def test_a_scenario_that_replaces_a_part_wins_over_factors_within_it(ask):
    new = {"allotment": "2 MW", "policy": "slow"}
    experiment = ask(factors={"powered": POWERED}, scenarios={"slow": {"regions.north.grid": new}})
    found = described(experiment, {"powered": hours(9)}, "slow")
    assert found.regions["north"].grid.allotment == Quantity(2000.0, "kW")
    assert found.regions["north"].grid.rotation is None


def test_a_scenario_that_replaces_a_part_of_a_law_keeps_the_law_from_being_scaled(ask):
    experiment = ask(
        factors={"error": ERROR}, scenarios={"even": {"plants.roles.forging.rate.lognormal.gsd": 1.1}}
    )
    rate = described(experiment, {"error": Quantity(2.0)}, "even").plants.roles["forging"].rate
    assert (rate.median, rate.gsd) == (Quantity(8.0, "1/h"), 1.1)


def test_a_scenario_may_leave_a_part_out(ask):
    found = described(ask(scenarios={"old_plants": {"plants.new": None}}), name="old_plants")
    assert found.plants.new is None


def test_a_scenario_may_give_what_the_system_leaves_out(ask):
    found = described(ask(scenarios={"crews": {"regions.north.crews": 3}}), name="crews")
    assert found.regions["north"].crews == 3


def test_a_scenario_gives_every_place_of_a_path_with_stars(ask):
    found = described(ask(scenarios={"all": {"plants.roles.*.breakdown.availability": 0.9}}), name="all")
    roles = found.plants.roles
    assert [roles[name].breakdown.availability for name in ("forging", "filling")] == [0.9, 0.9]


def test_a_scenario_may_fix_a_factor_by_name(ask):
    experiment = ask(
        factors={"powered": POWERED, "mix": MIX, "total": TOTAL},
        derived={"half": {"product": ["powered", 0.5], "sets": ["links.sea.transit"]}},
        scenarios={"fixed": {"powered": "10 h", "mix": {"north": 0.5, "south": 0.5}}},
    )
    scenario = Scenario(experiment, "fixed")
    draw = {"powered": hours(20), "mix": {"north": 0.9, "south": 0.1}, "total": Quantity(11.0)}
    fixed = {"powered": hours(10), "mix": {"north": 0.5, "south": 0.5}}
    assert scenario.fixed == fixed
    assert scenario.applied(draw) == {**fixed, "total": Quantity(11.0)}
    assert scenario.derived(draw) == {"half": hours(5)}
    found = scenario.describe(draw)
    assert found.regions["north"].grid.rotation.powered == hours(10)
    assert found.links["sea"].transit.value == hours(5)
    assert found.plants.roles["forging"].regions == {"north": 0.5, "south": 0.5}


def test_describing_leaves_the_scenario_as_it_was(ask):
    scenario = Scenario(ask(factors={"error": ERROR, "total": TOTAL}), "baseline")
    draw = {"error": Quantity(2.0), "total": Quantity(9.0)}
    assert scenario.describe(draw) == scenario.describe(draw)


def test_what_a_draw_does_not_change_is_the_same_object_for_every_draw(ask):
    scenario = Scenario(ask(factors={"error": ERROR}), "baseline")
    one, other = (scenario.describe({"error": Quantity(number)}) for number in (1.5, 2.0))
    assert one.plants.roles["forging"].rate != other.plants.roles["forging"].rate
    assert one.plants.roles["forging"].breakdown is other.plants.roles["forging"].breakdown
    assert one.plants.roles["other_arms"] is other.plants.roles["other_arms"]
    assert one.stores["depot"] is other.stores["depot"]


def test_a_scenario_goes_to_another_process(ask):
    scenario = Scenario(ask(factors={"error": ERROR}), "baseline")
    draw = {"error": Quantity(2.0)}
    assert pickle.loads(pickle.dumps(scenario)).describe(draw) == scenario.describe(draw)


def test_the_median_draw_has_medians_and_mean_shares(ask):
    experiment = ask(factors={"total": TOTAL, "powered": POWERED, "mix": MIX, "error": ERROR})
    draw = median_draw(experiment)
    assert draw["total"] == Quantity(10.0)
    assert draw["mix"] == {"north": 0.75, "south": 0.25}
    assert draw["error"] == Quantity(1.0)
    assert draw["powered"].unit == "h"
    # half of the triangle's area lies below 4 + sqrt(0.5 * 18 * 10)
    assert draw["powered"].number == pytest.approx(4 + 90**0.5, rel=1e-11)


@pytest.mark.parametrize(
    ("factors", "draw", "message"),
    [
        (
            {"powered": POWERED},
            {"powered": hours(30)},
            (
                "scenario baseline: regions.north.grid.rotation.powered is 30 h; give a duration of 24 h "
                "or less; "
                "factor powered puts 30 h at regions.north.grid.rotation.powered"
            ),
        ),
        (
            {"error": {**ERROR, "scales": ["plants.roles.forging.breakdown.availability"]}},
            {"error": Quantity(2.0)},
            (
                "scenario baseline: plants.roles.forging.breakdown.availability is 1.6; give 1 or less; "
                "factor error scales by 2 what is at plants.roles.forging.breakdown.availability"
            ),
        ),
        (
            {"mix": MIX},
            {"mix": {"north": 0.7, "south": 0.2}},
            (
                "scenario baseline: plants.roles.forging.regions.* adds up to 0.9 (north 0.7, south 0.2); "
                "give shares that add up to 1; factor mix puts 0.7 at plants.roles.forging.regions.north; "
                "factor mix puts 0.2 at plants.roles.forging.regions.south"
            ),
        ),
        (
            {"new": {"distribution": {"uniform": {"low": 0, "high": 99}}, "sets": ["plants.new.count"]}},
            {"new": Quantity(11.0)},
            (
                "scenario baseline: plants.new.count is 11, more than plants.total; give 10 or less; "
                "factor new puts 11 at plants.new.count"
            ),
        ),
        (
            {
                "first": {
                    "distribution": {"uniform": {"low": date(2022, 1, 1), "high": date(2023, 2, 1)}},
                    "sets": ["links.sea.first"],
                }
            },
            {"first": Quantity(float(date(2022, 12, 31).toordinal()), "date")},
            (
                "scenario baseline: links.sea.first is 2022-12-31, before the run begins; give a date from "
                "horizon.start 2023-01-01 on; factor first puts 2022-12-31 at links.sea.first"
            ),
        ),
        ({"total": TOTAL}, {}, "scenario baseline: the draw has no value for total"),
    ],
)
def test_a_draw_that_cannot_be_names_factor_path_and_value(ask, factors, draw, message):
    with pytest.raises(ModelError) as caught:
        described(ask(factors=factors), draw)
    assert str(caught.value).splitlines()[0] == message


def test_each_thing_wrong_with_a_draw_is_a_line(ask):
    experiment = ask(factors={"powered": POWERED, "total": TOTAL})
    with pytest.raises(ModelError) as caught:
        described(experiment, {"powered": hours(30), "total": Quantity(0.0)})
    assert len(str(caught.value).splitlines()) == 2


@pytest.mark.parametrize(
    ("factor", "path", "message"),
    [
        (
            ERROR,
            "plants.new.from",
            "factor error scales by 2 what is at plants.new.from: is 2023-01-01; a date cannot be multiplied",
        ),
        (
            ERROR,
            "regions.port.crews",
            "factor error scales by 2 what is at regions.port.crews: has no value to multiply",
        ),
        (
            ERROR,
            "plants.roles.forging.recipe",
            (
                "factor error scales by 2 what is at plants.roles.forging.recipe: is 'forge', which "
                "cannot be multiplied"
            ),
        ),
    ],
)
def test_only_numbers_can_be_scaled(ask, factor, path, message):
    with pytest.raises(ModelError, match=f"^{message}$"):
        described(ask(factors={"error": {**factor, "scales": [path]}}), {"error": Quantity(2.0)})


def test_an_unknown_scenario_names_the_nearest(ask):
    message = "^scenarios: names the scenario baselin, which does not exist; nearest is baseline; give one"
    with pytest.raises(ConfigError, match=message):
        Scenario(ask(), "baselin")


@pytest.mark.parametrize(
    ("overrides", "fault"),
    [
        (
            {"plants.totl": 9},
            (
                "scenarios.other.plants.totl: names plants.totl, which exists nowhere: plants has no totl; "
                "nearest is total; give one of total, new, roles"
            ),
        ),
        (
            {"totall": 9},
            (
                "scenarios.other.totall: names totall, which exists nowhere: the system has no totall; "
                "give one of "
                "materials, regions, stores, recipes, calendars, plants, suppliers, links; or a factor: "
                "total, mix"
            ),
        ),
        (
            {"plants.total": "9 h"},
            "scenarios.other.plants.total: makes plants.total wrong: it is 9 h; give a whole number",
        ),
        (
            {"regions.north.grid.rotation.powered": "30 h"},
            (
                "scenarios.other.regions.north.grid.rotation.powered: makes "
                "regions.north.grid.rotation.powered "
                "wrong: it is 30 h; give a duration of 24 h or less"
            ),
        ),
        ({"total": "9 h"}, "scenarios.other.total: is 9 h; give a bare number"),
        (
            {"mix": {"north": 1.0}},
            "scenarios.other.mix: has north; give a share for each of north, south",
        ),
        (
            {"mix": {"north": 0.5, "south": 0.6}},
            "scenarios.other.mix: adds up to 1.1; give shares that add up to 1",
        ),
        (
            {"mix": {"north": -0.5, "south": 1.5}},
            "scenarios.other.mix: north is -0.5; give 0 or more; south is 1.5; give 1 or less",
        ),
        (
            {"plants.roles.*.share": 0.5, "plants.roles.forging.share": 0.2},
            (
                "scenarios.other.plants.roles.forging.share: gives plants.roles.forging.share a value, "
                "and so does "
                "plants.roles.*.share; give one"
            ),
        ),
        (
            {"links.sea.from": "dept"},
            (
                "scenarios.other: makes links.sea.from wrong: it names the store dept, which does not exist; "
                "nearest is depot; give one of depot"
            ),
        ),
        (
            {"plants.roles.forging.share": 0.4},
            (
                "scenarios.other: fails at the medians of the factors: plants.roles.*.share adds up to 0.9 "
                "(forging 0.4, filling 0.3, other_arms 0.2); give shares that add up to 1"
            ),
        ),
    ],
)
def test_a_scenario_that_cannot_be_is_a_fault(ask, overrides, fault):
    experiment = ask(factors={"total": TOTAL, "mix": MIX}, scenarios={"baseline": {}, "other": overrides})
    assert lines(scenario_faults(experiment)) == [fault]


def test_a_scenario_that_only_the_draw_completes_has_no_faults(ask):
    experiment = ask(
        factors={
            "forging": {"distribution": {"beta": {"a": 2, "b": 2}}, "sets": ["plants.roles.forging.share"]}
        },
        derived={"filling": {"one_minus": ["forging"], "sets": ["plants.roles.filling.share"]}},
        scenarios={"no_other_arms": {"plants.roles.other_arms.share": 0}},
    )
    assert scenario_faults(experiment) == []


def test_an_experiment_needs_a_scenario(ask):
    assert lines(scenario_faults(ask(scenarios={}))) == [
        "scenarios: has none; give at least one, such as baseline: {}"
    ]


def test_what_fails_only_together_is_found_at_the_medians(ask):
    share = {"distribution": {"uniform": {"low": 0.1, "high": 0.3}}, "sets": ["plants.roles.forging.share"]}
    scenarios = {"baseline": {}, "given": {"plants.roles.forging.share": 0.5}}
    assert lines(scenario_faults(ask(factors={"share": share}, scenarios=scenarios))) == [
        (
            "scenarios.baseline: fails at the medians of the factors: plants.roles.*.share adds up to 0.7 "
            "(forging 0.2, filling 0.3, other_arms 0.2); give shares that add up to 1; "
            "factor share puts 0.2 at plants.roles.forging.share"
        )
    ]


def test_all_faults_come_at_once(ask):
    experiment = ask(
        factors={"total": {**TOTAL, "sets": ["plants.totl"]}},
        derived={"idle": {"one_minus": ["total"]}},
        scenarios={"one": {"plants.totl": 1}, "two": {"plants.total": -1, "link": 1}},
        precision={"claims": ["nis"]},
    )
    assert [fault.where for fault in scenario_faults(experiment)] == [
        "derived.idle",
        "factors.total.sets",
        "precision.claims",
        "scenarios.one.plants.totl",
        "scenarios.two.link",
    ]
