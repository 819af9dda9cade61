"""Hand-worked paths of suppliers, dated additions, links and ranks: clauses 3, 4, 9, 13, 19 to 23."""

from datetime import date

from simulator import streams
from simulator.model.distributions import Variate
from simulator.model.realising.draws import draw
from simulator.model.system import DELIVERED, Holding, Link, Store, Supplier
from simulator.path import Kind
from tests.engines.build import (
    BODY,
    SHELL,
    STEEL,
    always,
    holdings,
    hours,
    line,
    log,
    recipe,
    shift,
    states,
    store,
    system,
)
from tests.engines.conftest import Unfold


def mill(**changes: object) -> Supplier:
    values: dict[str, object] = {"quantity": always(100), "every": always(6)}
    return Supplier("mill", STEEL, 0, **{**values, **changes})  # type: ignore[arg-type]


def ship(**changes: object) -> Link:
    values: dict[str, object] = {
        "materials": (SHELL,),
        "load": 30,
        "minimum": 10,
        "every": ((0, always(4)),),
        "transit": always(3),
    }
    return Link("sea", 0, DELIVERED, **{**values, **changes})  # type: ignore[arg-type]


def idle(**changes: object):  # type: ignore[no-untyped-def]
    """Return a system without lines."""
    return system(**{"plants": (), **changes})


def test_deliveries_come_one_interval_after_the_start_and_after_each_other(unfold: Unfold) -> None:
    path = unfold(idle(suppliers=(mill(),), end=20))
    assert log(path, Kind.SUPPLIED) == [
        (6, "mill", "steel", 100),
        (12, "mill", "steel", 100),
        (18, "mill", "steel", 100),
    ]
    assert path.bound_events == 3


def test_a_first_delivery_may_come_at_the_very_start(unfold: Unfold) -> None:
    fed = line(recipes=(recipe([(STEEL, 10)]),))
    path = unfold(system(fed, suppliers=(mill(first=0),), end=5, stores=store(*holdings(steel=0))))
    assert [entry[0] for entry in log(path, Kind.SUPPLIED)] == [0]
    assert states(path) == [(0, "running")]


def test_a_delivery_takes_the_room_there_is_and_the_rest_is_turned_away(unfold: Unfold) -> None:
    kept = (Holding(STEEL, 50, 120), Holding(BODY), Holding(SHELL))
    path = unfold(idle(suppliers=(mill(),), end=13, stores=store(*kept)))
    assert log(path, Kind.SUPPLIED) == [(6, "mill", "steel", 70)]
    assert log(path, Kind.TURNED_AWAY) == [(6, "mill", "steel", 30), (12, "mill", "steel", 100)]


def test_room_made_in_the_same_instant_comes_too_late_for_a_delivery(unfold: Unfold) -> None:
    kept = (Holding(STEEL, 100, 100), Holding(BODY), Holding(SHELL))
    slow = line(recipes=(recipe([(STEEL, 100)], lot_hours=6),))
    path = unfold(system(slow, suppliers=(mill(first=0),), end=5, stores=store(*kept)))
    assert log(path, Kind.TURNED_AWAY) == [(0, "mill", "steel", 100)]


def test_quantities_are_drawn_by_number_and_scaled_by_the_month(unfold: Unfold) -> None:
    law = Variate("uniform", (10.0, 99.0))
    halved = mill(quantity=law, every=always(24), monthly=(1.0, 0.5, *(1.0,) * 10))
    path = unfold(idle(suppliers=(halved,), end=24 * 40))
    expected = []
    for number in range(39):
        drawn = draw(law, "quantity", "mill", index=number, seed=1, replication=0)
        month = date.fromordinal(date(2024, 1, 1).toordinal() + number + 1).month
        expected.append(int(drawn * (0.5 if month == 2 else 1.0) + 0.5))
    assert [entry[3] for entry in log(path, Kind.SUPPLIED)] == expected


def test_a_table_says_when_and_how_much(unfold: Unfold) -> None:
    dated = mill(quantity=None, every=None, table=((hours(2), 30), (hours(5), 40)))
    path = unfold(idle(suppliers=(dated,), end=20))
    assert log(path, Kind.SUPPLIED) == [(2, "mill", "steel", 30), (5, "mill", "steel", 40)]


