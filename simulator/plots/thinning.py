"""Fewer marks that draw the same picture."""

import numpy as np

from simulator.analysis.intervals import Ints
from simulator.model.system import NONE, State, System
from simulator.plots.timeline import Window
from simulator.responses.trajectories import Stretches


def steps(stretches: Stretches, *, cells: int) -> tuple[Ints, Ints]:
    """Return the ticks and values at which the steps of one entity are to be drawn, the last at the end.

    Of each of `cells` equal parts of the time the first, the least, the greatest and the last value stay, so that
    no peak is lost (Jugel and others, *M4: a visualization-oriented time series data aggregation*, 2014).
    """
    ticks = np.append(stretches.start, stretches.stop[-1:])
    values = np.append(stretches.value, stretches.value[-1:])
    if len(ticks) <= 4 * cells:
        return ticks, values
    cell = (ticks - ticks[0]) * cells // (ticks[-1] - ticks[0] + 1)
    first = np.flatnonzero(np.diff(cell, prepend=-1))
    last = np.append(first[1:], len(ticks)) - 1
    by_value = np.lexsort((values, cell))
    kept = np.unique(np.concatenate([first, last, by_value[first], by_value[last]]))
    return ticks[kept], values[kept]


def cells_of_states(stretches: Stretches, window: Window, *, cell: int) -> Stretches:
    """Return for each cell of time of each line the state that it was in longest while its calendar was open.

    It is `off_shift` in a cell in which the line was not open at all. Equal cells that touch are one stretch.
    """
    edges = np.append(np.arange(window.start, window.stop, cell), window.stop)
    lines = np.unique(stretches.entity)
    longest = np.array([_longest(stretches.of(int(line)), window.system, edges) for line in lines])
    row, column = np.nonzero(np.diff(longest, axis=1, prepend=-1))
    ends = np.append(column[1:], 0)
    ends[np.append(row[1:] != row[:-1], True)] = len(edges) - 1
    return Stretches(lines[row], edges[column], edges[ends], longest[row, column])


def _longest(own: Stretches, system: System, edges: Ints) -> Ints:
    """Return the state that a line was in longest in each cell while it was open; shape (cells,)."""
    calendar = system.lines[int(own.entity[0])].calendar
    ticks = np.zeros((len(State), len(edges) - 1), dtype=np.int64)
    for state in State:
        start, stop = own.start[own.value == state], own.stop[own.value == state]
        if state is State.UNDER_REPAIR and calendar != NONE:  # repairs go on outside shifts
            start, stop = _common(start, stop, *np.array(system.calendars[calendar].open).reshape(-1, 2).T)
        ticks[state] = _time_in_cells(start, stop, edges)
    ticks[State.OFF_SHIFT] = 0
    ticks[State.OFF_SHIFT] = ticks.sum(axis=0) == 0
    return np.asarray(ticks.argmax(axis=0), dtype=np.int64)


def _common(start: Ints, stop: Ints, opens: Ints, closes: Ints) -> tuple[Ints, Ints]:
    """Return what stretches have in common with those in which a calendar is open."""
    first, last = np.maximum(start[:, None], opens), np.minimum(stop[:, None], closes)
    return first[first < last], last[first < last]


def _time_in_cells(start: Ints, stop: Ints, edges: Ints) -> Ints:
    """Return how much of each cell stretches that do not overlap cover; shape (cells,)."""
    return _time_after(start, edges) - _time_after(stop, edges)


def _time_after(ticks: Ints, edges: Ints) -> Ints:
    """Return how much of each cell lies after each of some ticks, in sum; shape (cells,)."""
    cell = np.minimum(np.searchsorted(edges, ticks, side="right") - 1, len(edges) - 2)
    count = np.bincount(cell, minlength=len(edges) - 1)
    after = (np.cumsum(count) - count) * np.diff(edges)
    np.add.at(after, cell, edges[cell + 1] - ticks)
    return after
