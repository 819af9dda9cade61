import math
import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.errors import ModelError
from simulator.model.distributions import Lognormal, Triangular, Uniform
from simulator.model.quantities import Quantity, hours
from simulator.model.realising.draws import draw
from simulator.model.system import NEVER, NONE, TICKS_PER_DAY, TICKS_PER_HOUR
from simulator.streams import duration_ticks


def works(workshop, **changes):
    """The role of a workshop, changed; None takes a key away."""
    role = workshop["plants"]["roles"]["works"]
    role.update(changes)
    for name in [name for name, value in role.items() if value is None]:
        del role[name]
    return role


def kilowatts(number):
    return Quantity(number, "kW")


@pytest.fixture
def town(workshop):
    """Two regions, forges of two calibres and other plants that only draw power."""
    workshop["regions"]["south"] = {
        "grid": {
            "allotment": kilowatts(9000.0),
            "policy": "rotate",
            "rotation": {"feeders": 3, "period": hours(4), "powered": hours(14)},
        }
    }
    workshop["recipes"]["forge"] = workshop["recipes"]["press"]
    calibres = {"c152": {"share": 0.5, "recipe": "press"}, "c122": {"share": 0.5, "recipe": "forge"}}
    works(workshop, share=0.5, recipe=None, calibres=calibres, regions={"north": 0.5, "south": 0.5})
    works(workshop, rate={"lognormal": {"median": Quantity(8.0, "1/h"), "gsd": 2.0}})
    workshop["plants"]["roles"]["others"] = {
        "share": 0.5, "recipe": "none", "power": kilowatts(150.5), "regions": {"south": 1.0}, "lines": 2,
    }  # fmt: skip
    workshop["plants"]["total"] = 8
    return workshop


def test_plants_stand_in_the_order_in_which_they_are_dealt(town, realised):
    found = [(plant.name, plant.role, plant.region, plant.calibre) for plant in realised(town).plants]
    assert found == [
        ("works/0", 0, 0, "c152"),
        ("others/0", 1, 1, None),
        ("works/1", 0, 0, "c122"),
        ("others/1", 1, 1, None),
        ("works/2", 0, 1, "c152"),
        ("others/2", 1, 1, None),
        ("works/3", 0, 1, "c122"),
        ("others/3", 1, 1, None),
    ]


def test_lines_are_numbered_by_plant_in_role_then_role_then_line(town, realised):
    town["plants"]["total"] = 3
    system = realised(town)
    assert [line.name for line in system.lines] == [
        "works/0/0", "works/0/1", "others/0/0", "others/0/1", "works/1/0", "works/1/1",
    ]  # fmt: skip
    assert [system.plants[line.plant].name for line in system.lines] == [
        "works/0", "works/0", "others/0", "others/0", "works/1", "works/1",
    ]  # fmt: skip


def test_a_calibre_works_by_its_own_recipe(town, realised):
    system = realised(town)
    found = {line.name: [recipe.recipe for recipe in line.recipes] for line in system.lines}
    assert (found["works/0/0"], found["works/1/0"]) == (["press"], ["forge"])


def test_a_line_that_only_draws_power_has_no_recipe_and_the_power_of_a_line_rounded(town, realised):
    line = next(line for line in realised(town).lines if line.name == "others/0/0")
    assert line.only_draws_power
    assert (line.load_kw, line.from_store, line.to_store, line.work) == (151, NONE, NONE, None)


def test_a_feeder_is_the_place_in_the_role_and_region_plus_the_place_of_the_role(town, realised):
    feeders = {line.name: line.feeder for line in realised(town).lines}
    # works/2 is the first of its role in the south, others have place 1 in the file; three feeders
    assert [feeders[f"works/{k}/0"] for k in (2, 3)] == [0, 1]
    assert [feeders[f"others/{k}/1"] for k in range(4)] == [1, 2, 0, 1]


def test_a_region_without_rotation_has_no_feeders_and_one_without_grid_no_grid(town, realised):
    system = realised(town)
    north = [line for line in system.lines if line.region == 0]
    assert {(line.grid, line.feeder) for line in north} == {(NONE, 0)}
    assert {line.grid for line in system.lines if line.region == 1} == {0}
    town["regions"]["south"]["grid"] = {"allotment": kilowatts(1.0)}
    assert {line.feeder for line in realised(town).lines} == {0}


