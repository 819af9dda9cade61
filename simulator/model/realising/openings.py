"""The stretches of a run in which a calendar is open."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from simulator.model.calendars import Calendar
from simulator.model.realising.span import Span
from simulator.model.system import TICKS_PER_DAY, TICKS_PER_HOUR

OPEN_HOURS = {0: (0, 0), 1: (8, 16), 2: (8, 24), 3: (0, 24)}
"""By the number of shifts, the hours of a day from and to which they are open."""


@lru_cache(maxsize=128)
def openings(calendar: Calendar, span: Span) -> tuple[tuple[int, int], ...]:
    """Return the half-open stretches of ticks in which a calendar is open, in order, none touching the next.

    They are clipped to the run, which ends at a midnight. See clause 18.
    """
    closed = {day.toordinal() for day in calendar.closed}
    starts = [change.from_.toordinal() for change in calendar.changes[1:]]
    first, end = (span.start.toordinal() + day for day in (span.days.start, span.days.stop))
    bounds = [first, *(min(max(start, first), end) for start in starts), end]
    stretches: list[tuple[int, int]] = []
    for change, (from_, until) in zip(calendar.changes, pairwise(bounds), strict=True):
        low, high = (hour * TICKS_PER_HOUR for hour in OPEN_HOURS[change.shifts])
        midnights = [
            (ordinal - span.start.toordinal()) * TICKS_PER_DAY
            for ordinal in range(from_, until)
            if (ordinal - 1) % 7 < change.days and ordinal not in closed  # ordinal 1 was a Monday
        ]
        stretches += [(midnight + low, midnight + high) for midnight in midnights]
    return tuple(_joined(stretches, span.first_tick))


def _joined(stretches: list[tuple[int, int]], first_tick: int) -> Iterator[tuple[int, int]]:
    """Yield stretches in order without what is before the first tick, each that touches the next made one."""
    begun = until = first_tick
    for opens, closes in stretches:
        if opens > until:
            if until > begun:
                yield begun, until
            begun = opens
        until = max(until, closes)
    if until > begun:
        yield begun, until
