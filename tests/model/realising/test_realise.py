import re
from datetime import date

import pytest

from simulator.errors import ModelError
from simulator.model.distributions import Constant, Exponential, Uniform
from simulator.model.quantities import Quantity, hours
from simulator.model.system import (
    DELIVERED,
    NO_LIMIT,
    NONE,
    TICKS_PER_DAY,
    TICKS_PER_HOUR,
    GridPolicy,
    Holding,
)


def items(number):
    return Quantity(float(number))


def days(number):
    return hours(24 * number)


def north_grid(workshop, **grid):
    workshop["regions"]["north"]["grid"] = {"allotment": Quantity(1000.0, "kW"), **grid}


def hold(workshop, material, **holding):
    workshop["stores"]["depot"]["holds"][material] = holding


def supply(workshop, **changes):
    workshop["suppliers"] = {"mill": {"material": "steel", "to": "depot", **changes}}


def connect(workshop, **changes):
    link = {
        "from": "depot",
        "to": "delivered",
        "materials": ["shell"],
        "load": items(100),
        "transit": days(2),
    }
    workshop["links"] = {"sea": {**link, "every": days(8), **changes}}


def test_the_run_covers_the_horizon_and_its_warm_up(workshop, realised):
    system = realised(workshop, start=date(2023, 1, 1), end=date(2023, 1, 11), warm_up_h=12)
    assert (system.start, system.first_tick, system.end_tick) == (
        date(2023, 1, 1),
        -12 * TICKS_PER_HOUR,
        10 * TICKS_PER_DAY,
    )


def test_the_same_replication_is_the_same_system(workshop, realised):
    works = workshop["plants"]["roles"]["works"]
    works["rate"] = {"lognormal": {"median": Quantity(8.0, "1/h"), "gsd": 2.0}}
    assert realised(workshop, seed=3, replication=5) == realised(workshop, seed=3, replication=5)
    assert realised(workshop, seed=3, replication=5) != realised(workshop, seed=4, replication=5)


def test_what_replications_have_in_common_is_one_object(workshop, realised):
    one, other = realised(workshop, replication=3), realised(workshop, replication=4)
    assert one.materials is other.materials
    assert one.roles is other.roles
    assert one.recipes is other.recipes


def test_materials_point_to_what_they_count_as(workshop, realised):
    workshop["materials"] = {
        "old": {"unit": "item", "counts_as": "shell"}, **workshop["materials"],
    }  # fmt: skip
    found = [(material.name, material.unit, material.counts_as) for material in realised(workshop).materials]
    assert found == [("old", "item", 2), ("steel", "kg", NONE), ("shell", "item", NONE)]


def test_regions_have_grids_numbered_without_gaps_and_crews_without_limit_unless_given(workshop, realised):
    workshop["regions"] = {"port": {"crews": 2}, "north": {}}
    north_grid(workshop)
    system = realised(workshop)
    found = [(region.name, region.grid, region.crews) for region in system.regions]
    assert found == [("port", NONE, 2), ("north", 0, NO_LIMIT)]
    assert [(grid.name, grid.region) for grid in system.grids] == [("north", 1)]


def test_a_role_is_final_when_some_recipe_of_it_makes_what_no_recipe_takes(workshop, realised):
    workshop["materials"]["round"] = {"unit": "item"}
    workshop["stores"]["depot"]["holds"]["round"] = {}
    workshop["recipes"]["fill"] = {"inputs": {"shell": items(1)}, "output": "round"}
    roles = workshop["plants"]["roles"]
    roles["filling"] = {**roles["works"], "recipe": "fill"}
    roles["both"] = {**roles["works"], "recipe": None, "recipes": ["press", "fill"]}
    power = Quantity(1.0, "kW")
    roles["others"] = {"share": 1.0, "recipe": "none", "power": power, "regions": {"north": 1.0}}
    for role in roles.values():
        role["share"] = 0.25
    found = {role.name: role.final for role in realised(workshop).roles}
    assert found == {"works": False, "filling": True, "both": True, "others": False}


def test_all_recipes_of_the_document_are_known_whether_or_not_a_plant_works_by_them(workshop, realised):
    workshop["recipes"]["melt"] = {
        "inputs": {"shell": items(1), "steel": Quantity(0.0, "kg")},
        "output": "steel",
    }
    found = [(recipe.name, recipe.inputs, recipe.output) for recipe in realised(workshop).recipes]
    assert found == [("press", (0,), 1), ("melt", (1, 0), 0)]


def test_a_calendar_is_the_stretches_in_which_it_is_open(workshop, realised):
    week = [{"from": date(2023, 1, 1), "shifts": 1, "days": 1}]
    workshop["calendars"] = {"arms": {"changes": week, "closed": [date(2023, 1, 9)]}}
    (calendar,) = realised(workshop, start=date(2023, 1, 2), end=date(2023, 1, 17)).calendars
    shift = (8 * TICKS_PER_HOUR, 16 * TICKS_PER_HOUR)
    assert (calendar.name, calendar.open[0]) == ("arms", shift)
    assert calendar.open[1:] == ((shift[0] + 14 * TICKS_PER_DAY, shift[1] + 14 * TICKS_PER_DAY),)


