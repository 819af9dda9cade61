"""How likely what was made, available and delivered is to reach each level: a panel each, a line a scenario."""

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
    in_lines,
    inner,
    is_narrow,
    legend,
    numbers,
    title,
    with_halo,
)
from simulator.plots.marks import Ends, is_within, lengthened, pointed, share

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
    ends = _ends(found, whole)
    records: list[Record] = [
        {"scenario": curve.scenario, "level": level, "probability": probability, "low": low, "high": high}
        for curve in found.curves
        for level, probability, low, high in zip(
            curve.levels, curve.probability, curve.low, curve.high, strict=True
        )
        if is_within(level, ends)
    ]
    scale = alt.Scale(domain=ends, nice=False, type="log" if whole.logarithmic else alt.Undefined)
    ticks = {"values": decades(*ends)} if whole.logarithmic else {}
    shown = legend(names, width) if len(names) > 1 else None
    height = LOW if is_narrow(width) else HIGH
    base = alt.Chart(data(records)).encode(
        x=alt.X("level:Q", scale=scale, axis=numbers(found.amount.unit, within, **ticks)),
        color=alt.Color("scenario:N", scale=colours(names), legend=shown),
    )
    shares = axis("probability" if labels else "", format="%", tickCount=5, labels=labels, labelFlush=True)
    y = alt.Y("probability:Q", scale=alt.Scale(domain=[0, 1]), axis=shares)
    band = base.mark_area(opacity=0.15).encode(y=alt.Y("low:Q"), y2=alt.Y2("high:Q"))
    line = base.mark_line(strokeWidth=2).encode(
        y=y, strokeDash=dashes(names, shown) if shown else alt.Undefined
    )
    return alt.layer(
        band, line, *_claims(found, scale, ends, within, logarithmic=whole.logarithmic)
    ).properties(width=within, height=height, title=heading(found.amount.name, within + RIGHT))


def _ends(found: Prospect, whole: Outlook) -> Ends:
    """Return the ends of the axis of all panels: what was simulated, and claims that are not far from it."""
    figures = {claim.at_least for one in whole.prospects for claim in one.amount.claims}
    levels = found.curves[0].levels
    simulated = [level for level in levels if level not in figures] or levels
    return lengthened((simulated[0], simulated[-1]), figures, logarithmic=whole.logarithmic)


def _claims(
    found: Prospect, scale: alt.Scale, ends: Ends, within: int, *, logarithmic: bool
) -> list[alt.Chart]:
    """Return a rule for each claim, its name on the side on which there is room, that of a far one at the edge."""
    layers: list[alt.Chart] = []
    below_top = 2
    for claim in found.amount.claims:
        way = share(claim.at_least, ends, logarithmic=logarithmic)
        side = {"align": "right", "dx": -4} if way > 0.5 else {"align": "left", "dx": 4}
        near = is_within(claim.at_least, ends)
        told = (
            claim.claim if near else pointed(f"{claim.claim} {figure(claim.at_least)}", claim.at_least, ends)
        )
        lines = in_lines(told, round(max(way, 1.0 - way) * within) + 6)
        at = {
            "level": min(max(claim.at_least, ends[0]), ends[1]),
            "claim": claim.claim,
            "told": "\n".join(lines),
        }
        base = alt.Chart(data([at])).encode(x=alt.X("level:Q", scale=scale))
        text = base.encode(y=alt.value(below_top), text=alt.Text("told:N"))
        rule = [base.mark_rule(color=INK, strokeWidth=1)] if near else []
        layers += [*rule, *with_halo(text, baseline="top", lineBreak="\n", lineHeight=LINE, **side)]
        below_top += LINE * len(lines)
    return layers
