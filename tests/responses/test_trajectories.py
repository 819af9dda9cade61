import pickle
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import RunError
from simulator.model.system import TICKS_PER_DAY, TICKS_PER_HOUR, State
from simulator.path import Kind
from simulator.responses import counted, holdings, intervals, opening, power, registered, rows, stocks
from simulator.responses.periods import months

HOUR = TICKS_PER_HOUR
END = 240
LINE, OTHER = "filling/0/0", "bodies/0/0"


def told(stretches, entity):
    """What is said of one entity: start, stop, value, the times in hours."""
    own = stretches.of(entity)
    return list(zip((own.start / HOUR).tolist(), (own.stop / HOUR).tolist(), own.value.tolist(), strict=True))


def warm(system):
    return replace(system, first_tick=-5 * TICKS_PER_DAY)


def test_a_state_lasts_until_the_next_of_its_line_and_the_last_until_the_end(system, path_of, states):
    path = path_of(
        system,
        states(LINE, (0, State.OFF_SHIFT), (8, State.RUNNING), (12, State.BLOCKED))
        + states(OTHER, (0, State.RUNNING)),
    )
    assert told(intervals(path), 1) == [
        (0, 8, State.OFF_SHIFT),
        (8, 12, State.RUNNING),
        (12, END, State.BLOCKED),
    ]
    assert told(intervals(path), 0) == [(0, END, State.RUNNING)]
    assert told(intervals(path), 2) == []


def test_stretches_within_a_span_are_cut_off_at_its_ends(system, path_of, states):
    path = path_of(system, states(LINE, (0, State.OFF_SHIFT), (8, State.RUNNING), (12, State.BLOCKED)))
    part = intervals(path).within(8 * HOUR, 11 * HOUR)
    assert told(part, 1) == [(8, 11, State.RUNNING)]
    assert part.ticks.tolist() == [3 * HOUR]


def test_stocks_say_what_every_instant_leaves(system, path_of):
    path = path_of(
        system,
        [
            (0, Kind.USED, OTHER, "steel", 100),
            (5, Kind.SUPPLIED, "mill", "steel", 30),
            (5, Kind.USED, OTHER, "steel", 100),
            (7, Kind.MADE, LINE, "shell", 4),
            (9, Kind.SHIPPED, "rail", "shell", 4),
            (33, Kind.RECEIVED, "rail", "shell", 4),
        ],
    )
    names = [(store.name, holding.material) for store, holding in holdings(system)]
    assert names[:2] == [("depot", 0), ("depot", 1)]
    assert told(stocks(path), 0) == [(0, 5, 900), (5, END, 830)]
    assert told(stocks(path), 1) == [(0, END, 0)]
    assert told(stocks(path), 3) == [(0, 7, 0), (7, 9, 4), (9, END, 0)]
    assert told(stocks(path), names.index(("port", 3))) == [(0, 33, 30), (33, END, 34)]


def test_what_is_delivered_comes_into_no_store(system, path_of):
    path = path_of(system, [(33, Kind.RECEIVED, "sea", "shell", 4)])
    assert np.array_equal(stocks(path).value, [holding.initial for _, holding in holdings(system)])


def test_a_path_that_moves_what_a_store_does_not_keep_is_refused(system, path_of):
    path = path_of(system, [(33, Kind.RECEIVED, "rail", "body", 4)])
    with pytest.raises(RunError, match="received of rail moves body, which its store does not keep"):
        stocks(path)


def test_power_holds_supply_draw_and_speed_from_change_to_change(system, path_of):
    path = path_of(
        system,
        [
            (0, Kind.SUPPLY, "north", None, 500),
            (0, Kind.DRAWN, "north", None, 0),
            (0, Kind.SPEED, "north", None, 1000),
            (8, Kind.DRAWN, "north", None, 40),
            (9, Kind.SUPPLY, "north", None, 30),
            (9, Kind.SPEED, "north", None, 750),
        ],
    )
    assert told(power(path).supply, 0) == [(0, 9, 500), (9, END, 30)]
    assert told(power(path).drawn, 0) == [(0, 8, 0), (8, END, 40)]
    assert told(power(path).speed, 0) == [(0, 9, 1000), (9, END, 750)]


