"""The time that lines spend in their states."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.jit import njit
from simulator.model.system import State

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
def leave_state(
    state: Ints, begun: Ints, longest: Ints, ticks: Ints, line: int, tick: int, month: int, month_begun: int
) -> None:
    """Count the time of the state that a line is in, if in any, which ends at a tick of a month.

    There are no branches, which would be foreseen badly, and cost the counting of references to arrays.
    """
    was = state[line]
    ticks[month, line, max(was, 0)] += (was >= 0) * (tick - max(begun[line], month_begun))
    waited = ((was >= FIRST_WAIT) & (was <= LAST_WAIT)) * (tick - begun[line])
    longest[line] = max(longest[line], waited)


@njit(nogil=True)
def turn_month(state: Ints, begun: Ints, ticks: Ints, edges: Ints, month: int) -> None:
    """Count the time of the states that lines are in at the end of a month."""
    for line in range(len(state)):
        if state[line] >= 0:
            ticks[month, line, state[line]] += edges[month + 1] - max(begun[line], edges[month])
