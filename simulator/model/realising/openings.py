"""The stretches of a run in which a calendar is open."""

from functools import lru_cache

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
    changes = calendar.changes
    starts = [change.from_.toordinal() for change in changes]
    current = 0
    stretches: list[tuple[int, int]] = []
    for day in span.days:
        ordinal = span.start.toordinal() + day
        while current + 1 < len(changes) and starts[current + 1] <= ordinal:
            current += 1
        change = changes[current]
        if (ordinal - 1) % 7 >= change.days or ordinal in closed:  # ordinal 1 was a Monday
            continue
        low, high = OPEN_HOURS[change.shifts]
        opens = max(day * TICKS_PER_DAY + low * TICKS_PER_HOUR, span.first_tick)
        closes = day * TICKS_PER_DAY + high * TICKS_PER_HOUR
        if opens >= closes:
            continue
        if stretches and stretches[-1][1] == opens:
            opens = stretches.pop()[0]
        stretches.append((opens, closes))
    return tuple(stretches)
