import dataclasses
import math
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from simulator.analysis.fluid import fluid_bound
from simulator.analysis.limits import grid_kwh, line_hours, supplied
from simulator.analysis.moments import moments
from simulator.engines import simulate
from simulator.model.distributions import Variate
from simulator.model.system import (
    TICKS_PER_DAY,
    TICKS_PER_HOUR,
    Breakdown,
    Calendar,
    Grid,
    GridPolicy,
    Material,
    Recipe,
    Rotation,
)
from simulator.path import Kind
from simulator.testing import systems

SHIFTS = Calendar(
    "days", tuple(((24 * d + 8) * TICKS_PER_HOUR, (24 * d + 16) * TICKS_PER_HOUR) for d in range(10))
)


def made(system, material, *, replications=1):
    """The mean number of good items of a material that came into store."""
    counts = []
    for replication in range(replications):
        rows = simulate(system, seed=1, replication=replication).of(Kind.MADE)
        counts.append(int(rows["amount"][rows["material"] == material].sum()))
    return float(np.mean(counts))


def test_line_time_bounds_the_last_of_two_stages(works):
    bound = fluid_bound(works()).of("shell")
    # the forge makes 5 an hour, the filling line 4, for 240 h
    assert (bound.capacity, bound.together) == (960.0, 960.0)
    assert bound.binding == "time of fill lines 100 %"
    assert bound.unit == "item"


def test_the_stage_before_may_be_what_binds_with_what_is_in_store_between(works):
    system = works(forge={"lot": 5}, bodies=48)
    bound = fluid_bound(system).of("shell")
    # 2.5 bodies an hour for 240 h, and 48 more
    assert bound.capacity == pytest.approx(648.0)
    assert bound.binding == "time of forge lines 93 %, supply of body 7 %"


def test_material_bounds_what_is_made_of_it(works):
    bound = fluid_bound(works(steel=1000, bodies=7)).of("shell")
    assert (bound.material, bound.together) == (pytest.approx(207.0), pytest.approx(207.0))
    assert bound.power == math.inf
    assert bound.binding == "supply of steel 97 %, supply of body 3 %"


def test_power_bounds_the_sum_of_all_stages(works):
    bound = fluid_bound(works(supply_kw=20)).of("shell")
    # 4,800 kWh; 6 kWh a body and 2 kWh a shell
    assert (bound.power, bound.together) == (pytest.approx(600.0), pytest.approx(600.0))
    assert bound.binding == "energy of the grid of north 100 %"


def test_power_is_of_use_only_while_lines_are_open(works):
    system = works(supply_kw=20, forge={"calendar": 0}, fill={"calendar": 0}, calendars=(SHIFTS,))
    # 80 open hours at 20 kW
    assert grid_kwh(0, system) == pytest.approx(1600.0)
    assert fluid_bound(system).of("shell").power == pytest.approx(200.0)


def test_no_more_energy_is_of_use_than_open_lines_can_draw(works):
    system = works(supply_kw=1000, forge={"calendar": 0}, calendars=(SHIFTS,))
    assert grid_kwh(0, system) == pytest.approx(80 * 38 + 160 * 8)


def test_energy_follows_the_supply_over_time(works):
    grid = Grid("north", 0, ((0, 10), (2 * TICKS_PER_DAY, 0), (6 * TICKS_PER_DAY, 20)))
    assert grid_kwh(0, works(supply_kw=1, grids=(grid,))) == pytest.approx(48 * 10 + 96 * 20)


def test_the_bound_of_all_is_no_more_than_the_least_alone(works):
    bound = fluid_bound(works(steel=4000, supply_kw=25)).of("shell")
    assert bound.together <= min(bound.capacity, bound.material, bound.power) + 1e-6


def test_several_limits_share_what_binds(works):
    # shells of bodies in store take 2 kWh, shells of new bodies 8
    bound = fluid_bound(works(supply_kw=10, bodies=60)).of("shell")
    assert bound.together == pytest.approx(60 + (2400 - 120) / 8)
    assert bound.binding == "energy of the grid of north 87 %, supply of body 13 %"


def test_rejects_are_lost_at_every_stage(works):
    bound = fluid_bound(works(steel=1000, forge={"reject": 0.1}, fill={"reject": 0.5})).of("shell")
    assert bound.together == pytest.approx(200 * 0.9 * 0.5)


def test_lines_count_from_their_commissioning_and_slower_while_they_ramp_up(works):
    fill = {"commissioned": 4 * TICKS_PER_DAY, "ramp": ((2 * TICKS_PER_DAY, 50),)}
    system = works(fill=fill)
    assert line_hours(system.lines[1], system) == pytest.approx(48 * 0.5 + 96)


