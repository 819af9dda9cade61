"""Durations in whole ticks of one millisecond."""

from __future__ import annotations

import math

from simulator.jit import njit

TICKS_PER_HOUR = 3_600_000
LONGEST_TICKS = 1 << 52
"""The longest duration, 142,000 years: past any horizon, and exact as a float."""


@njit
def duration_ticks(hours: float) -> int:
    """Return a duration in ticks, rounded half up: at least 1, at most `LONGEST_TICKS`.

    Raises ValueError for NaN.
    """
    ticks = hours * TICKS_PER_HOUR + 0.5
    if ticks != ticks:
        raise ValueError("a duration is not a number")
    if ticks >= LONGEST_TICKS:
        return LONGEST_TICKS
    return math.floor(ticks) if ticks >= 2.0 else 1
