"""Hand-worked paths of grids: clauses 3, 6, 9, 14 to 17."""

from dataclasses import replace

from simulator import streams
from simulator.model.realising.draws import key_word
from simulator.model.system import TICKS_PER_DAY, Breakdown, Curtailment, Rotation
from simulator.path import Kind
from tests.engines.build import (
    MONDAY,
    always,
    grid,
    holdings,
    hours,
    line,
    log,
    powered,
    recipe,
    shift,
    states,
    store,
)
from tests.engines.conftest import Unfold


def forge(name: str = "works/0/0", kw: int = 50, **changes: object):  # type: ignore[no-untyped-def]
    return line(name, recipes=(recipe(kw=kw),), **changes)


def test_lines_connect_first_fit_in_rank_order(unfold: Unfold) -> None:
    lines = [forge("works/0/0", 60), forge("works/1/0", 50), forge("works/2/0", 40)]
    path = unfold(powered(*lines, grid=grid(100), end=1))
    assert [states(path, number)[0][1] for number in range(3)] == ["running", "awaiting_power", "running"]
    assert log(path, Kind.SUPPLY, Kind.DRAWN, Kind.SPEED) == [
        (0, "here", "", 100),
        (0, "here", "", 100),
        (0, "here", "", 1000),
    ]


def test_priority_comes_before_number_at_the_socket(unfold: Unfold) -> None:
    lines = [forge("works/0/0", 60, priority=2), forge("works/1/0", 60, priority=1)]
    path = unfold(powered(*lines, grid=grid(100), end=1))
    assert [states(path, number)[0][1] for number in range(2)] == ["awaiting_power", "running"]


def test_every_lot_connects_anew_behind_those_loaded_longer(unfold: Unfold) -> None:
    path = unfold(powered(forge("works/0/0", 60), forge("works/1/0", 60), grid=grid(100), end=7))
    assert states(path, 0) == [(0, "running"), (2, "awaiting_power"), (4, "running"), (6, "awaiting_power")]
    assert states(path, 1) == [(0, "awaiting_power"), (2, "running"), (4, "awaiting_power"), (6, "running")]


def test_falling_supply_sheds_the_lowest_and_keeps_what_fits_after_all(unfold: Unfold) -> None:
    lines = [
        forge("works/0/0", 30, priority=1),
        forge("works/1/0", 40, priority=2),
        forge("works/2/0", 20, priority=3),
    ]
    falling = grid(100, supply=((0, 100), (hours(1), 55)))
    path = unfold(powered(*lines, grid=falling, end=1.5))
    assert [states(path, number)[-1][1] for number in range(3)] == ["running", "awaiting_power", "running"]
    assert log(path, Kind.DRAWN) == [(0, "here", "", 90), (1, "here", "", 50)]


def test_a_shed_line_keeps_its_work_and_goes_on_when_there_is_power(unfold: Unfold) -> None:
    gap = grid(100, supply=((0, 100), (hours(1), 10), (hours(5), 100)))
    path = unfold(powered(forge(), grid=gap, end=8))
    assert states(path) == [(0, "running"), (1, "awaiting_power"), (5, "running")]
    assert [entry[0] for entry in log(path, Kind.MADE)] == [6]
    assert path.bound_events == 3


def test_among_equals_the_most_recently_connected_is_shed(unfold: Unfold) -> None:
    late = forge("works/0/0", calendar=0)
    early = forge("works/1/0")
    falling = grid(100, supply=((0, 100), (hours(1.5), 50)))
    path = unfold(powered(late, early, grid=falling, end=1.75, calendars=shift((1, 9))))
    assert states(path, 0)[-1] == (1.5, "awaiting_power")
    assert states(path, 1)[-1] == (0, "running")


def test_a_slow_grid_lets_all_run_slower(unfold: Unfold) -> None:
    path = unfold(powered(forge("works/0/0"), forge("works/1/0"), grid=grid(75, "slow"), end=6))
    lot = hours(2) * 1000 // 750
    assert path.of(Kind.MADE)["tick"].tolist() == [lot, lot, 2 * lot, 2 * lot]
    assert log(path, Kind.SPEED) == [(0, "here", "", 750)]
    assert log(path, Kind.DRAWN) == [(0, "here", "", 75)]


def test_a_change_of_speed_keeps_what_is_done(unfold: Unfold) -> None:
    later = forge("works/1/0", calendar=0)
    path = unfold(powered(forge("works/0/0"), later, grid=grid(50, "slow"), end=4, calendars=shift((1, 9))))
    assert log(path, Kind.SPEED) == [(0, "here", "", 1000), (1, "here", "", 500)]
    assert log(path, Kind.MADE) == [(3, "works/0/0", "shell", 10)]


def test_without_any_supply_nothing_runs_on_a_slow_grid(unfold: Unfold) -> None:
    none = grid(0, "slow", supply=((0, 0), (hours(3), 50)))
    path = unfold(powered(forge(breakdown=Breakdown(1e9, always(1))), grid=none, end=6))
    assert states(path) == [(0, "awaiting_power"), (3, "running")]
    assert log(path, Kind.SPEED) == [(0, "here", "", 0), (3, "here", "", 1000)]
    assert [entry[0] for entry in log(path, Kind.MADE)] == [5]


