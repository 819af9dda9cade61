"""How likely what was made, available and delivered is to reach each level: a panel each, a line a scenario."""

import math

import altair as alt

from simulator.analysis.figures import figure
from simulator.analysis.outlook import Outlook, Prospect
from simulator.plots.look import (
    INK,
    LEFT,
    RIGHT,
    WIDTH,
    Picture,
    Record,
    axis,
    below,
    colours,
    dashes,
    data,
    decades,
    heading,
    inner,
    is_narrow,
    legend,
    numbers,
    title,
    with_halo,
)

PANELS = 6
"""Drawn at the most."""
COLUMNS, SPACING = 3, 14
HIGH, LOW = 170, 120
"""Heights of a panel beside others, and of one above others."""
LINE = 12
"""Pixels between the names of claims of one panel."""


def outlook(found: Outlook, width: int = WIDTH) -> Picture:
    """Draw the exceedance curves of each amount, a line with its band a scenario, each claim a vertical line.

    All panels have the same axes. `width` is that of the whole picture, in pixels.
    """
    prospects = found.prospects[:PANELS]
    names = [curve.scenario for curve in prospects[0].curves] if prospects else []
    columns = 1 if is_narrow(width) else min(COLUMNS, len(prospects))
    gaps = (columns - 1) * (SPACING + RIGHT)
    within = inner(width) if columns == 1 else (width - LEFT - RIGHT - gaps) // columns
    panels = [
        _panel(prospect, found, names, within, width, labels=place % columns == 0)
        for place, prospect in enumerate(prospects)
    ]
    shared: Picture = below(panels, width, columns=columns, spacing=SPACING).resolve_scale(
        color="shared", strokeDash="shared"
    )
    told = [
        f"{each.claim}, at least {figure(each.at_least)}" for one in prospects for each in one.amount.claims
    ]
    left = len(found.prospects) - PANELS
    n = max((curve.n for one in prospects for curve in one.curves), default=0)
    return shared.properties(
        title=title(
            "How likely each amount is",
            f"Probability of at least so much; bands: intervals of 95 %; {n:,} replications a scenario.",
            f"Vertical lines: {'; '.join(told)}." if told else "",
            f"{left} more amounts are not drawn." if left > 0 else "",
            width=width,
        )
    )


def _panel(
    found: Prospect, whole: Outlook, names: list[str], within: int, width: int, *, labels: bool
) -> Picture:
    records: list[Record] = [
        {"scenario": curve.scenario, "level": level, "probability": probability, "low": low, "high": high}
        for curve in found.curves
        for level, probability, low, high in zip(
            curve.levels, curve.probability, curve.low, curve.high, strict=True
        )
    ]
    ends = found.curves[0].levels[0], found.curves[0].levels[-1]
    scale = alt.Scale(domain=ends, nice=False, type="log" if whole.logarithmic else alt.Undefined)
    ticks = {"values": decades(*ends)} if whole.logarithmic else {}
    shown = legend(names, width) if len(names) > 1 else None
    height = LOW if is_narrow(width) else HIGH
    base = alt.Chart(data(records)).encode(
        x=alt.X("level:Q", scale=scale, axis=numbers(found.amount.unit, within, **ticks)),
        color=alt.Color("scenario:N", scale=colours(names), legend=shown),
    )
    shares = axis("probability" if labels else "", format="%", tickCount=5, labels=labels)
    y = alt.Y("probability:Q", scale=alt.Scale(domain=[0, 1]), axis=shares)
    band = base.mark_area(opacity=0.15).encode(y=alt.Y("low:Q"), y2=alt.Y2("high:Q"))
    line = base.mark_line(strokeWidth=2).encode(
        y=y, strokeDash=dashes(names, shown) if shown else alt.Undefined
    )
    return alt.layer(band, line, *_claims(found, scale, logarithmic=whole.logarithmic)).properties(
        width=within, height=height, title=heading(found.amount.name, within + RIGHT)
    )


def _claims(found: Prospect, scale: alt.Scale, *, logarithmic: bool) -> list[alt.Chart]:
    """Return a rule for each claim, its name on the side on which there is room."""
    layers: list[alt.Chart] = []
    first, last = found.curves[0].levels[0], found.curves[0].levels[-1]
    for place, claim in enumerate(found.amount.claims):
        way, whole = claim.at_least - first, last - first
        if logarithmic:
            way, whole = math.log(claim.at_least / first), math.log(last / first)
        ends = {"align": "right", "dx": -4} if way > 0.5 * whole else {"align": "left", "dx": 4}
        base = alt.Chart(data([{"level": claim.at_least, "claim": claim.claim}])).encode(
            x=alt.X("level:Q", scale=scale)
        )
        text = base.encode(y=alt.value(2 + LINE * place), text=alt.Text("claim:N"))
        layers += [base.mark_rule(color=INK, strokeWidth=1), *with_halo(text, baseline="top", **ends)]
    return layers
