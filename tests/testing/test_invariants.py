"""Every invariant holds on a hand-written path and is seen to fail on a fault planted in it."""

from dataclasses import replace

import numpy as np
import pytest

from simulator.engines import simulate
from simulator.model.system import (
    DELIVERED,
    NEVER,
    TICKS_PER_HOUR,
    Breakdown,
    GridPolicy,
    Holding,
    Link,
    Rotation,
    Store,
    System,
)
from simulator.path import Kind, SamplePath
from simulator.testing import BrokenInvariant, invariants
from tests.testing.build import (
    NONE,
    SHARED_GRID,
    SHELL,
    STEEL,
    WORKDAY,
    WORKDAY_ROWS,
    Row,
    a_line,
    a_path,
    a_system,
    hours,
    ticks,
    with_policy,
)

STATE, USED, UNLOADED, REJECTED, MADE = Kind.STATE, Kind.USED, Kind.UNLOADED, Kind.REJECTED, Kind.MADE
OFF_SHIFT, BLOCKED, AWAITING_MATERIAL, AWAITING_POWER, RUNNING = 2, 3, 4, 5, 6


def changed(*changes: tuple[Row, int | None]) -> SamplePath:
    """Return the workday with rows changed: each gets another amount, or goes when that is None."""
    rows = {row[:4]: row[4] for row in WORKDAY_ROWS}
    for row, amount in changes:
        rows[row[:4]] = amount
    return a_path(WORKDAY, [(*key, amount) for key, amount in rows.items() if amount is not None])


def row(hour: float, kind: Kind, material: int = NONE, entity: int = 0) -> Row:
    """Return the key of a row, with an amount that does not count."""
    return hour, kind, entity, material, 0


def test_the_workday_is_what_the_engine_makes_of_it():
    assert simulate(WORKDAY, seed=1, replication=0).tobytes() == a_path(WORKDAY, WORKDAY_ROWS).tobytes()


@pytest.mark.parametrize("invariant", [*invariants.INVARIANTS, invariants.everything])
def test_an_invariant_holds_on_the_workday(invariant):
    invariant(a_path(WORKDAY, WORKDAY_ROWS), WORKDAY)