def test_a_lot_keeps_the_speed_it_was_loaded_at(works):
    system = works(fill={"commissioned": 0, "ramp": ((TICKS_PER_DAY, 80), (2 * TICKS_PER_DAY, 20))})
    assert line_hours(system.lines[1], system) == pytest.approx(24 * 0.8 + 24 * 0.8 + 192)


def test_a_feeder_is_lit_for_its_share_of_the_time(works):
    grid = Grid("north", 0, ((0, 10),), GridPolicy.ROTATE, Rotation(4, 4 * TICKS_PER_HOUR, 0.25))
    system = works(supply_kw=10, grids=(grid,))
    assert line_hours(system.lines[1], system) == pytest.approx(60.0)
    assert grid_kwh(0, system) == pytest.approx(240 * 38 * 0.25)


def test_breakdowns_take_their_share_of_the_run_and_not_of_open_hours(works):
    breakdown = Breakdown(18.0, Variate("constant", (12.0,)))
    system = works(fill={"breakdown": breakdown})
    assert line_hours(system.lines[1], system) == pytest.approx((240 + 12 * 12 / (2 * 18)) * 18 / 30)
    one_shift = works(fill={"breakdown": breakdown, "calendar": 0}, calendars=(SHIFTS,))
    # a repair can be over before the next shift begins
    assert line_hours(one_shift.lines[1], one_shift) == pytest.approx(80.0)
    assert made(one_shift, 2, replications=10) > 4 * 80 * 0.6


def test_the_bound_of_breakdowns_is_near_the_known_mean_of_a_new_machine(works):
    # up hours in 1,000 from new at mean times of 90 and 10 hours: 900.9
    fill = {"breakdown": Breakdown(90.0, Variate("exponential", (10.0,)))}
    system = works(fill=fill, end_tick=1000 * TICKS_PER_HOUR)
    assert 900.9 <= line_hours(system.lines[1], system) < 901.01


@pytest.mark.parametrize(
    "fill",
    [
        {"breakdown": Breakdown(18.0, Variate("constant", (12.0,)))},
        {"breakdown": Breakdown(5.0, Variate("exponential", (5.0,)))},
        {"work": Variate("exponential", (1.0,))},
        {"work": Variate("lognormal", (1.0, 0.8))},
        {"reject": 0.3},
    ],
)
def test_with_chance_it_bounds_the_mean_and_not_by_much(works, fill):
    system = works(bodies=10_000, fill=fill)
    bound = fluid_bound(system).of("shell").together
    mean = made(system, 2, replications=20)
    # the mean of 20 replications has a standard error of 2 to 4 %
    assert 0.9 * bound < mean < 1.1 * bound


def test_a_supplier_brings_what_falls_before_the_end(works, mill):
    assert supplied(mill(), works()) == 900.0
    assert supplied(mill(first=0), works()) == 1000.0
    assert supplied(mill(first=20 * TICKS_PER_DAY), works()) == 0.0


def test_a_supplier_rounds_each_delivery_by_month(works, mill):
    monthly = (0.504,) + (1.0,) * 11
    january = works(start=date(2023, 1, 29))
    # of nine deliveries two fall in January
    assert supplied(mill(monthly=monthly), january) == 2 * 50 + 7 * 100


def test_a_dated_table_is_taken_as_it_is(works, mill):
    table = ((0, 11), (TICKS_PER_DAY, 20))
    assert supplied(mill(every=None, quantity=None, table=table, monthly=(0.5,) * 12), works()) == 6 + 10


def test_a_share_of_use_follows_what_lines_would_use(works, mill):
    # 25 kg an hour, from the first delivery after a day to the end
    assert supplied(mill(share_of_use=0.5), works()) == 0.5 * 25 * 216
    open_by_day = works(forge={"calendar": 0}, calendars=(SHIFTS,))
    assert supplied(mill(share_of_use=0.5), open_by_day) == 0.5 * 25 * 72


@pytest.mark.parametrize(
    "every", [Variate("exponential", (24.0,)), Variate("triangular", (12.0, 24.0, 60.0))]
)
@pytest.mark.parametrize("first", [None, 0])
@pytest.mark.parametrize("more", [{}, {"share_of_use": 0.5}])
def test_of_deliveries_at_random_times_it_bounds_the_mean(works, mill, every, first, more):
    supplier = mill(every=every, first=first, **more)
    system = works(suppliers=(supplier,), end_tick=30 * TICKS_PER_DAY)
    if not more:
        system = dataclasses.replace(system, lines=())
    counts = []
    for replication in range(16):
        rows = simulate(system, seed=1, replication=replication).of(Kind.SUPPLIED)
        counts.append(int(rows["amount"].sum()))
    bound = supplied(supplier, system)
    assert np.mean(counts) < bound + 3 * np.std(counts) / math.sqrt(16)
    assert np.mean(counts) > 0.8 * bound


