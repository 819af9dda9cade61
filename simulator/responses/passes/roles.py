"""The time of lines, added up by role."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from simulator.jit import njit
from simulator.model.system import NONE, State

Ints = npt.NDArray[np.int64]
RUNNING = int(State.RUNNING)


@njit(nogil=True)
def by_role(ticks: Ints, role: Ints, found: Ints) -> None:
    """Add up ticks by month, line and state; `found` is by role and state."""
    for month in range(ticks.shape[0]):
        for line in range(ticks.shape[1]):
            for state in range(ticks.shape[2]):
                found[role[line], state] += ticks[month, line, state]


@njit(nogil=True)
def running_by_role(
    ticks: Ints, role: Ints, makes: npt.NDArray[np.bool_], found: Ints, producing: Ints
) -> None:
    """Add up the running time in ticks by month, line and state.

    `found` is by role and month; `producing`, of lines that make something, is by month.
    """
    for month in range(len(producing)):
        for line in range(ticks.shape[1]):
            running = ticks[month, line, RUNNING]
            found[role[line], month] += running
            if makes[line]:
                producing[month] += running


@njit(nogil=True)
def longest_by_role(longest: Ints, role: Ints, found: Ints) -> None:
    """Fill in the longest of the times of the lines of each role."""
    for line in range(len(longest)):
        found[role[line]] = max(found[role[line]], longest[line])


@njit(nogil=True)
def open_by_role(
    edges: Ints,
    opens: Ints,
    closes: Ints,
    first: Ints,
    role: Ints,
    calendar: Ints,
    commissioned: Ints,
    found: Ints,
) -> None:
    """Add up the time that lines are commissioned and open by calendar; `found` is by role and month.

    `opens` and `closes` are the open stretches of all calendars, those of calendar c from `first[c]` up to
    and without `first[c + 1]`; without calendar it is always open.
    """
    from_start = np.zeros((len(first), found.shape[1]), dtype=np.int64)  # by calendar, the last without
    for each in range(len(first)):
        _open(edges, opens, closes, first, each, 0, from_start[each])
    for line in range(len(role)):
        own = calendar[line] if calendar[line] != NONE else len(first) - 1
        if commissioned[line] > 0:
            _open(edges, opens, closes, first, own, commissioned[line], found[role[line]])
        else:
            for month in range(found.shape[1]):
                found[role[line], month] += from_start[own, month]


@njit(nogil=True)
def _open(
    edges: Ints, opens: Ints, closes: Ints, first: Ints, calendar: int, start: int, found: Ints
) -> None:
    """Add the time from a tick on that a calendar is open, or all of it for one beyond the last, by month."""
    if calendar == len(first) - 1:
        _spread(edges, 0, start, edges[len(found)], found)
    else:
        month = 0
        for stretch in range(first[calendar], first[calendar + 1]):
            month = _spread(edges, month, max(opens[stretch], start), closes[stretch], found)


@njit(nogil=True)
def _spread(edges: Ints, month: int, start: int, stop: int, found: Ints) -> int:
    """Add a stretch of time, cut off at the ends of the run, to the months that it lies in.

    `month` is one in or before which it begins; returns the last that it lies in, or `month` if in none.
    """
    start, stop = max(start, 0), min(stop, edges[len(found)])
    while start < stop:
        while start >= edges[month + 1]:
            month += 1
        until = min(stop, edges[month + 1])
        found[month] += until - start
        start = until
    return month


@njit(nogil=True)
def commissioned_by_month(edges: Ints, commissioned: Ints, makes: npt.NDArray[np.bool_], found: Ints) -> None:
    """Add up, by month, the time that lines that make something are commissioned."""
    for line in range(len(commissioned)):
        if makes[line]:
            for month in range(len(found)):
                found[month] += max(edges[month + 1] - max(commissioned[line], edges[month]), 0)