def test_a_rate_is_drawn_once_a_plant_by_the_name_of_the_plant(town, realised):
    law = Lognormal(median=Quantity(8.0, "1/h"), gsd=2.0).variate()
    system = realised(town, seed=5, replication=3)
    rates = {plant.name: plant.rate for plant in system.plants if plant.role == 0}
    assert rates == {name: draw(law, "rate", name, index=0, seed=5, replication=3) for name in rates}
    assert len(set(rates.values())) == 4
    assert rates != {plant.name: plant.rate for plant in realised(town, seed=5, replication=4).plants}


def test_a_lot_takes_its_share_of_the_plant_s_time_in_whole_ticks(workshop, realised):
    works(workshop, lot=3, lines=2, rate=Quantity(7.0, "1/h"))
    (recipe,) = realised(workshop).lines[0].recipes
    assert recipe.ticks == math.floor(3 * 2 / 7 * 3_600_000 + 0.5) == 3_085_714


def test_a_lot_takes_at_least_a_tick_and_at_most_the_longest_duration(workshop, realised):
    works(workshop, rate=Quantity(1e12, "1/h"), power=kilowatts(1.0))
    assert realised(workshop).lines[0].recipes[0].ticks == 1
    works(workshop, rate=Quantity(1e-12, "1/h"))
    assert realised(workshop).lines[0].recipes[0].ticks == 1 << 52


@pytest.mark.parametrize(("rate", "load_kw"), [(8.0, 432), (8.009, 432), (8.01, 433)])
def test_the_load_of_a_line_is_its_share_of_the_energy_of_an_hour_rounded_half_up(
    workshop, realised, rate, load_kw
):
    works(workshop, rate=Quantity(rate, "1/h"))
    (recipe,) = realised(workshop).lines[0].recipes
    assert (recipe.load_kw, recipe.energy_kwh) == (load_kw, 108.0)


def test_a_given_power_replaces_the_energy_of_the_recipe(workshop, realised):
    works(workshop, power=kilowatts(99.5))
    line = realised(workshop).lines[0]
    assert (line.recipes[0].load_kw, line.recipes[0].energy_kwh, line.load_kw) == (100, 0.0, 0)


def test_a_recipe_without_energy_draws_nothing(workshop, realised):
    del workshop["recipes"]["press"]["energy"]
    (recipe,) = realised(workshop).lines[0].recipes
    assert (recipe.load_kw, recipe.energy_kwh) == (0, 0.0)


