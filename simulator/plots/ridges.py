"""How what was made, available and delivered is spread: a ridge for each scenario, with its quantiles."""

from collections.abc import Sequence

import altair as alt

from simulator.analysis.amounts import Claimed
from simulator.analysis.densities import Densities, Ridge, Spread
from simulator.analysis.figures import figure, percent
from simulator.plots.look import (
    INK,
    WIDTH,
    Picture,
    Record,
    below,
    colours,
    data,
    decades,
    heading,
    inner,
    is_narrow,
    numbers,
    title,
    with_halo,
)
from simulator.plots.marks import is_within, lengthened, pointed

PANELS = 6
"""Drawn at the most."""
RIDGE = 52
"""Pixels of one scenario."""
HIGH = 0.62
"""Of them the highest density takes so much; the name stands above."""
FAR = 14
"""Pixels of the figure of a claim that is far away."""
SIDE = 4
"""Pixels left of a ridge."""


def ridge(found: Densities, width: int = WIDTH) -> Picture:
    """Draw the density of each amount in each scenario over its quantiles, each claim a vertical line.

    Replications in which there was none at all are no part of a density; their share stands beside the name of the
    scenario. `width` is that of the whole picture, in pixels.
    """
    ridges = found.ridges[:PANELS]
    columns = 1 if is_narrow(width) else min(2, len(ridges))
    within = inner(width, SIDE) if columns == 1 else (width - 20) // 2 - SIDE - 18
    left = len(found.ridges) - PANELS
    return below(
        [_panel(each, _ends(each, ridges), within) for each in ridges], width, spacing=16
    ).properties(
        title=title(
            "How each amount is spread",
            "Density of the replications in which there was any; under it 5 to 95 % thin, 25 to 75 % thick, the "
            "median a point, of all replications. Vertical lines: claims.",
            f"{left} more amounts are not drawn." if left > 0 else "",
            width=width,
        )
    )


def _panel(found: Ridge, ends: list[float], within: int) -> Picture:
    amount, spreads = found.amount, found.spreads
    names = [each.scenario for each in spreads]
    most = max((density for each in spreads for density in each.density), default=0.0) or 1.0
    scale = alt.Scale(type="log", domain=ends, nice=False) if found.logarithmic else alt.Scale(domain=ends)
    ticks = {"values": decades(*ends)} if found.logarithmic else {}
    x = alt.X("level:Q", scale=scale, axis=numbers(amount.unit, within, **ticks))
    far = [claim for claim in amount.claims if not is_within(claim.at_least, (ends[0], ends[1]))]
    rows = alt.Scale(domain=[-len(far) * FAR / RIDGE, len(spreads)], nice=False)
    colour = alt.Color("scenario:N", scale=colours(names), legend=None)
    curves: list[Record] = [
        {
            "scenario": each.scenario,
            "level": level,
            "base": len(spreads) - 1 - place + 0.12,
            "top": len(spreads) - 1 - place + 0.12 + HIGH * density / most,
        }
        for place, each in enumerate(spreads)
        for level, density in zip(found.at, each.density, strict=True)
    ]
    area = (
        alt.Chart(data(curves))
        .mark_area(opacity=0.35, line={"strokeWidth": 1.5}, clip=True)
        .encode(x=x, y=alt.Y("top:Q", scale=rows, axis=None), y2=alt.Y2("base:Q"), color=colour)
    )
    records = [_record(each, len(spreads) - 1 - place, ends) for place, each in enumerate(spreads)]
    base = alt.Chart(data(records)).encode(y=alt.Y("row:Q", scale=rows, axis=None), color=colour)
    there = base.transform_filter("datum.median > 0")
    thin = there.mark_rule(strokeWidth=1.5).encode(x=alt.X("p05:Q", scale=scale), x2=alt.X2("p95:Q"))
    thick = there.mark_rule(strokeWidth=5).encode(x=alt.X("p25:Q", scale=scale), x2=alt.X2("p75:Q"))
    middle = there.mark_point(filled=True, size=55, fill="white", strokeWidth=2, opacity=1).encode(
        x=alt.X("median:Q", scale=scale)
    )
    words = alt.Chart(data(records)).encode(
        y=alt.Y("above:Q", scale=rows), x=alt.value(0), text=alt.Text("told:N")
    )
    told = with_halo(words, align="left", baseline="top")
    return alt.layer(
        *_claims(found, scale, ends), area, thin, thick, middle, *told, *_far(far, ends, rows, scale)
    ).properties(
        width=within, height=RIDGE * len(spreads) + FAR * len(far), title=heading(amount.name, within)
    )


def _ends(found: Ridge, all_of_them: Sequence[Ridge]) -> list[float]:
    """Return the ends of the axis: the same for all amounts of one unit that are drawn on one kind of scale."""
    alike = [
        each
        for each in all_of_them
        if (each.amount.unit, each.logarithmic) == (found.amount.unit, found.logarithmic)
    ]
    claimed = [claim.at_least for each in alike for claim in each.amount.claims]
    first = min((each.at[0] for each in alike if each.at), default=0.0)
    last = max((each.at[-1] for each in alike if each.at), default=max(claimed, default=1.0))
    return list(lengthened((first, last), claimed, logarithmic=found.logarithmic))


def _record(each: Spread, row: int, ends: list[float]) -> Record:
    shares = {name: max(getattr(each, name), ends[0]) for name in ("p05", "p25", "p75", "p95")}
    told = f"{each.scenario}: median {figure(each.median)}"
    if each.none > 0.0:
        told += f", none in {percent(each.none)}"
    return {
        "scenario": each.scenario,
        "row": row + 0.08,
        "above": row + 0.98,
        "told": told,
        "median": each.median,
        **shares,
    }


def _claims(found: Ridge, scale: alt.Scale, ends: list[float]) -> list[alt.Chart]:
    near: list[Record] = [
        {"level": each.at_least, "claim": each.claim}
        for each in found.amount.claims
        if is_within(each.at_least, (ends[0], ends[1]))
    ]
    if not near:
        return []
    rule = alt.Chart(data(near)).mark_rule(color="#888888", strokeWidth=1)
    return [rule.encode(x=alt.X("level:Q", scale=scale))]


def _far(claims: Sequence[Claimed], ends: list[float], rows: alt.Scale, scale: alt.Scale) -> list[alt.Chart]:
    """Return the figures of claims beyond the axis, below the ridges at the edge to which they are nearer."""
    layers: list[alt.Chart] = []
    for place, each in enumerate(claims):
        is_less = each.at_least < ends[0]
        told = pointed(f"{each.claim} {figure(each.at_least)}", each.at_least, (ends[0], ends[1]))
        at = data(
            [
                {
                    "level": ends[0] if is_less else ends[1],
                    "row": -(place + 0.5) * FAR / RIDGE,
                    "claim": each.claim,
                    "told": told,
                }
            ]
        )
        words = alt.Chart(at).encode(
            x=alt.X("level:Q", scale=scale), y=alt.Y("row:Q", scale=rows), text=alt.Text("told:N")
        )
        layers.append(
            words.mark_text(align="left" if is_less else "right", baseline="middle", color=INK, fontSize=10)
        )
    return layers