FAULTS = [
    ("balance", "-1 kg in stock, below 0: 10 initial", [(row(14, Kind.SUPPLIED, STEEL), 1)]),
    ("balance", "7 items in stock and in flow to it, above its capacity of 6", [(row(12, Kind.SHIPPED, SHELL), None)]),
    ("balance", "2 items in flow, unloaded less made, must be 0", [(row(16, MADE, SHELL), None)]),
    ("balance", "-1 items in transit", [(row(14, Kind.RECEIVED, SHELL), 4)]),
    ("balance", "in transit", [(row(12, Kind.RECEIVED, SHELL), 3), (row(14, Kind.RECEIVED, SHELL), None)]),
    ("balance", "3 in transit with no vehicle on the way", [(row(14, Kind.RECEIVED, SHELL), None)]),
    ("balance", "more than the vehicles brought", [(row(14, Kind.ARRIVED), None)]),
    ("balance", "-1 vehicles in transit", [(row(13, Kind.ARRIVED), 1)]),
    ("balance", "2 vehicles leave at one instant", [(row(12, Kind.DEPARTED), 2)]),
    ("balance", "3 on a vehicle; its load is 3", [(row(12, Kind.DEPARTED), None), (row(14, Kind.ARRIVED), None)]),
    ("balance", "4 on a vehicle; its load is 3", [(row(12, Kind.SHIPPED, SHELL), 4)]),
    ("balance", "0 on a vehicle; its minimum is 1", [(row(13, Kind.DEPARTED), 1)]),
    ("balance", "1 loads, of 2 each", [(row(12, Kind.LOADS), 1)]),
    ("balance", "0 items added, added_lost where 1 is due", [(row(0, Kind.ADDED, SHELL), None)]),
    ("balance", "5 kg supplied, turned_away, lost where 4 is due", [(row(14, Kind.LOST, STEEL), 1)]),
    ("balance", "1 kg supplied, turned_away, lost where 0 is due", [(row(9, Kind.SUPPLIED, STEEL), 1)]),
    ("floors", "0 items left by links below the floor of 1", [(row(12, Kind.SHIPPED, SHELL), 5)]),
    ("states", "has no state at the first tick", [(row(0, STATE), None)]),
    ("states", "2 (off_shift) is the state it was in before", [(row(4, STATE), OFF_SHIFT)]),
    ("states", "7 is no state", [(row(8, STATE), 7)]),
    ("states", "not to the run", [(row(25, STATE), RUNNING)]),
    ("states", "1 (under_repair) of a line that never fails", [(row(8, STATE), 1)]),
    ("open_hours", "6 (running) is the state while its calendar is closed",
        [(row(7, STATE), RUNNING), (row(8, STATE), None)]),
    ("open_hours", "2 (off_shift) is the state while its calendar is open", [(row(15, STATE), OFF_SHIFT)]),
    ("open_hours", "0 (not_commissioned) is the state of a commissioned line", [(row(0, STATE), 0)]),
    ("inputs", "uses 3 steel, which no lot of its recipes takes", [(row(10, USED, STEEL), 3)]),
    ("inputs", "uses 4 steel with a lot on the line", [(row(9, USED, STEEL), 4)]),
    ("inputs", "unloads shell that it did not load before", [(row(13, UNLOADED, SHELL), 2)]),
    ("inputs", "unloads 1 good and 0 rejected shell of a lot of 2", [(row(10, UNLOADED, SHELL), 1)]),
    ("inputs", "unloads 1 shell, 1 steel as one lot", [(row(10, UNLOADED, SHELL), 1), (row(10, REJECTED, STEEL), 1)]),
    ("inputs", "6 (running) is its state with no lot loaded", [(row(12, STATE), None)]),
    ("inputs", "(awaiting_material) is its state with a lot loaded", [(row(11, STATE), AWAITING_MATERIAL)]),
    ("inputs", "takes 7200000 ticks (2.000 h) at full speed", [(row(9, STATE), OFF_SHIFT), (row(9.5, STATE), RUNNING)]),
    ("inputs", "ran 3600000 ticks (1.000 h) for a lot",
        [(row(15, UNLOADED, SHELL), 2), (row(16, UNLOADED, SHELL), None), (row(15, STATE), AWAITING_MATERIAL)]),
    ("inputs", "rejects 1 of 2, at a share of 0.0", [(row(10, UNLOADED, SHELL), 1), (row(10, REJECTED, SHELL), 1)]),
    ("capacity", "7200000 ticks of work unloaded, more than the 3600000 in which",
        [(row(9, UNLOADED, SHELL), 2), (row(10, UNLOADED, SHELL), None)]),
    ("power", "12 kW drawn, above supply, 10 kW", [(row(8, Kind.DRAWN), 12)]),
    ("power", "6 kW drawn, not the load of the lines that run, 5 kW", [(row(8, Kind.DRAWN), 6)]),
    ("power", "5 kW drawn, not the load", [(row(12, Kind.DRAWN), None), (row(14, Kind.DRAWN), None)]),
    ("power", "9 kW supplied, not what the grid is allotted, 10 kW", [(row(3, Kind.SUPPLY), 9)]),
    ("power", "900 is the speed, not what supply and load allow, 1000 thousandths", [(row(3, Kind.SPEED), 900)]),
    ("power", "10 is the supply it had before", [(row(3, Kind.SUPPLY), 10)]),
    ("power", "has no drawn at the first tick", [(row(0, Kind.DRAWN), None)]),
    ("fixed_point", "while what fill takes is there", [(row(13, Kind.SUPPLIED, STEEL), 4)]),
    ("order", "has an amount that is not above 0", [(row(12, Kind.SHIPPED, SHELL), -3)]),
    ("order", "has a value below 0", [(row(8, Kind.DRAWN), -1)]),
    ("order", "lies outside the run", [(row(24, Kind.DRAWN), 1)]),
    ("order", "has used of shell, which it does not handle", [(row(9, USED, SHELL), 1)]),
    ("order", "has drawn of shell, which it does not handle", [(row(9, Kind.DRAWN, SHELL), 1)]),
    ("order", "has missed of entity 1, which is not there", [(row(9, Kind.MISSED, entity=1), 1)]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "what", "changes"), FAULTS, ids=[f"{name}: {what}" for name, what, _ in FAULTS]
)
def test_an_invariant_notices_a_planted_fault(name, what, changes):
    path = changed(*changes)
    with pytest.raises(BrokenInvariant) as found:
        getattr(invariants, name)(path, WORKDAY)
    assert what in str(found.value)
    assert found.value.invariant in (name, "inputs", "states")
    with pytest.raises(BrokenInvariant):
        invariants.everything(path, WORKDAY)


