"""What was made and delivered week by week, as fans over replications."""

from datetime import date, datetime, timedelta

import altair as alt

from simulator.analysis.figures import figure
from simulator.analysis.weekly import WEEK, Fan, Needed, Weekly
from simulator.plots.calendar import dates
from simulator.plots.look import (
    COLOURS,
    INK,
    NAME_LETTER,
    WIDTH,
    Picture,
    Record,
    below,
    data,
    heading,
    inner,
    is_narrow,
    numbers,
    title,
    with_halo,
)
from simulator.plots.marks import apart, lengthened

HEIGHT = 110
PANELS = 12
"""Drawn at the most."""
LINE = 12
"""Pixels between the names of claims of one panel."""
ROOM = 2.0
"""A claim up to thrice the greatest week stands where it is, one of more at the upper edge."""


def weekly(found: Weekly, width: int = WIDTH) -> Picture:
    """Draw the median and the middle 50 and 90 % of each week, and what each claim would take a week.

    A panel for each scenario and quantity, those of one quantity on the same scale; a short last week is left out.
    `width` is that of the whole picture, in pixels.
    """
    fans = found.fans[:PANELS]
    within = inner(width) if is_narrow(width) or len(fans) < 2 else (width - 2 * 64 - 20) // 2
    tops = {quantity: _top(fans, quantity) for quantity in dict.fromkeys(fan.quantity for fan in fans)}
    left = len(found.fans) - PANELS
    told = dict.fromkeys(f"{each.claim} {figure(each.a_week)} a week" for fan in fans for each in fan.needed)
    return below([_panel(fan, tops[fan.quantity], within) for fan in fans], width, spacing=14).properties(
        title=title(
            "What was made and delivered week by week",
            "Line: median; bands: the middle 50 and 90 % of replications, each week by itself.",
            f"Dashed: the figure of a claim, spread evenly over its window: {'; '.join(told)}."
            if told
            else "",
            f"{left} more panels are not drawn." if left > 0 else "",
            width=width,
        )
    )


def _top(fans: tuple[Fan, ...], quantity: str) -> float:
    """Return the greatest figure drawn of a quantity, with room for the name of a claim above it."""
    own = [fan for fan in fans if fan.quantity == quantity]
    figures = [number for fan in own for number, days in zip(fan.p95, fan.days, strict=True) if days == WEEK]
    needed = [each.a_week for fan in own for each in fan.needed]
    most = max(figures, default=0.0) or max(needed, default=1.0) or 1.0
    return lengthened((0.0, most), needed, room=ROOM)[1] * (1.0 + (LINE + 4) / HEIGHT)


def _panel(fan: Fan, top: float, within: int) -> Picture:
    records: list[Record] = [
        {"week": start.isoformat(), **dict(zip(("p05", "p25", "median", "p75", "p95"), figures, strict=True))}
        for start, days, *figures in zip(
            fan.starts, fan.days, fan.p05, fan.p25, fan.median, fan.p75, fan.p95, strict=True
        )
        if days == WEEK
    ]
    if records:  # the last week is as wide as the others
        end = date.fromisoformat(records[-1]["week"]) + timedelta(days=WEEK)
        records.append({**records[-1], "week": end.isoformat()})
    colour = COLOURS[0] if fan.quantity == "made" else COLOURS[1]
    first, last = _days(fan)
    x = alt.Scale(type="utc", domain=[first.isoformat(), last.isoformat()])
    base = alt.Chart(data(records)).encode(x=alt.X("week:T", scale=x, axis=dates(first, last, within)))
    y = alt.Scale(domain=[0.0, top], nice=False)
    amounts = numbers(f"{fan.unit} a week", HEIGHT, tickCount=4)
    outer = base.mark_area(opacity=0.18, color=colour, interpolate="step-after").encode(
        y=alt.Y("p05:Q", scale=y, axis=amounts), y2=alt.Y2("p95:Q")
    )
    half = base.mark_area(opacity=0.35, color=colour, interpolate="step-after").encode(
        y=alt.Y("p25:Q", scale=y), y2=alt.Y2("p75:Q")
    )
    middle = base.mark_line(color=colour, strokeWidth=2, interpolate="step-after").encode(
        y=alt.Y("median:Q", scale=y)
    )
    name = f"{fan.quantity}, {fan.scenario}"
    return alt.layer(outer, half, middle, *_needed(fan, x, y, within)).properties(
        width=within, height=HEIGHT, title=heading(name, within)
    )


def _days(fan: Fan) -> tuple[date, date]:
    """Return the ends of the axis: the weeks and the windows of claims, to the day after the last."""
    firsts = [*fan.starts, *(each.first for each in fan.needed)]
    weeks = [start + timedelta(days=days) for start, days in zip(fan.starts, fan.days, strict=True)]
    lasts = [*weeks, *(each.last + timedelta(days=1) for each in fan.needed)]
    return min(firsts), max(lasts)


def _needed(fan: Fan, x: alt.Scale, y: alt.Scale, within: int) -> list[alt.Chart]:
    """Return for each claim a line over its window at what it takes a week, or its figure at the upper edge."""
    if not fan.needed:
        return []
    top = y.domain[1]
    rules: list[Record] = [
        {
            "from": each.first.isoformat(),
            "to": (each.last + timedelta(days=1)).isoformat(),
            "needed": each.a_week,
            "claim": each.claim,
        }
        for each in fan.needed
        if each.a_week <= top
    ]
    rule = alt.Chart(data(rules)).mark_rule(color=INK, strokeDash=[5, 3], strokeWidth=1.5)
    name = alt.Chart(data(_names(fan, top, within))).encode(
        x=alt.X("at:T", scale=x), y=alt.Y("height:Q", scale=y), text=alt.Text("told:N")
    )
    return [
        rule.encode(x=alt.X("from:T", scale=x), x2=alt.X2("to:T"), y=alt.Y("needed:Q", scale=y)),
        *with_halo(name, align="right", baseline="bottom", dy=-2),
    ]


def _names(fan: Fan, top: float, within: int) -> list[Record]:
    """Return the names of claims, each over the end of its line and apart from the others."""
    first, last = _days(fan)
    day = (last - first) / within  # of one pixel
    told = [_told(each, top, within) for each in fan.needed]
    above = [HEIGHT * (1.0 - min(each.a_week / top, 1.0)) for each in fan.needed]
    places = apart(above, LINE, (LINE + 2.0, float(HEIGHT)))
    ends = [
        max((each.last + timedelta(days=1) - first) / day, min(within, len(name) * NAME_LETTER))
        for each, name in zip(fan.needed, told, strict=True)
    ]
    midnight = datetime.combine(first, datetime.min.time())
    return [
        {
            "claim": each.claim,
            "told": name,
            "at": f"{(midnight + end * day).isoformat(timespec='seconds')}Z",
            "height": top * (1.0 - place / HEIGHT),
        }
        for each, name, end, place in zip(fan.needed, told, ends, places, strict=True)
    ]


def _told(claim: Needed, top: float, within: int) -> str:
    """Return the name of a claim in one line; with an arrow and its figure where that is far above."""
    far = f" {figure(claim.a_week)} a week" if claim.a_week > top else ""
    room = int(within / NAME_LETTER) - len(far) - 2
    name = claim.claim if len(claim.claim) <= room else f"{claim.claim[: room - 1]}\N{HORIZONTAL ELLIPSIS}"
    return f"\N{UPWARDS ARROW} {name}{far}" if far else name
