import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulator.model.system import NONE, State
from simulator.responses.passes.roles import (
    by_role,
    commissioned_by_month,
    longest_by_role,
    open_by_role,
    running_by_role,
)

END = 20
EDGES = st.sets(st.integers(1, END - 1), max_size=4).map(
    lambda inner: np.array([*sorted({0, END} | inner), 99])
)
STRETCHES = (
    st.sets(st.integers(-5, END), max_size=8)
    .map(sorted)
    .map(lambda t: list(zip(t[::2], t[1::2], strict=False)))
)


def whole(*numbers):
    return np.array(numbers, dtype=np.int64)


def test_time_is_added_up_over_months_and_lines_of_a_role():
    ticks = np.zeros((2, 3, len(State)), dtype=np.int64)
    ticks[0, :, State.RUNNING] = 1, 2, 4
    ticks[1, :, State.RUNNING] = 8, 16, 32
    ticks[1, 2, State.BLOCKED] = 64
    role, makes = whole(1, 0, 1), np.array([True, True, False])
    found, running = np.zeros((2, len(State)), dtype=np.int64), np.zeros((2, 2), dtype=np.int64)
    producing = whole(0, 0)
    by_role(ticks, role, found)
    running_by_role(ticks, role, makes, running, producing)
    assert found[:, State.RUNNING].tolist() == [18, 45]
    assert found[:, State.BLOCKED].tolist() == [0, 64]
    assert running.tolist() == [[2, 16], [5, 40]]
    assert producing.tolist() == [3, 24]


def test_the_longest_wait_of_a_role_is_that_of_one_of_its_lines():
    found = whole(0, 0, 0)
    longest_by_role(whole(3, 9, 4), whole(0, 2, 0), found)
    assert found.tolist() == [4, 0, 9]


def test_lines_are_open_by_calendar_from_when_they_are_commissioned():
    # months of 10 and 20 ticks; the calendar is open from 5 to 15 and from 25 on, beyond the end
    found = np.zeros((2, 2), dtype=np.int64)
    open_by_role(
        whole(0, 10, 30, 99),
        whole(5, 25),
        whole(15, 40),
        whole(0, 2),
        whole(0, 0, 1, 1),
        whole(0, 0, NONE, NONE),
        whole(-7, 8, 12, 0),
        found,
    )
    assert found.tolist() == [[5 + 2, 10 + 10], [10, 18 + 20]]


@given(edges=EDGES, calendars=st.lists(STRETCHES, max_size=3), data=st.data())
def test_open_time_is_what_a_look_at_every_tick_finds(edges, calendars, data):
    lines = data.draw(
        st.lists(
            st.tuples(st.integers(0, 1), st.integers(NONE, len(calendars) - 1), st.integers(-5, END + 3)),
            max_size=5,
        )
    )
    expected = np.zeros((2, len(edges) - 2), dtype=np.int64)
    for role, calendar, commissioned in lines:
        for tick in range(max(commissioned, 0), END):
            if calendar == NONE or any(start <= tick < stop for start, stop in calendars[calendar]):
                expected[role, np.searchsorted(edges, tick, side="right") - 1] += 1
    stretches = [each for calendar in calendars for each in calendar]
    opens, closes = np.array(stretches, dtype=np.int64).reshape(-1, 2).T
    first = np.cumsum([0, *map(len, calendars)], dtype=np.int64)
    found = np.zeros_like(expected)
    open_by_role(edges, opens, closes, first, *np.array(lines, dtype=np.int64).reshape(-1, 3).T.copy(), found)
    assert (found == expected).all()


@given(edges=EDGES, lines=st.lists(st.tuples(st.integers(-5, END + 3), st.booleans()), max_size=5))
def test_commissioned_time_is_what_a_look_at_every_tick_finds(edges, lines):
    expected = np.zeros(len(edges) - 2, dtype=np.int64)
    for tick in range(END):
        month = np.searchsorted(edges, tick, side="right") - 1
        expected[month] += sum(makes and commissioned <= tick for commissioned, makes in lines)
    found = np.zeros_like(expected)
    commissioned_by_month(
        edges,
        np.array([tick for tick, _ in lines], dtype=np.int64),
        np.array([makes for _, makes in lines], dtype=bool),
        found,
    )
    assert (found == expected).all()