def test_every_invariant_has_a_planted_fault():
    assert {each.__name__ for each in invariants.INVARIANTS} == {name for name, _, _ in FAULTS}


def test_a_broken_invariant_says_which_where_when_and_what():
    with pytest.raises(BrokenInvariant) as found:
        invariants.balance(changed((row(14, Kind.SUPPLIED, STEEL), 1)), WORKDAY)
    assert str(found.value) == (
        "balance: depot, steel at tick 50400000 (2024-01-01 14:00:00, 14.000 h): -1 kg in stock, below 0: "
        "10 initial + 0 added + 1 supplied + 0 made + 0 received - 12 used - 0 shipped"
    )
    assert (found.value.where, found.value.tick) == ("depot, steel", 14 * TICKS_PER_HOUR)


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        (lambda rows: rows[::-1], "is out of order"),
        (lambda rows: np.concatenate((rows[:1], rows)), "is there twice"),
        (lambda rows: rows.astype([(name, "<i8") for name in rows.dtype.names]), "has rows of"),
    ],
)
def test_rows_are_sorted_by_a_unique_key(rows, what):
    found = a_path(WORKDAY, WORKDAY_ROWS).rows
    with pytest.raises(BrokenInvariant, match=what):
        invariants.order(SamplePath(WORKDAY, rows(found), 0), WORKDAY)


def test_a_kind_that_is_none_is_noticed():
    rows = a_path(WORKDAY, WORKDAY_ROWS).rows.copy()
    rows["kind"][-1] = 77
    with pytest.raises(BrokenInvariant, match="kind 77"):
        invariants.order(SamplePath(WORKDAY, rows, 0), WORKDAY)


SLOW = with_policy(SHARED_GRID, GridPolicy.SLOW)
SLOW_ROWS = [
    (0, STATE, 0, NONE, RUNNING),
    (0, STATE, 1, NONE, RUNNING),
    (0, Kind.SUPPLY, 0, NONE, 10),
    (0, Kind.DRAWN, 0, NONE, 10),
    (0, Kind.SPEED, 0, NONE, 625),
]


@pytest.mark.parametrize(
    ("place", "amount", "what"),
    [
        (4, 624, "624 is the speed, not what supply and load allow, 625 thousandths"),
        (3, 9, "9 kW drawn, not the load"),
        (1, AWAITING_POWER, "625 is the speed; lines wait for power exactly at 0"),
    ],
)
def test_a_slow_grid_shares_its_supply_among_all(place, amount, what):
    assert simulate(SLOW, seed=1, replication=0).tobytes() == a_path(SLOW, SLOW_ROWS).tobytes()
    invariants.everything(a_path(SLOW, SLOW_ROWS), SLOW)
    rows = list(SLOW_ROWS)
    rows[place] = (*rows[place][:4], amount)
    with pytest.raises(BrokenInvariant, match=what):
        invariants.power(a_path(SLOW, rows), SLOW)


SHED_ROWS = [
    (0, STATE, 0, NONE, RUNNING),
    (0, STATE, 1, NONE, AWAITING_POWER),
    (0, Kind.SUPPLY, 0, NONE, 10),
    (0, Kind.DRAWN, 0, NONE, 8),
    (0, Kind.SPEED, 0, NONE, 1000),
]