def test_a_failure_on_a_slow_grid_counts_ticks_of_running_whatever_the_speed(unfold: Unfold) -> None:
    word = key_word("failure", "works/0/0")
    to_failure = streams.duration_ticks(-3.0 * streams.log(1.0 - streams.uniform(1, word, 0, 0)))
    path = unfold(powered(forge(breakdown=Breakdown(3.0, always(1))), grid=grid(25, "slow"), end=100))
    assert states(path)[1] == (to_failure / hours(1), "under_repair")


def test_curtailment_takes_its_depth_after_a_full_interval(unfold: Unfold) -> None:
    cut = grid(100, curtailment=Curtailment(always(5), always(2), always(0.333)))
    path = unfold(powered(forge(), grid=cut, end=13))
    assert log(path, Kind.SUPPLY) == [
        (0, "here", "", 100),
        (5, "here", "", 67),
        (7, "here", "", 100),
        (12, "here", "", 67),
    ]
    assert states(path) == [(0, "running")]


def test_supply_follows_the_month_and_the_curtailment_in_force(unfold: Unfold) -> None:
    both = grid(
        100, supply=((0, 100), (hours(6), 200)), curtailment=Curtailment(always(5), always(2), always(0.5))
    )
    path = unfold(powered(forge(), grid=both, end=9))
    assert [entry[0::3] for entry in log(path, Kind.SUPPLY)] == [(0, 100), (5, 50), (6, 100), (7, 200)]


def rotating(feeders: int, period_hours: float, powered_hours: float):  # type: ignore[no-untyped-def]
    return grid(1_000, "rotate", rotation=Rotation(feeders, hours(period_hours), powered_hours / 24))


def dark(feeders: int, period_hours: float, powered_hours: float, tick: int) -> set[int]:
    """Return the dark feeders by clause 16, worked out anew."""
    since = (MONDAY.toordinal() - 1) * TICKS_PER_DAY + tick
    period = since // hours(period_hours)
    day = period * hours(period_hours) // TICKS_PER_DAY
    u = streams.uniform(1, key_word("rotation", "here"), 0, day)
    u_start = streams.uniform(1, key_word("rotation_start", "here"), 0, period)
    count = int(feeders * (1.0 - powered_hours / 24) + u)
    return {(int(feeders * u_start) + place) % feeders for place in range(count)}


def test_feeders_are_dark_by_lot_period_after_period(unfold: Unfold) -> None:
    lines = [forge(f"works/{feeder}/0", 1, feeder=feeder) for feeder in range(6)]
    path = unfold(powered(*lines, grid=rotating(6, 4, 15), end=96, stores=store(*holdings(steel=10_000))))
    seen_dark = 0
    for feeder in range(6):
        found = states(path, feeder)
        for hour in range(0, 96, 4):
            is_dark = feeder in dark(6, 4, 15, hours(hour))
            last = [state for when, state in found if when <= hour + 1][-1]
            assert (last == "awaiting_power") == is_dark, (feeder, hour)
            seen_dark += is_dark
    assert 30 < seen_dark < 80
    assert path.bound_events == 23 + len(log(path, Kind.MADE))


def test_a_dark_line_loads_and_waits_for_power(unfold: Unfold) -> None:
    path = unfold(powered(forge(), grid=rotating(1, 4, 0), end=8))
    assert log(path, Kind.USED) == [(0, "works/0/0", "steel", 10)]
    assert states(path) == [(0, "awaiting_power")]


def test_fully_powered_feeders_are_never_dark(unfold: Unfold) -> None:
    path = unfold(powered(forge(), grid=rotating(3, 4, 24), end=48))
    assert states(path) == [(0, "running")]


def test_a_rotating_grid_also_sheds_what_its_supply_cannot_carry(unfold: Unfold) -> None:
    lit = replace(rotating(3, 4, 24), supply=((0, 60),))
    path = unfold(powered(forge("works/0/0"), forge("works/1/0"), grid=lit, end=1))
    assert [states(path, number)[0][1] for number in range(2)] == ["running", "awaiting_power"]


def test_lines_that_only_draw_power_compete_by_rank(unfold: Unfold) -> None:
    load = line("other/0/0", recipes=(), load_kw=80, from_store=-1, to_store=-1, priority=1)
    path = unfold(powered(forge(priority=2), load, grid=grid(100), end=1))
    assert [states(path, number)[0][1] for number in range(2)] == ["awaiting_power", "running"]


def test_a_line_freed_by_another_connects_at_the_same_instant(unfold: Unfold) -> None:
    first = forge("works/0/0", 60)
    second = forge("works/1/0", 60)
    path = unfold(powered(first, second, grid=grid(100), end=3, stores=store(*holdings(steel=20))))
    assert states(path, 0) == [(0, "running"), (2, "awaiting_material")]
    assert states(path, 1) == [(0, "awaiting_power"), (2, "running")]
