from datetime import date

import pytest

from simulator.model.checks.factor_faults import ends, target_faults
from simulator.model.distributions import Beta, Exponential, Lognormal, Quantiles, Uniform
from simulator.model.quantities import Quantity
from simulator.model.scenario.scenarios import median_draw

TOTAL = {"distribution": {"uniform_integer": {"low": 8, "high": 12}}, "sets": ["plants.total"]}
BARE = {"uniform": {"low": 0.5, "high": 2.0}}


def found(experiment):
    return [str(fault) for fault in target_faults(experiment, median_draw(experiment))]


def uniform(low, high):
    return {"uniform": {"low": low, "high": high}}


def test_factors_that_fit_have_no_faults(ask):
    experiment = ask(
        factors={
            "total": TOTAL,
            "error": {"distribution": BARE, "scales": ["plants.roles.*.rate"]},
            "mix": {"dirichlet": {"north": 1.0, "south": 1.0}, "sets": ["plants.roles.*.regions.*"]},
            "fed": {"distribution": BARE},
        },
        derived={"half": {"product": ["fed", 0.5], "scales": ["suppliers.mill.quantity"]}},
    )
    assert found(experiment) == []


@pytest.mark.parametrize(
    ("factor", "fault"),
    [
        (
            {**TOTAL, "sets": ["plants.totl"]},
            (
                "factors.it.sets: names plants.totl, which exists nowhere: plants has no totl; "
                "nearest is total; "
                "give one of total, new, roles"
            ),
        ),
        (
            {"distribution": BARE, "scales": ["supplier.mill.quantity"]},
            (
                "factors.it.scales: names supplier.mill.quantity, which exists nowhere: the system has "
                "no supplier; "
                "nearest is suppliers; give one of materials, regions, stores, recipes, calendars, plants, "
                "suppliers, links"
            ),
        ),
        (
            {"distribution": BARE},
            "factors.it: sets nothing, scales nothing and feeds no derived number; give sets or scales",
        ),
        (
            {"distribution": BARE, "sets": ["plants.roles.forging"]},
            (
                "factors.it.sets: names plants.roles.forging, but plants.roles.forging is a group "
                "and not one "
                "value; write plants.roles.forging. and one of share, at_least, calibres, regions, recipe, "
                "recipes, lines, lot, rate, work, power, from and 8 more"
            ),
        ),
        (
            {"distribution": BARE, "sets": ["links.sea.every"]},
            (
                "factors.it.sets: names links.sea.every, but links.sea.every is a group and not one value; "
                "write links.sea.every. and one of 0, 1"
            ),
        ),
        (
            {"dirichlet": {"north": 1.0, "west": 1.0}, "sets": ["plants.roles.*.regions.*"]},
            (
                "factors.it.sets: names plants.roles.*.regions.*, but plants.roles.forging.regions has "
                "north, south, not north, west; give a share for each of the former"
            ),
        ),
        (
            {"dirichlet": {"north": 1.0, "south": 1.0, "port": 1.0}, "sets": ["plants.roles.*.regions.*"]},
            (
                "factors.it.sets: names plants.roles.*.regions.*, but plants.roles.forging.regions has "
                "north, south, not north, south, port; give a share for each of the former"
            ),
        ),
        (
            {"dirichlet": {"north": 1.0, "south": 1.0}, "sets": ["plants.roles.forging.share"]},
            (
                "factors.it.sets: names plants.roles.forging.share, which has no * to take the names "
                "north, south"
            ),
        ),
        (
            {"distribution": uniform("1 h", "2 h"), "sets": ["plants.total"]},
            "factors.it.sets: sets plants.total to 1.5 h: it is 1.5 h; give a bare number",
        ),
        (
            {"distribution": uniform(1, 2), "sets": ["regions.*.grid.rotation.powered"]},
            (
                "factors.it.sets: sets regions.north.grid.rotation.powered to 1.5: it is 1.5; "
                "give a duration such as 14 h or 3 d"
            ),
        ),
        (
            {"distribution": uniform("1 h", "2 h"), "scales": ["links.sea.transit"]},
            (
                "factors.it.scales: scales by a duration such as 14 h or 3 d; only a bare number can scale, "
                "or use sets"
            ),
        ),
        (
            {"distribution": uniform("4 h", "30 h"), "sets": ["regions.north.grid.rotation.powered"]},
            (
                "factors.it.distribution: reaches 30 h and then sets regions.north.grid.rotation.powered "
                "to 30 h: "
                "it is 30 h; give a duration of 24 h or less"
            ),
        ),
        (
            {"distribution": uniform(0.5, 2), "scales": ["plants.roles.forging.breakdown.availability"]},
            (
                "factors.it.distribution: reaches 2 and then scales "
                "plants.roles.forging.breakdown.availability by 2: it is 1.6; give 1 or less"
            ),
        ),
        (
            {
                "distribution": {"quantiles": {"p05": 0.1, "p50": 0.5, "p95": 0.9, "low": 0, "high": 2}},
                "sets": ["plants.roles.forging.reject"],
            },
            (
                "factors.it.distribution: reaches 1.99784843444 and then sets plants.roles.forging.reject to "
                "1.99784843444: it is 1.99784843444; give 1 or less"
            ),
        ),
        (
            {"distribution": uniform(date(2022, 12, 1), date(2023, 2, 1)), "sets": ["links.sea.first"]},
            (
                "factors.it.distribution: reaches 2022-12-01 and then sets links.sea.first to "
                "2022-12-01: it is "
                "2022-12-01, before the run begins; give a date from horizon.start 2023-01-01 on"
            ),
        ),
        (
            {"distribution": BARE, "scales": ["plants.new.from"]},
            (
                "factors.it.scales: scales plants.new.from by 1.25: it is 2023-01-01; a date cannot be "
                "multiplied"
            ),
        ),
    ],
)
def test_a_factor_that_cannot_go_where_it_says_is_a_fault(ask, factor, fault):
    assert found(ask(factors={"it": factor})) == [fault]