def test_work_gives_the_mean_time_of_a_lot_and_the_load_that_goes_with_it(workshop, realised):
    law = {"triangular": {"low": hours(1), "mode": hours(2), "high": hours(6)}}
    works(workshop, rate=None, work=law)
    system = realised(workshop)
    line = system.lines[0]
    assert line.work == Triangular(low=hours(1), mode=hours(2), high=hours(6)).variate()
    assert (line.recipes[0].ticks, line.recipes[0].load_kw) == (3 * TICKS_PER_HOUR, 108 * 20 // 3)
    assert system.plants[0].rate == 0.0


def test_several_recipes_stand_in_order_of_preference_each_with_its_own_load(workshop, realised):
    workshop["recipes"]["forge"] = {**workshop["recipes"]["press"], "energy": Quantity(54.0, "kWh")}
    works(workshop, recipe=None, recipes=["forge", "press"])
    found = [(recipe.recipe, recipe.load_kw) for recipe in realised(workshop).lines[0].recipes]
    assert found == [("forge", 216), ("press", 432)]


def test_a_line_has_what_its_role_says(workshop, realised):
    workshop["calendars"] = {
        name: {"changes": [{"from": date(2023, 1, 1), "shifts": 1, "days": 6}]} for name in ("civil", "arms")
    }
    flow = Triangular(low=hours(24), mode=hours(48), high=hours(96))
    works(workshop, calendar="arms", priority=3, reject=0.1, flow=flow)
    line = realised(workshop).lines[1]
    assert (line.calendar, line.priority, line.reject, line.lot) == (1, 3, 0.1, 20)
    assert (line.flow, line.from_store, line.to_store) == (flow.variate(), 0, 0)


def test_a_role_without_calendar_or_source_has_neither(workshop, realised):
    workshop["recipes"]["press"]["inputs"] = {}
    works(workshop, **{"from": None})
    line = realised(workshop).lines[0]
    assert (line.calendar, line.from_store, line.to_store) == (NONE, NONE, 0)


def test_the_mean_time_to_failure_follows_from_availability_and_repair(workshop, realised):
    repair = Lognormal(mean=hours(12), gsd=2.0)
    works(workshop, breakdown={"availability": 0.75, "repair": repair})
    breakdown = realised(workshop).lines[0].breakdown
    assert (breakdown.failure_mean_h, breakdown.repair) == (36.0, repair.variate())


def test_a_line_that_is_always_available_never_breaks_down(workshop, realised):
    works(workshop, breakdown={"availability": 1.0, "repair": hours(12)})
    assert realised(workshop).lines[0].breakdown is None


def commissioning(town, count):
    law = Uniform(low=hours(24), high=hours(240))
    ramp = [{"until": hours(720), "speed": 0.3}, {"until": hours(2160), "speed": 0.704}]
    town["plants"]["new"] = {
        "count": count, "from": date(2023, 1, 3), "commissioned_after": law, "ramp": ramp,
    }  # fmt: skip
    return law.variate()


def test_the_first_plants_dealt_are_new_and_start_when_drawn(town, realised):
    law = commissioning(town, 3)
    system = realised(town, seed=2, replication=9)
    for plant in system.plants[:3]:
        after = draw(law, "commission", plant.name, index=0, seed=2, replication=9)
        assert plant.commissioned == 2 * TICKS_PER_DAY + duration_ticks(after)
    assert {plant.commissioned for plant in system.plants[3:]} == {-NEVER}
    assert all(line.commissioned == system.plants[line.plant].commissioned for line in system.lines)


def test_new_plants_ramp_up_in_whole_per_cent_and_others_do_not(town, realised):
    commissioning(town, 3)
    steps = ((30 * TICKS_PER_DAY, 30), (90 * TICKS_PER_DAY, 70))
    system = realised(town)
    assert all(line.ramp == (steps if line.plant < 3 else ()) for line in system.lines)


def test_a_ramp_is_never_slower_than_one_per_cent(town, realised):
    commissioning(town, 1)
    town["plants"]["new"]["ramp"] = [{"until": hours(1), "speed": 0.001}]
    assert realised(town).lines[0].ramp == ((TICKS_PER_HOUR, 1),)


def test_more_new_plants_than_plants_are_refused(town, realised):
    commissioning(town, 9)
    with pytest.raises(ModelError, match=r"plants\.new\.count is 9, more than the 8 of plants\.total"):
        realised(town)


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"rate": Quantity(0.0, "1/h")}, "plants.roles.works.rate draws 0/h for works/0"),
        ({"rate": None, "work": hours(0)}, "plants.roles.works.work has a mean of 0 h"),
        (
            {"rate": None, "work": {"lognormal": {"median": hours(1), "gsd": 1e30}}},
            "plants.roles.works.work has a mean of inf h",
        ),
        (
            {"breakdown": {"availability": 0.5, "repair": hours(0)}},
            "plants.roles.works.breakdown.repair has a mean of 0 h",
        ),
        ({"rate": Quantity(1e300, "1/h")}, "the kilowatts of a line of plants.roles.works by press comes to"),
        ({"power": kilowatts(1e300)}, "plants.roles.works.power comes to 1e+300"),
    ],
)
def test_numbers_that_no_line_can_have_are_refused(workshop, realised, changes, wanted):
    works(workshop, **changes)
    with pytest.raises(ModelError, match=re.escape(wanted)):
        realised(workshop)


def test_a_system_may_be_without_plants(workshop, realised):
    del workshop["plants"]
    system = realised(workshop)
    assert (system.plants, system.lines, system.roles) == ((), (), ())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.integers(3, 40), st.integers(1, 40), st.integers(0, 2**31 - 1))
def test_a_larger_total_only_adds_plants_and_lines(town, realised, total, more, seed):
    commissioning(town, 3)
    town["plants"]["total"] = total
    fewer = realised(town, seed=seed)
    town["plants"]["total"] = total + more
    larger = realised(town, seed=seed)
    assert larger.plants[:total] == fewer.plants
    kept = {line.name: line for line in larger.lines}
    assert all(kept[line.name] == line for line in fewer.lines)
    assert [line for line in larger.lines if line.plant < total] == list(fewer.lines)
    assert len(larger.lines) == 2 * (total + more)