def test_the_opening_is_what_the_last_instant_before_the_start_left(system, path_of):
    path = path_of(
        warm(system),
        [
            (-30, Kind.SUPPLIED, "mill", "steel", 11),
            (-20, Kind.SHIPPED, "rail", "old", 9),
            (-1, Kind.RECEIVED, "rail", "old", 5),
            (0, Kind.USED, OTHER, "steel", 100),
            (0, Kind.RECEIVED, "rail", "old", 4),
        ],
    )
    assert opening(path).stock.tolist() == [1011, 0, 100, 0, 491, 30, 15]
    assert opening(path).in_transit.tolist() == [[0, 0, 0, 0, 4], [0, 0, 0, 0, 0]]


def test_without_a_warm_up_the_opening_is_the_initial_stock(system, path_of):
    path = path_of(system, [(0, Kind.USED, OTHER, "steel", 100)])
    assert opening(path).stock.tolist() == [1000, 0, 100, 0, 500, 30, 10]


def test_the_warm_up_counts_in_no_response_but_in_what_is_there(system, path_of, states):
    path = path_of(
        warm(system),
        [
            *states(LINE, (-120, State.OFF_SHIFT), (-10, State.RUNNING), (6, State.OFF_SHIFT)),
            (-20, Kind.MADE, LINE, "shell", 8),
            (-20, Kind.SHIPPED, "rail", "shell", 8),
            (-20, Kind.DEPARTED, "rail", None, 1),
            (-9, Kind.DRAWN, "north", None, 5),
            (-8, Kind.USED, OTHER, "steel", 100),
            (3, Kind.USED, OTHER, "steel", 100),
        ],
    )
    found = {}
    for response in registered().values():
        found |= response.measure(path)
    expected = {
        "made": 0,
        "departures.rail": 0,
        "used.steel": 100,
        "in_transit.shell": 8,
        "stock.depot.steel": 800,
        "drawn_down.depot.steel": 100,
        "hours.filling.running": 6,
        "hours.filling.off_shift": 234,
        "energy.north": 5 * 240,
        "lost_output.off_shift": 234 * 2,
        "utilisation.2023-01": 6 / (3 * 72),
    }
    assert {name: found[name] for name in expected} == expected


def test_rows_have_the_warm_up_and_counted_rows_have_not(system, path_of):
    path = path_of(warm(system), [(-1, Kind.MADE, LINE, "shell", 8), (0, Kind.MADE, LINE, "shell", 2)])
    assert rows(path, Kind.MADE).amount.tolist() == [8, 2]
    assert counted(path, Kind.MADE).amount.tolist() == [2]


def test_what_is_shared_between_responses_cannot_be_written_to(system, path_of):
    path = path_of(system, [(0, Kind.MADE, LINE, "shell", 2)])
    for array in (rows(path, Kind.MADE).amount, stocks(path).value, intervals(path).stop):
        with pytest.raises(ValueError, match="read-only"):
            array[:] = 0


def test_a_path_can_still_be_pickled(system, path_of):
    path = path_of(system, [(0, Kind.MADE, LINE, "shell", 2)])
    stocks(path)
    assert pickle.loads(pickle.dumps(path)).tobytes() == path.tobytes()


MOVES = (
    (Kind.SUPPLIED, "mill", "steel", 0, 1),
    (Kind.USED, OTHER, "steel", 0, -1),
    (Kind.MADE, LINE, "shell", 3, 1),
    (Kind.SHIPPED, "rail", "shell", 3, -1),
    (Kind.RECEIVED, "rail", "shell", 5, 1),
)


@given(moves=st.lists(st.tuples(st.integers(-3, 5), st.sampled_from(MOVES), st.integers(1, 9)), max_size=12))
def test_stocks_are_the_initial_stock_and_all_moves_up_to_an_instant(system, path_of, moves):
    path = path_of(
        warm(system), [(hour, kind, name, what, amount) for hour, (kind, name, what, _, _), amount in moves]
    )
    initial = [holding.initial for _, holding in holdings(system)]
    for hour in range(-4, 7):
        found = stocks(path).within(hour * HOUR, hour * HOUR + 1)
        expected = list(initial)
        for when, (_, _, _, place, sign), amount in moves:
            expected[place] += sign * amount * (when <= hour)
        assert found.value.tolist() == expected


def test_months_are_cut_off_by_the_run(system):
    labels, edges = months(system)
    assert labels == ["2023-01", "2023-02"]
    assert edges.tolist() == [0, 3 * TICKS_PER_DAY, 10 * TICKS_PER_DAY]


def test_months_go_on_into_the_next_year(system):
    labels, _ = months(replace(system, end_tick=400 * TICKS_PER_DAY))
    assert (labels[0], labels[11], labels[12], labels[-1]) == ("2023-01", "2023-12", "2024-01", "2024-03")
