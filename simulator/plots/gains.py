"""What knowing each factor would be worth for a call."""

import altair as alt

from simulator.analysis.information import Information, InformationByClaim, points
from simulator.plots.look import (
    COLOURS,
    INK,
    WIDTH,
    Picture,
    Record,
    below,
    data,
    heading,
    inner,
    is_narrow,
    name_room,
    named,
    numbers,
    title,
)

MOST = 12
"""Factors in a picture."""
FEW, PANELS = 5, 6
"""Factors of each, and how many there are, where there are several claims in a picture."""
ROW = 22
"""Height of a factor, in pixels."""


def information(found: Information | InformationByClaim, width: int = WIDTH) -> Picture:
    """Draw for each factor its worth in points, and the share of the variance it removes, with the noise floor.

    Of several claims there is a panel for each of the first, with few factors and their worth alone. `width` is
    that of the whole picture, in pixels.
    """
    if isinstance(found, Information):
        return _of_one(found, width)
    each = width if is_narrow(width) else width // 2 - 10
    panels = [
        _worths(one, each, FEW, labels=True).properties(title=heading(one.claim, each))
        for one in found.answers[:PANELS]
    ]
    left = len(found.answers) - PANELS
    return below(panels, width).properties(
        title=title(
            "What would be worth knowing",
            f"Points by which a call of each claim would be wrong less often, for the {FEW} factors worth most. "
            "Bars: 95 % intervals; dashed: the best of random numbers; pale: changes no call.",
            f"{left} more claims are not drawn; name one to see it" if left > 0 else "",
            width=width,
        )
    )


def _of_one(found: Information, width: int) -> Picture:
    return below(
        [
            _worths(found, width, MOST, labels=True, beside=True),
            _shares(found, width, MOST, labels=is_narrow(width)),
        ],
        width,
        spacing=16,
    ).properties(
        title=title(
            "What would be worth knowing",
            found.sentence,
            f"Bars: 95 % intervals; dashed: the best of {found.nulls} random numbers; pale: not told apart from 0. "
            f"{found.n:,} replications.",
            width=width,
        )
    )


def _worths(found: Information, width: int, most: int, *, labels: bool, beside: bool = False) -> Picture:
    records: list[Record] = [
        {
            "factor": each.factor,
            "of": 100.0 * each.value,
            "low": 100.0 * each.low,
            "high": 100.0 * each.high,
            "told": each.changes_call,
        }
        for each in found.worths[:most]
    ]
    label = f"fewer wrong calls, in points (of {points(found.perfect)})"
    return _panel(records, width, label, 100.0 * found.null_value, labels=labels, beside=beside)


def _shares(found: Information, width: int, most: int, *, labels: bool) -> Picture:
    records: list[Record] = [
        {
            "factor": each.factor,
            "of": 100.0 * each.share,
            "low": 100.0 * each.share_low,
            "high": 100.0 * each.share_high,
            "told": each.told_apart,
        }
        for each in found.worths[:most]
    ]
    return _panel(
        records, width, "variance removed, in %", 100.0 * found.null_share, labels=labels, beside=True
    )


def _panel(
    records: list[Record], width: int, label: str, floor: float, *, labels: bool, beside: bool
) -> Picture:
    names = [str(each["factor"]) for each in records]
    room = name_room(names, width)
    within = (width - room) // 2 - 20 if beside and not is_narrow(width) else inner(width, room)
    base = alt.Chart(data(records)).encode(
        y=alt.Y("factor:N", sort=names, axis=named(names, width) if labels else None),
        opacity=alt.condition("datum.told", alt.value(1.0), alt.value(0.35)),
    )
    bars = base.mark_rule(strokeWidth=3, color=COLOURS[0]).encode(
        x=alt.X("low:Q", axis=numbers(label, within)), x2=alt.X2("high:Q")
    )
    dots = base.mark_point(filled=True, size=60, color=COLOURS[0]).encode(x=alt.X("of:Q"))
    line = alt.Chart(data([{"x": floor}])).mark_rule(color=INK, strokeDash=[5, 4]).encode(x=alt.X("x:Q"))
    return alt.layer(line, bars, dots).properties(width=within, height=max(2, len(names)) * ROW)