def test_a_law_without_ends_is_left_to_the_draw(ask):
    law = {"lognormal": {"median": "14 h", "gsd": 3}}
    factor = {"distribution": law, "sets": ["regions.north.grid.rotation.powered"]}
    assert found(ask(factors={"it": factor})) == []


def test_a_path_with_many_places_is_faulted_once(ask):
    factor = {"distribution": uniform("1 h", "2 h"), "sets": ["plants.roles.*.breakdown.availability"]}
    assert len(found(ask(factors={"it": factor}))) == 1


def test_two_that_set_one_place_are_both_named(ask):
    again = {"distribution": uniform(5, 9), "sets": ["plants.total"]}
    assert found(ask(factors={"total": TOTAL, "again": again})) == [
        (
            "factors.again.sets: sets plants.total, which factor total sets too; "
            "let one thing set a place, and others scale it"
        )
    ]


def test_a_place_and_a_part_of_it_are_one_place(ask):
    law, part = "plants.roles.forging.rate", "plants.roles.forging.rate.lognormal.median"
    rate = {"distribution": uniform("1/h", "2/h")}
    for first, second in ((law, part), (part, law)):
        faults = found(ask(factors={"one": {**rate, "sets": [first]}, "two": {**rate, "sets": [second]}}))
        assert [fault for fault in faults if "which factor one sets too" in fault] != []


def test_a_factor_and_a_derived_number_may_not_set_one_place_either(ask):
    derived = {"other": {"product": ["total", 2], "sets": ["plants.total"]}}
    assert found(ask(factors={"total": TOTAL}, derived=derived)) == [
        (
            "derived.other.sets: sets plants.total, which factor total sets too; "
            "let one thing set a place, and others scale it"
        )
    ]


def test_one_factor_may_not_set_a_place_twice(ask):
    paths = ["plants.roles.forging.reject", "plants.roles.*.reject"]
    faults = found(ask(factors={"it": {"distribution": uniform(0, 0.2), "sets": paths}}))
    assert faults == [
        (
            "factors.it.sets: sets plants.roles.forging.reject, which it sets twice; "
            "let one thing set a place, and others scale it"
        )
    ]


def test_any_number_of_factors_may_scale_one_place(ask):
    scale = {"distribution": BARE, "scales": ["plants.roles.forging.rate"]}
    assert found(ask(factors={"one": scale, "two": scale})) == []


@pytest.mark.parametrize(
    ("derived", "fault"),
    [
        (
            {"product": ["share", 3], "sets": ["plants.roles.forging.reject"]},
            (
                "derived.it.sets: at the medians sets plants.roles.forging.reject to 1.5: it is 1.5; "
                "give 1 or less"
            ),
        ),
        (
            {"product": ["share", 3], "sets": ["links.sea.transit"]},
            (
                "derived.it.sets: at the medians sets links.sea.transit to 1.5: it is 1.5; "
                "give a duration such as 14 h or 3 d"
            ),
        ),
        (
            {"ratio": ["share", 0], "sets": ["plants.roles.forging.reject"]},
            "derived: has no value at the medians of the factors: derived it divides by 0, with share = 0.5",
        ),
        (
            {"product": ["time", 3], "scales": ["links.sea.transit"]},
            (
                "derived.it.scales: scales by a duration such as 14 h or 3 d; only a bare number can scale, "
                "or use sets"
            ),
        ),
    ],
)
def test_a_derived_number_is_tried_at_the_medians(ask, derived, fault):
    factors = {
        "share": {"distribution": uniform(0, 1), "scales": ["plants.roles.filling.rate"]},
        "time": {"distribution": uniform("1 h", "2 h"), "sets": ["links.sea.transit"]},
    }
    if "links.sea.transit" in derived.get("sets", []):
        del factors["time"]
    experiment = ask(factors=factors, derived={"it": derived})
    assert [fault for fault in found(experiment) if "rate by 0" not in fault] == [fault]


def test_only_laws_with_ends_have_ends():
    zero, one = Quantity(0.0), Quantity(1.0)
    assert ends(Uniform(low=zero, high=one)) == [Quantity(1e-12), Quantity(1 - 1e-12)]
    assert len(ends(Beta(a=2.0, b=2.0))) == 2
    assert ends(Lognormal(median=one, gsd=2.0)) == ends(Exponential(mean=one)) == []
    known = {"p05": Quantity(1.0), "p50": Quantity(2.0), "p95": Quantity(4.0)}
    assert ends(Quantiles(**known)) == []
    assert len(ends(Quantiles(**known, low=zero))) == 1
    assert len(ends(Quantiles(**known, low=zero, high=Quantity(9.0)))) == 2