def test_power_that_a_waiting_line_could_use_is_noticed():
    assert simulate(SHARED_GRID, seed=1, replication=0).tobytes() == a_path(SHARED_GRID, SHED_ROWS).tobytes()
    invariants.fixed_point(a_path(SHARED_GRID, SHED_ROWS), SHARED_GRID)
    idle = replace(SHARED_GRID, grids=(replace(SHARED_GRID.grids[0], supply=((0, 16),)),))
    rows = [*SHED_ROWS[:2], (0, Kind.SUPPLY, 0, NONE, 16), *SHED_ROWS[3:]]
    with pytest.raises(BrokenInvariant, match="8 kW are left, enough"):
        invariants.fixed_point(a_path(idle, rows), idle)


def rotating(*, feeders: int, powered_share: float) -> tuple[System, list[Row]]:
    """Return the shared grid with power for both lines and feeders in turn, and rows in which one line waits."""
    rotation = Rotation(feeders, ticks(4), powered_share)
    system = with_policy(SHARED_GRID, GridPolicy.ROTATE, supply=((0, 16),), rotation=rotation)
    return system, [*SHED_ROWS[:2], (0, Kind.SUPPLY, 0, NONE, 16), *SHED_ROWS[3:]]


def test_lines_of_one_feeder_are_dark_together():
    system, rows = rotating(feeders=2, powered_share=0.5)
    apart = replace(system, lines=(system.lines[0], replace(system.lines[1], feeder=1)))
    invariants.fixed_point(a_path(apart, rows), apart)
    with pytest.raises(BrokenInvariant, match="left to lines of its feeder that wait"):
        invariants.fixed_point(a_path(system, rows), system)


def test_no_more_feeders_are_dark_than_the_rotation_says():
    system, rows = rotating(feeders=8, powered_share=1.0)
    lines = tuple(replace(system.lines[0], name=f"filling/0/{k}", feeder=k) for k in range(3))
    three = replace(system, lines=lines)
    rows = [*rows[:2], (0, STATE, 2, NONE, AWAITING_POWER), *rows[2:]]
    with pytest.raises(BrokenInvariant, match="2 feeders have lines that wait for no reason, above 1"):
        invariants.fixed_point(a_path(three, rows), three)


def test_a_line_that_runs_on_a_dark_feeder_is_noticed():
    rotation = Rotation(4, ticks(4), 0.5)
    system = with_policy(SHARED_GRID, GridPolicy.ROTATE, supply=((0, 16),), rotation=rotation)
    path = simulate(system, seed=3, replication=5)
    invariants.everything(path, system, (3, 5))
    dark = path.of(STATE)[path.of(STATE)["amount"] == AWAITING_POWER]
    assert len(dark) > 0
    lit = replace(system, grids=(replace(system.grids[0], policy=GridPolicy.SHED, rotation=None),))
    heedless = SamplePath(system, simulate(lit, seed=3, replication=5).rows, 0)
    invariants.everything(heedless, system)
    first = int(dark["tick"][0])
    with pytest.raises(BrokenInvariant, match=r"6 \(running\) is its state on a dark feeder") as found:
        invariants.everything(heedless, system, (3, 5))
    assert (found.value.invariant, found.value.tick) == ("darkness", first)


FULL = a_system(a_line(), stores=(Store("depot", 0, (Holding(STEEL, 10), Holding(SHELL, 3, capacity=4))),))
FULL_ROWS = [
    (0, STATE, 0, NONE, RUNNING),
    (0, USED, 0, STEEL, 4),
    (2, STATE, 0, NONE, BLOCKED),
]


