"""The stretches of a run in which a calendar is open."""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
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
    starts = [span.tick(change.from_) for change in calendar.changes[1:]]
    begun = span.first_tick - TICKS_PER_DAY  # with the day that the run begins in
    stretches: list[tuple[int, int]] = []
    for change, (from_, until) in zip(
        calendar.changes, pairwise([begun, *starts, span.end_tick]), strict=True
    ):
        low, high = (hour * TICKS_PER_HOUR for hour in OPEN_HOURS[change.shifts])
        midnights = _midnights(change.days, calendar.closed, span)
        inside = midnights[bisect_left(midnights, from_) : bisect_left(midnights, until)]
        stretches += [(midnight + low, midnight + high) for midnight in inside]
    return tuple(_joined(stretches, span.first_tick))


@lru_cache(maxsize=128)
def _midnights(days: int, closed: tuple[date, ...], span: Span) -> tuple[int, ...]:
    """Return the ticks at which the working days of a run begin: the first so many of a week, less those closed."""
    holidays = {day.toordinal() for day in closed}
    ordinals = (span.start.toordinal() + day for day in span.days)
    return tuple(
        (ordinal - span.start.toordinal()) * TICKS_PER_DAY
        for ordinal in ordinals
        if (ordinal - 1) % 7 < days and ordinal not in holidays  # ordinal 1 was a Monday
    )


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