def test_a_grid_without_months_has_one_supply_from_the_first_tick(workshop, realised):
    north_grid(workshop, allotment=Quantity(999.5, "kW"))
    (grid,) = realised(workshop, warm_up_h=30).grids
    assert grid.supply == ((-30 * TICKS_PER_HOUR, 1000),)
    assert (grid.policy, grid.rotation, grid.curtailment) == (GridPolicy.SHED, None, None)


def test_monthly_supply_changes_at_first_days_where_its_kilowatts_change(workshop, realised):
    north_grid(workshop, monthly=[0.5, 0.5, 0.5004, 0.75, *[1.0] * 7, 0.2])
    (grid,) = realised(workshop, start=date(2024, 1, 1), end=date(2024, 5, 1), warm_up_h=24).grids
    # January and February alike, March rounds to the same kilowatts; 2024 has a 29 February
    assert grid.supply == (
        (-TICKS_PER_DAY, 200),
        (0, 500),
        ((31 + 29 + 31) * TICKS_PER_DAY, 750),
    )


def test_february_of_another_year_is_a_day_shorter(workshop, realised):
    north_grid(workshop, monthly=[1.0, 1.0, 0.5, *[1.0] * 9])
    (grid,) = realised(workshop, start=date(2023, 2, 10), end=date(2023, 4, 1)).grids
    assert grid.supply == ((0, 1000), (19 * TICKS_PER_DAY, 500))


def test_a_rotation_has_its_period_in_ticks_and_its_powered_hours_as_a_share(workshop, realised):
    rotation = {"feeders": 12, "period": hours(4), "powered": hours(18)}
    north_grid(workshop, policy="rotate", rotation=rotation)
    (grid,) = realised(workshop).grids
    assert grid.policy is GridPolicy.ROTATE
    assert (grid.rotation.feeders, grid.rotation.period, grid.rotation.powered_share) == (
        12,
        4 * TICKS_PER_HOUR,
        0.75,
    )


def test_a_curtailment_keeps_its_laws(workshop, realised):
    every, depth = Exponential(mean=hours(90)), Uniform(low=items(0), high=items(1))
    north_grid(workshop, policy="slow", curtailment={"every": every, "lasting": hours(6), "depth": depth})
    found = realised(workshop).grids[0].curtailment
    assert (found.every, found.lasting, found.depth) == (
        every.variate(),
        Constant(value=hours(6)).variate(),
        depth.variate(),
    )


def test_a_store_keeps_materials_without_limit_and_floor_unless_given(workshop, realised):
    (store,) = realised(workshop).stores
    assert (store.name, store.region, store.holdings) == ("depot", 0, (Holding(0), Holding(1)))


def test_stocks_capacities_and_floors_are_rounded_half_up(workshop, realised):
    hold(workshop, "shell", initial=items(10.5), capacity=items(99.4), floor=items(2.5))
    assert realised(workshop).stores[0].holding(1) == Holding(1, initial=11, capacity=99, floor=3)


@pytest.mark.parametrize(("releasable", "floor"), [(0.0, 11), (1.0, 0), (0.65, 4), (0.5, 5)])
def test_what_is_releasable_leaves_the_rest_of_the_initial_stock_as_floor(
    workshop, realised, releasable, floor
):
    # of 11: 0, 11, floor(7.15 + 0.5) = 7, floor(5.5 + 0.5) = 6 may go
    hold(workshop, "shell", initial=items(11), releasable=releasable)
    assert realised(workshop).stores[0].holding(1).floor == floor


def test_additions_stand_in_the_order_of_their_ticks_and_then_of_the_file(workshop, realised):
    rows = [(date(2023, 1, 5), 1), (date(2023, 1, 2), 2.5), (date(2023, 1, 5), 4)]
    hold(workshop, "shell", added=[{"at": day, "amount": items(amount)} for day, amount in rows])
    assert realised(workshop).stores[0].holding(1).added == (
        (TICKS_PER_DAY, 3),
        (4 * TICKS_PER_DAY, 1),
        (4 * TICKS_PER_DAY, 4),
    )


def test_a_supplier_keeps_its_laws_and_its_first_date(workshop, realised):
    quantity = Uniform(low=Quantity(10.0, "kg"), high=Quantity(20.0, "kg"))
    disruption = {"every": Exponential(mean=hours(500)), "lasting": hours(50)}
    first = date(2023, 1, 8)
    supply(workshop, quantity=quantity, every=days(4), first=first, monthly=[0.5] * 12, disruption=disruption)
    (found,) = realised(workshop).suppliers
    assert (found.name, found.material, found.store, found.first) == ("mill", 0, 0, 7 * TICKS_PER_DAY)
    assert (found.quantity, found.every) == (quantity.variate(), Constant(value=days(4)).variate())
    assert (found.monthly, found.table, found.share_of_use) == ((0.5,) * 12, (), None)
    assert found.disruption_every == Exponential(mean=hours(500)).variate()
    assert found.disruption_lasting == Constant(value=hours(50)).variate()


