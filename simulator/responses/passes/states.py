"""The time that lines spend in their states."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.jit import njit
from simulator.model.system import State
from simulator.responses.passes.words import NO_STRAY, Words, entity_of

Ints = npt.NDArray[np.int64]
STATES = len(State)
FIRST_WAIT, LAST_WAIT = int(State.BLOCKED), int(State.AWAITING_POWER)
"""The states in which others keep a line from working lie between these."""
AWAITING_MATERIAL = int(State.AWAITING_MATERIAL)


class Lines(NamedTuple):
    """What is known of the lines; by line, times in ticks."""

    state: Ints
    """-1 before the first."""
    begun: Ints
    """When the state began."""
    longest: Ints
    """The longest wait that has ended."""
    ticks: Ints
    """Time in each state by month; shape (months, lines, states)."""


def lines_of(count: int, months: int) -> Lines:
    """Return what is known of so many lines before the path begins."""
    begun, longest = np.zeros((2, count), dtype=np.int64)
    ticks = np.zeros((max(months, 1), count, STATES), dtype=np.int64)
    return Lines(np.full(count, -1), begun, longest, ticks)


@njit(nogil=True)
def count_states(words: Words, rows: Ints, edges: Ints, lines: Lines, waits: Ints) -> tuple[int, int]:
    """Count how long lines were in their states, from tick 0 to the end of the run.

    `rows` are the numbers of the rows of states. Months begin and end at `edges`, in ticks; the last is the
    run's end, after which comes a tick that no row reaches. Filled in are `lines` and, in order, tick, line,
    and -1 for every beginning or 1 for every end of a wait for material, as rows of `waits`, which has shape
    (rows + lines + 1, 3).

    Returns how many rows of `waits` there are, and the number of a row that holds no state, at which the
    pass stopped, else `NO_STRAY`.
    """
    state, begun, longest, ticks = lines
    month, count = 0, 0
    month_begun, edge = edges[0], edges[1]
    for row in rows:
        tick, line, new = max(words[row, 0], 0), entity_of(words[row, 1]), words[row, 2]
        if not 0 <= new < STATES:
            return count, row
        while tick >= edge:
            turn_month(state, begun, ticks, edges, month)
            month += 1
            month_begun, edge = edge, edges[month + 1]
        was = state[line]
        if was >= 0:
            leave_state(state, begun, longest, ticks, line, tick, month, month_begun)
        side = int(was == AWAITING_MATERIAL) - int(new == AWAITING_MATERIAL)
        waits[count, 0], waits[count, 1], waits[count, 2] = (
            tick,
            line,
            side,
        )  # the next overwrites a side of 0
        count += side != 0
        state[line], begun[line] = new, tick
    for later in range(month, len(edges) - 3):
        turn_month(state, begun, ticks, edges, later)
    end, last = edges[len(edges) - 2], max(len(edges) - 3, 0)
    for line in range(len(state)):
        if state[line] >= 0:
            leave_state(state, begun, longest, ticks, line, end, last, edges[last])
        if state[line] == AWAITING_MATERIAL:
            waits[count, 0], waits[count, 1], waits[count, 2] = end, line, 1
            count += 1
    return count, NO_STRAY


@njit(nogil=True)
def leave_state(
    state: Ints, begun: Ints, longest: Ints, ticks: Ints, line: int, tick: int, month: int, month_begun: int
) -> None:
    """Count the time of the state that a line is in, which ends at a tick of a month."""
    was = state[line]
    ticks[month, line, was] += tick - max(begun[line], month_begun)
    # without a branch, which would be foreseen badly
    waited = ((was >= FIRST_WAIT) & (was <= LAST_WAIT)) * (tick - begun[line])
    longest[line] = max(longest[line], waited)


@njit(nogil=True)
def turn_month(state: Ints, begun: Ints, ticks: Ints, edges: Ints, month: int) -> None:
    """Count the time of the states that lines are in at the end of a month."""
    for line in range(len(state)):
        if state[line] >= 0:
            ticks[month, line, state[line]] += edges[month + 1] - max(begun[line], edges[month])
