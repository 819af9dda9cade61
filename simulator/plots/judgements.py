"""How likely each claim is, scenario by scenario, with the interval and the confidence."""

import altair as alt

from simulator.analysis.judgement import Judgement, Judgements
from simulator.plots.look import (
    COLOURS,
    INK,
    WIDTH,
    Picture,
    data,
    heading,
    inner,
    name_room,
    named,
    numbers,
    title,
    tooltips,
)

ROW = 24
"""Pixels a claim."""
FOLDED = 30
"""Of one whose name may take two lines."""
LEVELS = ("low", "moderate", "high")


def claim(found: Judgements, width: int = WIDTH) -> Picture:
    """Draw the probability of each claim with its interval, a panel a scenario; `width` in pixels of the whole.

    Colour and shape of a point are the confidence in it.
    """
    scenarios = list(dict.fromkeys(each.estimate.scenario for each in found.judgements))
    claims = list(dict.fromkeys(each.estimate.claim for each in found.judgements))
    panels = [
        _panel([each for each in found.judgements if each.estimate.scenario == name], claims, name, width)
        for name in scenarios
    ]
    return alt.vconcat(*panels, spacing=12).properties(
        title=title(
            "How likely each claim is",
            "Probability with its interval; colour and shape are the confidence, by what the leading factors rest on.",
            width=width,
        )
    )


def _panel(judgements: list[Judgement], claims: list[str], scenario: str, width: int) -> Picture:
    records = [
        {
            "claim": each.estimate.claim,
            "probability": each.estimate.probability,
            "low": each.estimate.low,
            "high": each.estimate.high,
            "confidence": each.confidence.level,
        }
        for each in judgements
    ]
    base = alt.Chart(data(records)).encode(y=alt.Y("claim:N", sort=claims, axis=named(claims, width)))
    room = name_room(claims, width)
    within = inner(width, room)
    scale, shares = alt.Scale(domain=[0, 1]), numbers("", within, format="%")
    bar = base.mark_rule(color=INK, strokeWidth=2).encode(
        x=alt.X("low:Q", scale=scale, axis=shares), x2=alt.X2("high:Q")
    )
    dot = base.mark_point(filled=True, size=70, opacity=1).encode(
        x=alt.X("probability:Q", scale=scale, axis=shares),
        shape=alt.Shape(
            "confidence:N", scale=alt.Scale(domain=list(LEVELS), range=["triangle-down", "circle", "diamond"])
        ),
        color=alt.Color(
            "confidence:N",
            scale=alt.Scale(domain=list(LEVELS), range=[COLOURS[3], COLOURS[1], COLOURS[2]]),
            legend=alt.Legend(title="confidence", orient="top"),
        ),
        tooltip=tooltips("claim:N", "probability:Q", "low:Q", "high:Q", "confidence:N"),
    )
    row = FOLDED if room == 2 * width // 5 else ROW
    return alt.layer(bar, dot).properties(
        width=within, height=row * max(1, len(claims)), title=heading(scenario, width)
    )
