"""What a change to a system does to its path is what its relation says."""

from dataclasses import replace

import numpy as np
import pytest

from simulator.engines import simulate
from simulator.model.distributions import Variate
from simulator.model.system import NO_LIMIT, Breakdown, Grid, GridPolicy, Holding, Rotation, Store, Supplier
from simulator.path import GRID_KINDS, Kind
from simulator.testing import invariants, relations
from tests.testing.build import (
    DAY_SHIFT,
    SHARED_GRID,
    SHELL,
    STEEL,
    WORKDAY,
    a_line,
    a_system,
    hours,
    ticks,
    with_policy,
)

TWO_STATIONS = relations.serial_line(
    [relations.Station(hours(1), room=2), relations.Station(hours(2))],
    arrivals=[(ticks(3), 4)],
    end_tick=ticks(24),
)
TWO_MACHINES = relations.parallel_machines(
    2, work_ticks=ticks(3), arrivals=[(0, 3), (ticks(1), 2)], end_tick=ticks(24)
)


def in_hours(system, kind, **which):
    path = simulate(system, seed=1, replication=0)
    return (relations.nth_ticks(path, kind, **which) / ticks(1)).tolist()


def test_an_unconnected_plant_works():
    changed = relations.with_unconnected_plant(WORKDAY)
    path = simulate(changed, seed=7, replication=1)
    assert np.sum(path.of(Kind.MADE)["entity"] == len(WORKDAY.lines)) == 23
    invariants.everything(path, changed)


def test_with_slack_every_line_has_every_constraint():
    changed = relations.with_slack(a_system(a_line(), a_line("filling/0/1")))
    assert (changed.regions[0].crews, changed.grids[0].supply) == (3, ((0, 10),))
    assert [(line.grid, line.calendar) for line in changed.lines] == [(0, 0), (0, 0)]
    path = simulate(changed, seed=1, replication=0)
    assert path.of(*GRID_KINDS)["amount"].tolist()[:3] == [10, 10, 1000]


def test_the_workday_scales():
    rows = simulate(WORKDAY, seed=3, replication=0).rows
    scaled = simulate(relations.scaled(WORKDAY, 2), seed=3, replication=0).rows
    assert np.array_equal(scaled["tick"], 2 * rows["tick"])
    assert len(rows) > 20


ROTATION = Rotation(2, ticks(4), 0.5)
WEEKLY = Supplier("mill", STEEL, 0, share_of_use=1.0, every=hours(24))


@pytest.mark.parametrize(
    ("system", "what"),
    [
        (a_system(a_line(breakdown=Breakdown(10.0, hours(2)))), "filling/0/0 has breakdowns or a ramp"),
        (a_system(a_line(ramp=((ticks(3), 30),))), "filling/0/0 has breakdowns or a ramp"),
        (a_system(a_line(flow=Variate("uniform", (1.0, 2.0)))), "a duration follows uniform"),
        (with_policy(SHARED_GRID, GridPolicy.SLOW), "here rotates by the date or slows lines"),
        (with_policy(SHARED_GRID, GridPolicy.ROTATE, rotation=ROTATION), "here rotates by the date"),
        (a_system(a_line(), suppliers=(WEEKLY,)), "mill delivers by the month, or by hours of use"),
    ],
)
def test_a_system_whose_times_are_rounded_or_drawn_does_not_scale(system, what):
    with pytest.raises(ValueError, match=what):
        relations.scaled(system, 2)


def test_times_cannot_shrink_to_nothing():
    with pytest.raises(ValueError, match="k is 0; give a whole number of at least 1"):
        relations.scaled(WORKDAY, 0)


def test_a_serial_line_gives_items_one_station_after_the_other():
    assert in_hours(TWO_STATIONS, Kind.USED, entities=[0]) == [3, 4, 5, 6]
    assert in_hours(TWO_STATIONS, Kind.UNLOADED, entities=[0]) == [4, 5, 6, 7]
    assert in_hours(TWO_STATIONS, Kind.UNLOADED, entities=[1]) == [6, 8, 10, 12]


def test_identical_machines_start_jobs_as_they_come():
    assert in_hours(TWO_MACHINES, Kind.USED) == [0, 0, 3, 3, 6]
    assert in_hours(relations.with_one_more_line(TWO_MACHINES), Kind.USED) == [0, 0, 0, 3, 3]


def test_one_more_line_is_a_copy_in_a_plant_of_its_own_that_comes_last():
    changed = relations.with_one_more_line(TWO_MACHINES, 0)
    assert [line.name for line in changed.lines] == ["machines/0/0", "machines/0/1", "machines/1/0"]
    assert replace(changed.lines[-1], name="machines/0/0", plant=0) == TWO_MACHINES.lines[0]
    assert changed.plants[-1] == replace(
        changed.plants[0], name="machines/1", rate=changed.plants[0].rate / 2
    )
    invariants.everything(simulate(changed, seed=1, replication=0), changed)


def test_shorter_work_is_that_of_the_role_that_is_meant():
    changed = relations.with_shorter_work(TWO_STATIONS, 0.5, role=1)
    assert [line.work for line in changed.lines] == [hours(1), hours(1)]
    assert relations.with_shorter_work(TWO_MACHINES, 0.5).lines[1].recipes[0].ticks == ticks(1.5)
    assert relations.with_shorter_work(TWO_MACHINES, 1e-9).lines[1].recipes[0].ticks == 1


