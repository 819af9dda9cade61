"""How likely a claim is against the levels of a factor."""

import math
from collections.abc import Sequence

import altair as alt

from simulator.analysis.contours import Contours
from simulator.analysis.figures import figure
from simulator.analysis.threshold import Threshold
from simulator.plots.look import (
    COLOURS,
    FAINT,
    INK,
    WIDTH,
    Picture,
    Record,
    axis,
    data,
    inner,
    numbers,
    title,
    with_unit,
)
from simulator.plots.plane import contours

Layers = alt.LayerChart | alt.FacetChart
UPPER, LOWER = 220, 180
"""Heights of the probability and of the quantity."""


def threshold(found: Threshold | Contours, width: int = WIDTH) -> Picture:
    """Draw P(claim) over the median of its quantity against the levels, the reported range of the factor shaded.

    For two factors draw P(claim) in the plane of the two. `width` is that of the whole picture, in pixels.
    """
    if isinstance(found, Contours):
        return contours(found, width)
    records = [
        {
            "level": each.level,
            "probability": each.probability,
            "low": each.low,
            "high": each.high,
            "median": each.median,
            "p05": each.p05,
            "p95": each.p95,
        }
        for each in found.levels
        if each.n
    ]
    label = with_unit(found.factor.replace("_", " "), found.factor_unit)
    bare = alt.X("level:Q", scale=_scale(found), axis=numbers("", inner(width), labels=False))
    named = alt.X("level:Q", scale=_scale(found), axis=numbers(label, inner(width)))
    return alt.vconcat(
        _probability(found, records, bare, width), _quantity(found, records, named, width), spacing=8
    ).properties(title=title(_heading(found), *_lines(found), width=width))


def _scale(found: Threshold) -> alt.Scale:
    levels = [each.level for each in found.levels]
    ends = [*levels, *(found.reported or ())]
    return alt.Scale(domain=[min(ends), max(ends)], nice=False, zero=False)


def _probability(found: Threshold, records: Sequence[Record], x: alt.X, width: int) -> Layers:
    base = alt.Chart(data(records)).encode(x=x)
    y = alt.Y("probability:Q", scale=alt.Scale(domain=[0, 1]), axis=axis("P(claim)", format="%"))
    band = base.mark_area(opacity=0.2, color=COLOURS[0]).encode(y=alt.Y("low:Q"), y2=alt.Y2("high:Q"))
    line = base.mark_line(color=COLOURS[0], point=alt.OverlayMarkDef(color=COLOURS[0], size=25)).encode(y=y)
    half = alt.Chart(data([{"probability": 0.5}])).mark_rule(color=INK, strokeDash=[5, 4]).encode(y=y)
    return alt.layer(*_reported(found), half, band, line, *_even(found)).properties(
        width=inner(width), height=UPPER
    )


def _quantity(found: Threshold, records: Sequence[Record], x: alt.X, width: int) -> Layers:
    base = alt.Chart(data(records)).encode(x=x)
    y = alt.Y("median:Q", axis=numbers(f"quantity ({found.unit})", LOWER))
    band = base.mark_area(opacity=0.2, color=COLOURS[2]).encode(y=alt.Y("p05:Q"), y2=alt.Y2("p95:Q"))
    line = base.mark_line(color=COLOURS[2], point=alt.OverlayMarkDef(color=COLOURS[2], size=25)).encode(y=y)
    claimed = (
        alt.Chart(data([{"median": found.at_least, "claim": found.claim}]))
        .mark_rule(color=INK, strokeDash=[5, 4])
        .encode(y=y)
    )
    return alt.layer(*_reported(found), claimed, band, line).properties(width=inner(width), height=LOWER)


def _reported(found: Threshold) -> list[alt.Chart]:
    """Return the reported range of the factor as a shade over the whole height."""
    if found.reported is None:
        return []
    low, high = found.reported
    shade = alt.Chart(data([{"from": low, "to": high}])).mark_rect(color=FAINT, opacity=0.6)
    return [shade.encode(x=alt.X("from:Q"), x2=alt.X2("to:Q"))]


def _even(found: Threshold) -> list[alt.Chart]:
    """Return where odds are even, with its interval, as far as that lies among the levels."""
    crossing = found.crossing
    if not math.isfinite(crossing.level):
        return []
    ends = found.levels[0].level, found.levels[-1].level
    at = {"from": max(crossing.low, ends[0]), "to": min(crossing.high, ends[1]), "level": crossing.level}
    at["probability"] = 0.5
    base = alt.Chart(data([at]))
    reach = base.mark_rule(color=COLOURS[1], strokeWidth=3).encode(
        x=alt.X("from:Q"), x2=alt.X2("to:Q"), y=alt.Y("probability:Q")
    )
    point = base.mark_point(color=COLOURS[1], filled=True, size=90).encode(
        x=alt.X("level:Q"), y=alt.Y("probability:Q")
    )
    return [reach, point]


def _heading(found: Threshold) -> str:
    return f"What {found.claim} would take: at least {figure(found.at_least)} {found.unit} {found.quantity}"


def _lines(found: Threshold) -> list[str]:
    levels = found.levels
    of_each = f"{levels[-1].n:,} replications of each of {len(levels)} levels, under common random numbers"
    lines = [
        f"Scenario {found.scenario}. Even odds: {found.told(found.even[-1])}. {of_each}.",
        "Above, P(claim) with its interval of 95 %; below, median and 5 to 95 % of the quantity; dashed, the claim.",
    ]
    if found.reported is not None:
        low, high = (found.label(each) for each in found.reported)
        lines.append(f"Shaded: {found.factor} as reported, {low} to {high} ({found.reported_is}).")
    return lines
