"""What was made and delivered week by week, as fans over replications."""

from datetime import date, timedelta

import altair as alt

from simulator.analysis.figures import figure
from simulator.analysis.weekly import WEEK, Fan, Weekly
from simulator.plots.look import (
    COLOURS,
    INK,
    WIDTH,
    Picture,
    Record,
    axis,
    below,
    data,
    heading,
    inner,
    is_narrow,
    numbers,
    title,
    with_halo,
)

HEIGHT = 110
PANELS = 12
"""Drawn at the most."""


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
    """Return the greatest figure drawn of a quantity."""
    own = [fan for fan in fans if fan.quantity == quantity]
    figures = [number for fan in own for number, days in zip(fan.p95, fan.days, strict=True) if days == WEEK]
    return max([*figures, *(each.a_week for fan in own for each in fan.needed)], default=1.0) or 1.0


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
    months = axis(
        "",
        format="%b",
        tickCount={"interval": "month", "step": max(1, 360 // within)},
        grid=False,
        labelOverlap="greedy",
    )
    base = alt.Chart(data(records)).encode(x=alt.X("week:T", scale=alt.Scale(type="utc"), axis=months))
    y = alt.Scale(domain=[0.0, top], nice=True)
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
    return alt.layer(outer, half, middle, *_needed(fan, y)).properties(
        width=within, height=HEIGHT, title=heading(name, within)
    )


def _needed(fan: Fan, y: alt.Scale) -> list[alt.Chart]:
    """Return for each claim a line over its window at what it takes a week."""
    if not fan.needed:
        return []
    records: list[Record] = [
        {
            "from": each.first.isoformat(),
            "to": (each.last + timedelta(days=1)).isoformat(),
            "needed": each.a_week,
            "claim": each.claim,
        }
        for each in fan.needed
    ]
    rule = alt.Chart(data(records)).mark_rule(color=INK, strokeDash=[5, 3], strokeWidth=1.5)
    name = alt.Chart(data(records)).encode(
        x=alt.X("to:T"), y=alt.Y("needed:Q", scale=y), text=alt.Text("claim:N")
    )
    return [
        rule.encode(x=alt.X("from:T"), x2=alt.X2("to:T"), y=alt.Y("needed:Q", scale=y)),
        *with_halo(name, align="right", baseline="bottom", dy=-2),
    ]
