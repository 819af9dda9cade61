import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.model.system import Calendar, State
from simulator.plots.thinning import cells_of_states, steps
from simulator.plots.timeline import Window, window
from simulator.responses import intervals
from simulator.responses.trajectories import Stretches


def stretches(values):
    ticks = np.arange(len(values), dtype=np.int64) * 10
    return Stretches(np.zeros_like(ticks), ticks, ticks + 10, np.array(values, dtype=np.int64))


def test_few_steps_are_all_drawn_up_to_the_end():
    ticks, values = steps(stretches([5, 6, 7]), cells=10)
    assert (ticks.tolist(), values.tolist()) == ([0, 10, 20, 30], [5, 6, 7, 7])


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=500), st.integers(1, 20))
def test_no_peak_is_lost_and_marks_are_few(values, cells):
    ticks, kept = steps(stretches(values), cells=cells)
    assert len(ticks) <= max(4 * cells, len(values) + 1 if len(values) < 4 * cells else 0)
    assert (kept.min(), kept.max()) == (min(values), max(values))
    assert (ticks[0], kept[0]) == (0, values[0])
    assert (ticks[-1], kept[-1]) == (10 * len(values), values[-1])
    assert np.all(np.diff(ticks) > 0)


def by_hand(path, line, start, stop):
    """Ticks of each state in a cell while the line's calendar is open, one tick after the other in hours."""
    system = path.system
    calendar = system.lines[line].calendar
    opens = ((start, stop),) if calendar < 0 else system.calendars[calendar].open
    found = dict.fromkeys(State, 0)
    own = intervals(path).of(line)
    for first, last, value in zip(own.start.tolist(), own.stop.tolist(), own.value.tolist(), strict=True):
        state = State(value)
        for opened, closed in opens if state is State.UNDER_REPAIR else ((start, stop),):
            found[state] += max(0, min(last, stop, closed) - max(first, start, opened))
    found[State.OFF_SHIFT] = 0
    return found


@pytest.mark.parametrize("hours", [1, 24, 168])
def test_a_cell_has_the_state_that_held_longest_while_the_line_was_open(path, hours):
    cell = hours * 3_600_000
    whole = window(path.system, None)
    found = cells_of_states(intervals(path), whole, cell=cell)
    for line in range(0, len(path.system.lines), 3):
        own = found.of(line)
        assert own.start[0] == whole.start
        assert own.stop[-1] == whole.stop
        assert np.all(own.start[1:] == own.stop[:-1])
        assert np.all(own.value[1:] != own.value[:-1])
        for start in range(whole.start, whole.stop, max(cell, 30 * 3_600_000) // cell * cell):
            spent = by_hand(path, line, start, min(start + cell, whole.stop))
            told = State(int(own.value[np.searchsorted(own.start, start, side="right") - 1]))
            if any(spent.values()):
                assert spent[told] == max(spent.values())
            else:
                assert told is State.OFF_SHIFT


def test_a_window_is_cut_to_the_run(path):
    system = path.system
    days = system.day_of(system.end_tick - 1), system.day_of(system.end_tick + 10**9)
    assert window(system, days) == Window(system, system.tick_of(days[0]), system.end_tick)


def test_of_a_repair_only_what_falls_into_open_hours_counts(path):
    hour = 3_600_000
    line = next(number for number, line in enumerate(path.system.lines) if line.calendar >= 0)
    calendars = list(path.system.calendars)
    calendars[path.system.lines[line].calendar] = Calendar("one shift", ((16 * hour, 24 * hour),))
    system = dataclasses.replace(path.system, calendars=tuple(calendars))
    # 19 h of repair, 3 of them in the shift, then 5 of work
    edges = np.array([0, 19 * hour, 24 * hour], dtype=np.int64)
    states = np.array([State.UNDER_REPAIR, State.RUNNING], dtype=np.int64)
    day = Stretches(np.full(2, line), edges[:-1], edges[1:], states)
    found = cells_of_states(day, Window(system, 0, 24 * hour), cell=24 * hour)
    assert found.value.tolist() == [State.RUNNING]