def test_deliveries_in_a_disruption_are_lost_its_start_included_its_end_not(unfold: Unfold) -> None:
    disrupted = mill(every=always(2), disruption_every=always(4), disruption_lasting=always(4))
    path = unfold(idle(suppliers=(disrupted,), end=15))
    assert [entry[0] for entry in log(path, Kind.LOST)] == [4, 6, 12, 14]
    assert [entry[0] for entry in log(path, Kind.SUPPLIED)] == [2, 8, 10]


def test_a_share_of_use_brings_what_open_lines_would_use_until_the_next(unfold: Unfold) -> None:
    by_day = line(calendar=0)
    always_open = line("works/1/0", recipes=(recipe([(BODY, 5)]), recipe([(STEEL, 30)], lot_hours=3)))
    new = line("works/2/0", commissioned=hours(9))
    share = mill(quantity=None, share_of_use=0.5, every=always(6), first=0)
    path = unfold(system(by_day, always_open, new, suppliers=(share,), end=20, calendars=shift((4, 10))))
    open_hours = [(2, 6, 0), (4, 6, 3), (0, 6, 6), (0, 2, 2)]
    expected = [int(0.5 * (a / 2 * 10 + b / 3 * 30 + c / 2 * 10) + 0.5) for a, b, c in open_hours]
    assert [entry[3] for entry in log(path, Kind.SUPPLIED)] == expected


def test_a_dated_addition_takes_the_room_there_is(unfold: Unfold) -> None:
    kept = (Holding(STEEL), Holding(BODY, 0, 10, added=((hours(3), 8), (hours(6), 8))), Holding(SHELL))
    path = unfold(idle(end=9, stores=store(*kept)))
    assert log(path, Kind.ADDED) == [(3, "yard", "body", 8), (6, "yard", "body", 2)]
    assert log(path, Kind.ADDED_LOST) == [(6, "yard", "body", 6)]
    assert path.bound_events == 2


def test_a_vehicle_leaves_when_its_minimum_is_there_and_arrives_after_its_transit(unfold: Unfold) -> None:
    path = unfold(system(line(), links=(ship(minimum=25),), end=12))
    assert log(path, Kind.SHIPPED, Kind.RECEIVED) == [(6, "sea", "shell", 30), (9, "sea", "shell", 30)]
    assert log(path, Kind.DEPARTED) == [(6, "sea", "", 1)]
    assert log(path, Kind.ARRIVED) == [(9, "sea", "", 1)]


def test_a_vehicle_due_while_one_waits_is_missed(unfold: Unfold) -> None:
    path = unfold(idle(links=(ship(),), end=13))
    assert log(path, Kind.MISSED) == [(8, "sea", "", 1), (12, "sea", "", 1)]


def test_loads_are_containers_rounded_up(unfold: Unfold) -> None:
    path = unfold(idle(links=(ship(loads_of=7),), end=9, stores=store(*holdings(shell=45))))
    assert log(path, Kind.LOADS) == [(4, "sea", "", 5), (8, "sea", "", 3)]


def test_a_load_is_taken_in_order_of_preference_above_the_floors(unfold: Unfold) -> None:
    kept = (Holding(STEEL), Holding(BODY, 20, floor=8), Holding(SHELL, 25, floor=5))
    path = unfold(idle(links=(ship(materials=(BODY, SHELL)),), end=9, stores=store(*kept)))
    assert log(path, Kind.SHIPPED) == [(4, "sea", "body", 12), (4, "sea", "shell", 18)]


def test_intervals_change_by_date_and_the_first_also_holds_before(unfold: Unfold) -> None:
    by_date = ship(every=((hours(5), always(2)), (hours(7), always(5))))
    path = unfold(idle(links=(by_date,), end=18, stores=store(*holdings(shell=1_000))))
    assert [entry[0] for entry in log(path, Kind.DEPARTED)] == [2, 4, 6, 8, 13]