def test_room_for_the_lot_of_a_blocked_line_is_noticed():
    assert simulate(FULL, seed=1, replication=0).tobytes() == a_path(FULL, FULL_ROWS).tobytes()
    invariants.everything(a_path(FULL, FULL_ROWS), FULL)
    roomy = replace(FULL, stores=(Store("depot", 0, (Holding(STEEL, 10), Holding(SHELL, 2, capacity=4))),))
    with pytest.raises(BrokenInvariant, match="2 is the room in the store of a blocked line"):
        invariants.fixed_point(a_path(roomy, FULL_ROWS), roomy)


FLOWING = a_system(
    a_line(flow=hours(3)), stores=(Store("depot", 0, (Holding(STEEL, 4), Holding(SHELL, capacity=2))),)
)
FLOWING_ROWS = [
    (0, STATE, 0, NONE, RUNNING),
    (0, USED, 0, STEEL, 4),
    (2, STATE, 0, NONE, AWAITING_MATERIAL),
    (2, UNLOADED, 0, SHELL, 2),
    (5, MADE, 0, SHELL, 2),
]


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        (
            [*FLOWING_ROWS[:4], (2, MADE, 0, SHELL, 2)],
            "-2 items in flow, unloaded less made, must not be below 0",
        ),
        (
            [*FLOWING_ROWS, (6, UNLOADED, 0, SHELL, 2)],
            "4 items in stock and in flow to it, above its capacity of 2",
        ),
    ],
)
def test_what_flows_takes_time_and_room(rows, what):
    assert simulate(FLOWING, seed=1, replication=0).tobytes() == a_path(FLOWING, FLOWING_ROWS).tobytes()
    invariants.everything(a_path(FLOWING, FLOWING_ROWS), FLOWING)
    with pytest.raises(BrokenInvariant, match=what):
        invariants.balance(a_path(FLOWING, rows), FLOWING)


def test_a_vehicle_that_waits_in_front_of_room_is_noticed():
    port = Store("port", 0, (Holding(STEEL), Holding(SHELL, capacity=3)))
    system = replace(WORKDAY, stores=(*WORKDAY.stores, port), links=(replace(WORKDAY.links[0], to_store=1),))
    rows = [each for each in WORKDAY_ROWS if each[1] != Kind.RECEIVED]
    invariants.everything(a_path(system, WORKDAY_ROWS), system)
    with pytest.raises(BrokenInvariant, match="3 wait in vehicles that arrived, with room for all"):
        invariants.fixed_point(a_path(system, rows), system)


def test_a_line_is_not_commissioned_exactly_until_its_plant_is():
    late = a_system(a_line(commissioned=ticks(5)))
    path = simulate(late, seed=1, replication=0)
    invariants.everything(path, late)
    later = replace(late, lines=(replace(late.lines[0], commissioned=ticks(6)),))
    with pytest.raises(BrokenInvariant, match=r"6 \(running\) is the state before it is commissioned"):
        invariants.open_hours(path, later)
    earlier = replace(late, lines=(replace(late.lines[0], commissioned=ticks(4)),))
    with pytest.raises(BrokenInvariant, match="is the state of a commissioned line"):
        invariants.open_hours(path, earlier)


def test_a_new_plant_takes_its_longer_time():
    ramp = ((ticks(3), 50),)
    new = a_system(a_line(commissioned=ticks(0), ramp=ramp))
    path = simulate(new, seed=1, replication=0)
    assert path.of(UNLOADED)["tick"].tolist() == [ticks(4), ticks(6)]
    invariants.everything(path, new)
    with pytest.raises(BrokenInvariant, match="for a lot that takes 7200000 ticks"):
        invariants.inputs(path, replace(new, lines=(replace(new.lines[0], ramp=()),)))


def test_a_lot_that_takes_nothing_is_known_by_what_comes_off_the_line():
    recipe = replace(a_line().recipes[0], inputs=())
    free = a_system(a_line(recipes=(recipe,)), end_tick=ticks(5))
    path = simulate(free, seed=1, replication=0)
    assert path.of(UNLOADED)["tick"].tolist() == [ticks(2), ticks(4)]
    invariants.everything(path, free)
    with pytest.raises(BrokenInvariant, match="for a lot that takes"):
        invariants.inputs(path, replace(free, lines=(a_line(recipes=(replace(recipe, ticks=ticks(1)),)),)))