def test_a_supplier_by_share_of_use_has_no_quantity(workshop, realised):
    supply(workshop, share_of_use=0.67, every=days(4))
    (found,) = realised(workshop).suppliers
    assert (found.quantity, found.share_of_use, found.first, found.monthly) == (None, 0.67, None, ())


def test_a_table_has_its_amounts_in_whole_units_times_the_factor_of_their_month(workshop, realised):
    rows = [(date(2023, 2, 3), 10.4), (date(2023, 1, 3), 10.4)]
    table = [{"at": day, "amount": Quantity(amount, "kg")} for day, amount in rows]
    supply(workshop, table=table, monthly=[1.0, 0.25, *[1.0] * 10])
    (found,) = realised(workshop).suppliers
    assert found.table == ((2 * TICKS_PER_DAY, 10), (33 * TICKS_PER_DAY, 3))
    assert (found.monthly, found.every) == ((), None)


def test_a_link_to_outside_delivers_and_a_link_to_a_store_does_not(workshop, realised):
    workshop["stores"]["port"] = {"region": "north", "holds": {"shell": {}}}
    connect(workshop, to="port")
    assert realised(workshop).links[0].to_store == 1
    connect(workshop)
    (found,) = realised(workshop).links
    assert (found.name, found.from_store, found.to_store, found.materials) == ("sea", 0, DELIVERED, (1,))
    assert (found.load, found.minimum, found.loads_of, found.first) == (100, 1, 0, None)


def test_loads_minima_and_containers_are_rounded_half_up(workshop, realised):
    first = date(2023, 1, 3)
    connect(workshop, load=items(99.5), minimum=items(49.5), loads_of=items(2.5), first=first)
    (found,) = realised(workshop).links
    assert (found.load, found.minimum, found.loads_of, found.first) == (100, 50, 3, 2 * TICKS_PER_DAY)


def test_a_link_may_leave_only_with_full_loads(workshop, realised):
    connect(workshop, load=items(5.4), minimum=items(5))
    assert (realised(workshop).links[0].load, realised(workshop).links[0].minimum) == (5, 5)


def test_one_interval_holds_from_the_first_tick_and_dated_ones_from_their_dates(workshop, realised):
    connect(workshop)
    eight, four = Constant(value=days(8)).variate(), Constant(value=days(4)).variate()
    assert realised(workshop, warm_up_h=24).links[0].every == ((-TICKS_PER_DAY, eight),)
    changes = [(date(2022, 12, 1), days(8)), (date(2023, 2, 1), days(4))]
    connect(workshop, every=[{"from": day, "is": interval} for day, interval in changes])
    assert realised(workshop).links[0].every == ((-31 * TICKS_PER_DAY, eight), (31 * TICKS_PER_DAY, four))


EARLY = {"at": date(2022, 12, 31), "amount": items(1)}
REFUSED = {
    "stores.depot.holds.shell.added.0.at is 2022-12-31": lambda w: hold(w, "shell", added=[EARLY]),
    "suppliers.mill.table.0.at is 2022-12-31": lambda w: supply(w, table=[EARLY]),
    "suppliers.mill.first is 2022-12-31": lambda w: supply(
        w, share_of_use=1.0, every=days(1), first=date(2022, 12, 31)
    ),
    "links.sea.first is 2022-12-31": lambda w: connect(w, first=date(2022, 12, 31)),
    "links.sea.load is 4, less than its minimum of 5": lambda w: connect(
        w, load=items(4.4), minimum=items(5)
    ),
    "links.sea.loads_of is 0.4, less than one whole": lambda w: connect(w, loads_of=items(0.4)),
    "stores.depot.holds.shell.initial is 31, more than its capacity of 30": lambda w: hold(
        w, "shell", initial=items(30.5), capacity=items(30)
    ),
    "stores.depot.holds.shell.initial comes to 1e+300; give less than 4,503,599,627,370,496": lambda w: hold(
        w, "shell", initial=items(1e300)
    ),
    "regions.north.grid.allotment comes to 1e+300": lambda w: north_grid(w, allotment=Quantity(1e300, "kW")),
}


@pytest.mark.parametrize("wanted", REFUSED)
def test_numbers_of_a_draw_that_do_not_go_together_are_refused_by_name(workshop, realised, wanted):
    REFUSED[wanted](workshop)
    with pytest.raises(ModelError, match=f"^{re.escape(wanted)}"):
        realised(workshop)


def test_a_load_that_its_store_never_has_room_for_is_refused(workshop, realised):
    workshop["stores"]["port"] = {"region": "north", "holds": {"shell": {"capacity": items(99)}}}
    connect(workshop, to="port")
    with pytest.raises(
        ModelError, match=r"^links\.sea\.load is 100, more than the 99 of shell that store port"
    ):
        realised(workshop)
    connect(workshop, to="port", load=items(99))
    assert realised(workshop).links[0].load == 99