@pytest.mark.parametrize(
    "law",
    [
        Variate("constant", (4.0,)),
        Variate("uniform", (1.0, 4.0)),
        Variate("triangular", (1.0, 2.0, 4.0)),
        Variate("exponential", (2.0,)),
        Variate("lognormal", (2.0, 0.5)),
        Variate("weibull", (2.0, 1.5)),
        Variate("erlang", (3.0, 2.0)),
        Variate("table", (1.0, 2.0, 8.0)),
    ],
)
def test_half_the_work_is_half_as_long_for_every_law(law):
    def path(share):
        station = relations.Station(law)
        line = relations.serial_line([station], arrivals=[(0, 1)], end_tick=ticks(1000))
        return relations.nth_ticks(
            simulate(relations.with_shorter_work(line, share), seed=1, replication=0), Kind.UNLOADED
        )

    assert abs(path(0.5) * 2 - path(1.0)).tolist() <= [1]


def test_larger_stores_are_those_that_have_a_limit():
    changed = relations.with_larger_stores(TWO_STATIONS, 3)
    assert [store.holdings[0].capacity for store in changed.stores] == [NO_LIMIT, 5, NO_LIMIT]


def test_earlier_input_is_not_before_the_first_tick():
    assert relations.with_earlier_input(TWO_MACHINES, ticks(2)).stores[0].holdings[0].added == (
        (0, 3),
        (0, 2),
    )
    assert relations.with_earlier_input(TWO_STATIONS, ticks(2)).stores[0].holdings[0].added == (
        (ticks(1), 4),
    )
    assert relations.with_earlier_input(WORKDAY, ticks(5)).suppliers[0].table == ((ticks(9), 4),)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda: relations.with_shorter_work(WORKDAY, 0.0), "share is 0.0; give a number above 0, at most 1"),
        (lambda: relations.with_shorter_work(WORKDAY, 1.5), "share is 1.5; give a number above 0, at most 1"),
        (lambda: relations.with_larger_stores(WORKDAY, -1), "by is -1; give a whole number of at least 0"),
        (lambda: relations.with_earlier_input(WORKDAY, -1), "ticks is -1; give a whole number of at least 0"),
        (
            lambda: relations.with_shorter_work(
                a_system(a_line(work=Variate("metalog", (1.0, 1.0, 1.0)))), 0.5
            ),
            "work follows metalog; give one of constant, uniform",
        ),
    ],
)
def test_a_change_for_the_worse_is_refused(change, what):
    with pytest.raises(ValueError, match=what):
        change()


@pytest.mark.parametrize(
    ("before", "after", "first"),
    [
        ([1, 2, 3], [1, 2, 3], None),
        ([1, 2, 3], [1, 1, 3, 9], None),
        ([1, 2, 3], [0, 3, 4], 1),
        ([1, 2, 3], [0, 1], 2),
        ([1, 2, 3], [2, 3], 0),
        ([], [5], None),
    ],
)
def test_the_first_item_that_comes_later_or_no_more_is_told(before, after, first):
    assert relations.first_later(np.array(before), np.array(after)) == first


def made_and_most(system):
    made = int(simulate(system, seed=1, replication=0).of(Kind.UNLOADED)["amount"].sum())
    return made, relations.most_output(system, SHELL)


def test_what_material_allows_is_made_to_the_last_item():
    made, most = made_and_most(a_system(a_line(), a_line("filling/0/1")))
    assert (made, most) == (4, relations.MostOutput(by_material=5, by_energy=None, by_hours=48))
    supplied = a_system(a_line(), suppliers=(Supplier("mill", STEEL, 0, table=((ticks(5), 2),)),))
    made, most = made_and_most(supplied)
    assert made == most.items == most.by_material == 6


def test_what_energy_allows_is_made_to_the_last_item():
    rich = (Store("depot", 0, (Holding(STEEL, 1000), Holding(SHELL))),)
    grid = Grid("here", 0, ((0, 5), (ticks(9), 0)))
    made, most = made_and_most(a_system(a_line(), a_line("filling/0/1"), stores=rich, grids=(grid,)))
    assert (made, most) == (8, relations.MostOutput(by_material=500, by_energy=9, by_hours=48))
    made, most = made_and_most(
        a_system(a_line(), stores=rich, grids=(replace(grid, supply=((0, 5), (ticks(8), 0))),))
    )
    assert made == most.items == most.by_energy == 8


def test_what_hours_allow_is_made_to_the_last_item():
    rich = (Store("depot", 0, (Holding(STEEL, 1000), Holding(SHELL))),)
    lines = a_line(calendar=0), a_line("filling/0/1", calendar=0, commissioned=ticks(11))
    made, most = made_and_most(a_system(*lines, stores=rich, calendars=(DAY_SHIFT,)))
    assert made == most.items == most.by_hours == 8 + 4


def test_what_is_drawn_has_no_bound_and_what_nobody_makes_is_none():
    drawn = a_system(
        a_line(work=hours(2)), suppliers=(Supplier("mill", STEEL, 0, quantity=hours(4), every=hours(24)),)
    )
    assert relations.most_output(drawn, SHELL) == relations.MostOutput(None, None, None)
    assert relations.most_output(drawn, STEEL).items == 0


def test_what_can_be_made_of_a_product_is_bounded_by_what_can_be_made_of_it():
    arrivals = [(0, 7)]
    line = relations.serial_line(
        [relations.Station(hours(1)), relations.Station(hours(1))], arrivals=arrivals, end_tick=ticks(24)
    )
    assert [relations.most_output(line, material).by_material for material in range(3)] == [0, 7, 7]