def test_a_vehicle_waits_in_transit_until_there_is_room_for_all_it_brings(unfold: Unfold) -> None:
    yard = Store("yard", 0, holdings(shell=60))
    port = Store("port", 0, (Holding(SHELL, 0, 40),))
    ferry = Link("ferry", 0, 1, (SHELL,), 30, 30, ((0, always(4)),), always(1))
    export = Link("sea", 1, DELIVERED, (SHELL,), 30, 30, ((0, always(11)),), always(1))
    path = unfold(idle(links=(ferry, export), end=14, stores=(yard, port)))
    assert log(path, Kind.ARRIVED) == [(5, "ferry", "", 1), (9, "ferry", "", 1), (12, "sea", "", 1)]
    assert log(path, Kind.RECEIVED) == [
        (5, "ferry", "shell", 30),
        (11, "ferry", "shell", 30),
        (12, "sea", "shell", 30),
    ]


def test_priority_decides_who_loads_what_is_scarce(unfold: Unfold) -> None:
    lines = [line("works/0/0", priority=2), line("works/1/0", priority=1)]
    path = unfold(system(*lines, end=1, stores=store(*holdings(steel=10))))
    assert log(path, Kind.USED) == [(0, "works/1/0", "steel", 10)]


def test_among_equals_the_line_empty_for_longest_loads_first(unfold: Unfold) -> None:
    short = line("works/0/0", recipes=(recipe(lot_hours=4),))
    long = line("works/1/0", recipes=(recipe(lot_hours=3),))
    path = unfold(
        system(short, long, suppliers=(mill(quantity=always(10)),), end=7, stores=store(*holdings(steel=20)))
    )
    assert log(path, Kind.USED)[2:] == [(6, "works/1/0", "steel", 10)]


def test_a_longer_wait_outlasts_a_closed_shift(unfold: Unfold) -> None:
    first = line("works/0/0", calendar=0)
    second = line("works/1/0", calendar=0)
    late = mill(quantity=always(10), every=always(30))
    path = unfold(
        system(
            first,
            second,
            suppliers=(late,),
            end=31,
            calendars=shift((1, 8), (29, 31)),
            stores=store(*holdings(steel=10)),
        )
    )
    assert log(path, Kind.USED) == [(1, "works/0/0", "steel", 10), (30, "works/1/0", "steel", 10)]


def test_a_line_that_unloads_feeds_the_next_in_the_same_instant(unfold: Unfold) -> None:
    makes = line(recipes=(recipe([(STEEL, 10)], output=BODY),))
    takes = line("works/1/0", recipes=(recipe([(BODY, 10)]),))
    path = unfold(system(makes, takes, end=5, links=(ship(first=hours(4), minimum=1),)))
    assert [entry[0] for entry in log(path, Kind.USED) if entry[2] == "body"] == [2, 4]
    assert [entry[0] for entry in log(path, Kind.SHIPPED)] == [4]


def test_rows_before_the_horizon_have_negative_times(unfold: Unfold) -> None:
    path = unfold(system(line(), first_tick=-hours(3), end=2))
    assert [entry[0] for entry in log(path, Kind.MADE)] == [-1, 1]
    assert states(path) == [(-3, "running")]


def test_deliveries_are_received_before_vehicles_of_the_same_instant(unfold: Unfold) -> None:
    yard = Store("yard", 0, (Holding(STEEL, 100), Holding(SHELL)))
    port = Store("port", 0, (Holding(STEEL, 0, 100),))
    road = Link("road", 0, 1, (STEEL,), 60, 1, ((0, always(4)),), always(2))
    path = unfold(
        idle(
            links=(road,),
            suppliers=(Supplier("mill", STEEL, 1, quantity=always(70), every=always(6)),),
            end=7,
            stores=(yard, port),
        )
    )
    assert log(path, Kind.SUPPLIED) == [(6, "mill", "steel", 70)]
    assert log(path, Kind.RECEIVED) == []


def test_departure_intervals_are_drawn_by_vehicle_missed_or_not(unfold: Unfold) -> None:
    law = Variate("exponential", (3.0,))
    path = unfold(idle(links=(ship(every=((0, law),)),), end=60))
    tick, due = 0, []
    for number in range(100):
        tick += streams.duration_ticks(
            draw(law, "departure_interval", "sea", index=number, seed=1, replication=0)
        )
        due.append(tick)
    assert path.of(Kind.MISSED)["tick"].tolist() == [tick for tick in due[1:] if tick < hours(60)]