def test_what_a_broken_line_does_is_held_to_the_rest():
    failing = a_system(a_line(breakdown=Breakdown(1.0, hours(2)), commissioned=-NEVER))
    path = simulate(failing, seed=1, replication=0)
    assert 1 in path.of(STATE)["amount"]
    invariants.everything(path, failing)


TWO_KINDS = a_system(
    stores=(Store("depot", 0, (Holding(STEEL, 5), Holding(SHELL, 5, floor=1))),),
    links=(Link("road", 0, DELIVERED, (SHELL, STEEL), 6, 1, ((0, hours(9)),), hours(30)),),
    end_tick=ticks(10),
)
TWO_KINDS_ROWS = [
    (9, Kind.SHIPPED, 0, SHELL, 4),
    (9, Kind.SHIPPED, 0, STEEL, 2),
    (9, Kind.DEPARTED, 0, NONE, 1),
]


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        (
            [(9, Kind.SHIPPED, 0, SHELL, 4), (9, Kind.SHIPPED, 0, STEEL, 1)],
            "4 steel left above the floor of 0",
        ),
        (
            [(9, Kind.SHIPPED, 0, SHELL, 1), (9, Kind.SHIPPED, 0, STEEL, 5)],
            "4 shell left above the floor of 1",
        ),
    ],
)
def test_a_vehicle_takes_all_it_can_in_order_of_preference(rows, what):
    assert simulate(TWO_KINDS, seed=1, replication=0).tobytes() == a_path(TWO_KINDS, TWO_KINDS_ROWS).tobytes()
    invariants.everything(a_path(TWO_KINDS, TWO_KINDS_ROWS), TWO_KINDS)
    with pytest.raises(BrokenInvariant, match=what):
        invariants.floors(a_path(TWO_KINDS, [*rows, TWO_KINDS_ROWS[-1]]), TWO_KINDS)


PLANTED = [
    ("balance", (row(14, Kind.RECEIVED, SHELL), 4), "road, shell", 14),
    ("balance", (row(12, Kind.SHIPPED, SHELL), None), "depot, shell", 16),
    ("floors", (row(12, Kind.SHIPPED, SHELL), 5), "depot, shell", 12),
    ("balance", (row(9, Kind.SUPPLIED, STEEL), 1), "mill", 9),
    ("balance", (row(0, Kind.ADDED, SHELL), None), "depot, shell", 0),
    ("inputs", (row(10, USED, STEEL), 3), "filling/0/0", 10),
    ("open_hours", (row(15, STATE), OFF_SHIFT), "filling/0/0", 15),
    ("power", (row(8, Kind.DRAWN), 6), "here", 8),
    ("order", (row(9, USED, SHELL), 1), "filling/0/0", 9),
    ("order", (row(24, Kind.RECEIVED, SHELL), 1), "road", 24),
]


@pytest.mark.parametrize(("name", "change", "where", "hour"), PLANTED)
def test_one_changed_row_is_told_with_its_place_and_its_time(name, change, where, hour):
    with pytest.raises(BrokenInvariant) as found:
        getattr(invariants, name)(changed(change), WORKDAY)
    day, time = divmod(hour, 24)
    when = f"at tick {ticks(hour)} (2024-01-{day + 1:02} {time:02}:00:00, {hour:.3f} h): "
    assert str(found.value).startswith(f"{name}: {where} {when}")


def test_a_row_out_of_place_is_told_by_the_names_of_its_parts():
    with pytest.raises(BrokenInvariant, match="the row of 1 received of shell lies outside the run"):
        invariants.order(changed((row(24, Kind.RECEIVED, SHELL), 1)), WORKDAY)


def test_a_time_that_is_no_whole_second_is_told_to_the_millisecond():
    found = BrokenInvariant("balance", "depot", 1, "is off", start=WORKDAY.start)
    assert str(found) == "balance: depot at tick 1 (2024-01-01 00:00:00.001, 0.000 h): is off"
