"""The time that lines spend in their states."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from simulator.jit import njit
from simulator.model.system import State
from simulator.responses.passes.records import Records, record

Ints = npt.NDArray[np.int64]
STATES = len(State)
FIRST_WAIT, LAST_WAIT = int(State.BLOCKED), int(State.AWAITING_POWER)
"""The states in which others keep a line from working lie between these."""
AWAITING_MATERIAL = int(State.AWAITING_MATERIAL)

LINE = record("state begun longest need")
"""A line: its state, -1 before the first; the tick at which that began; the ticks of the longest wait that has
ended; the number of its need, NONE when its shortages are not asked for."""


def lines_before(need: Ints) -> Records:
    """Return the lines before the path begins, given the need of each."""
    lines = np.zeros(len(need), dtype=LINE)
    lines["state"] = -1
    lines["need"] = need
    return lines


@njit(nogil=True)
def leave_state(line: Any, ticks: Ints, number: int, tick: int, month_begun: int) -> None:
    """Count the time of the state that a line is in, if in any, which ends at a tick of a month.

    `ticks` are those of the month, by line and state. There are no branches, which would be foreseen badly.
    """
    was = line["state"]
    ticks[number, max(was, 0)] += (was >= 0) * (tick - max(line["begun"], month_begun))
    waited = ((was >= FIRST_WAIT) & (was <= LAST_WAIT)) * (tick - line["begun"])
    line["longest"] = max(line["longest"], waited)


@njit(nogil=True)
def turn_month(lines: Records, ticks: Ints, month_begun: int, end: int) -> None:
    """Count the time of the states that lines are in at the end of a month."""
    for number in range(len(lines)):
        line = lines[number]
        if line["state"] >= 0:
            ticks[number, line["state"]] += end - max(line["begun"], month_begun)
