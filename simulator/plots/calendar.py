"""An axis of dates whose labels have room and always tell the year."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import altair as alt

from simulator.plots.look import axis

LABEL: Final = 44
"""Pixels of a label with the space after it."""
MONTHS: Final = (1, 2, 3, 6, 12, 24, 60, 120)
"""Of which one is the step between labels."""
SHORT: Final = 62
"""Days up to which labels tell the day."""
WRITTEN: Final = (
    "datum.index === 0 || utcFormat(datum.value, '%j') === '001'"
    " ? [utcFormat(datum.value, '{0}'), utcFormat(datum.value, '%Y')] : utcFormat(datum.value, '{0}')"
)
"""The year stands under the first label, and under each January."""


def dates(first: date, last: date, length: int) -> alt.Axis:
    """Return the axis of some days that is some pixels long, with no more labels than fit."""
    ticks = list(_ticks(first, last, max(2, length // LABEL)))
    years = (last - first).days > 365 * max(2, length // LABEL)
    form = "%-d %b" if (last - first).days <= SHORT else "%b"
    return axis(
        "",
        values=[(tick - date(1970, 1, 1)).days * 86_400_000 for tick in ticks],
        labelExpr="utcFormat(datum.value, '%Y')" if years else WRITTEN.format(form),
        labelOverlap=False,
        grid=False,
    )


def _ticks(first: date, last: date, most: int) -> Iterator[date]:
    """Iterate over the days that have a label, the same number of days or of months from each to the next."""
    days = (last - first).days
    if days <= SHORT:
        step = 7 * -(-max(1, days) // (7 * most))
        yield from (first + timedelta(days=way) for way in range(0, days, step))
        return
    step = next((each for each in MONTHS if days / 30.4 / each < most), MONTHS[-1])
    begun = first.year * 12 + first.month - 1 + (first.day > 1)
    for month in range(begun, last.year * 12 + last.month):
        day = date(month // 12, month % 12 + 1, 1)
        if day < last and (month - (begun if step < 12 else 0)) % step == 0:
            yield day