def test_random_times_allow_for_what_falls_at_the_edges(works, mill):
    # ten days at a mean of one: one more for the exponential law, one more for the delivery at the start
    every = Variate("exponential", (24.0,))
    assert supplied(mill(every=every), works()) == pytest.approx(11 * 100.5, rel=1e-6)
    assert supplied(mill(every=every, first=0), works()) == pytest.approx(12 * 100.5, rel=1e-6)
    fill = {"work": Variate("exponential", (2.0,))}
    assert line_hours(works(fill=fill).lines[1], works()) == pytest.approx(240 + 2, rel=1e-6)


def test_dated_additions_count_when_they_fall_before_the_end(works):
    system = works(steel=0)
    depot = system.stores[0]
    steel = dataclasses.replace(depot.holdings[0], added=((TICKS_PER_DAY, 40), (10 * TICKS_PER_DAY, 1000)))
    store = dataclasses.replace(depot, holdings=(steel, *depot.holdings[1:]))
    assert fluid_bound(dataclasses.replace(system, stores=(store,))).of("shell").together == pytest.approx(
        8.0
    )


def test_products_are_bounded_alone_and_in_sum(works):
    system = works(steel=1000)
    forge, fill = system.lines
    other = dataclasses.replace(fill.recipes[0], recipe="fill_other", output=3)
    system = dataclasses.replace(
        system,
        materials=(*system.materials, Material("mine", "item")),
        lines=(forge, dataclasses.replace(fill, recipes=(*fill.recipes, other))),
        recipes=(*system.recipes, Recipe("fill_other", (1,), 3)),
    )
    found = fluid_bound(system)
    assert [bound.product for bound in found.bounds] == ["shell", "mine", "shell + mine"]
    assert [bound.together for bound in found.bounds] == pytest.approx([200.0] * 3)
    assert found.total is found.bounds[-1]
    assert list(found.to_frame()["product"]) == ["shell", "mine", "shell + mine"]


def test_what_no_line_makes_is_bounded_by_0(works):
    system = works(lines=())
    bound = fluid_bound(system).of("shell")
    assert (bound.together, bound.binding) == (0.0, "no line")


def test_what_lacks_altogether_is_named(works):
    bound = fluid_bound(works(steel=0)).of("shell")
    assert bound.together == 0.0
    assert "no supply of steel" in bound.binding


def test_a_system_that_makes_nothing_has_no_bounds(works):
    found = fluid_bound(works(lines=(), recipes=()))
    assert (found.bounds, found.total) == ((), None)
    assert list(found.to_frame().columns)[:2] == ["product", "unit"]
    with pytest.raises(KeyError):
        found.of("shell")


@pytest.mark.parametrize(
    ("law", "mean", "square"),
    [
        (Variate("constant", (3.0,)), 3.0, 9.0),
        (Variate("uniform", (1.0, 4.0)), 2.5, 7.0),
        (Variate("uniform_integer", (1.0, 4.0)), 2.5, 7.5),
        (Variate("exponential", (2.0,)), 2.0, 8.0),
        (Variate("erlang", (4.0, 2.0)), 2.0, 5.0),
        (Variate("lognormal", (2.0, 0.5)), 2 * math.exp(0.125), 4 * math.exp(0.5)),
        (Variate("triangular", (0.0, 1.0, 2.0)), 1.0, 7 / 6),
        (Variate("weibull", (2.0, 2.0)), math.sqrt(math.pi), 4.0),
        (Variate("table", (0.0, 1.0)), 0.5, 1 / 3),
    ],
)
def test_moments_are_those_of_the_law(law, mean, square):
    found = moments(law)
    assert (found.mean, found.square) == pytest.approx((mean, square), rel=2e-5)


def without_rotation(system):
    grids = tuple(
        dataclasses.replace(grid, rotation=None, policy=GridPolicy.SHED if grid.rotation else grid.policy)
        for grid in system.grids
    )
    lines = tuple(dataclasses.replace(line, feeder=0) for line in system.lines)
    return dataclasses.replace(system, grids=grids, lines=lines)


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(systems(chance=False, breakdowns=False, rejects=False))
def test_no_system_without_chance_makes_more_than_its_bound(system):
    system = without_rotation(system)
    rows = simulate(system, seed=0, replication=0).of(Kind.MADE)
    names = np.array([material.name for material in system.materials])
    for bound in fluid_bound(system).bounds:
        of_product = np.isin(names[rows["material"]], bound.product.split(" + "))
        assert rows["amount"][of_product].sum() <= bound.together * (1 + 1e-9) + 1e-6
