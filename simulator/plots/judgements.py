"""How likely each claim is, scenario by scenario, with the interval and the confidence."""

import altair as alt

from simulator.analysis.judgement import Judgement, Judgements
from simulator.plots.look import COLOURS, INK, WIDTH, Picture, axis, data, title

ROW = 24
"""Pixels a claim."""
LEVELS = ("low", "moderate", "high")


def claim(found: Judgements) -> Picture:
    """Draw the probability of each claim with its interval, coloured by the confidence in it, a panel a scenario."""
    scenarios = list(dict.fromkeys(each.estimate.scenario for each in found.judgements))
    claims = list(dict.fromkeys(each.estimate.claim for each in found.judgements))
    panels = [
        _panel([each for each in found.judgements if each.estimate.scenario == name], claims, name)
        for name in scenarios
    ]
    return alt.vconcat(*panels, spacing=12).properties(
        title=title(
            "How likely each claim is",
            "Probability with its interval; the colour is the confidence, by what the leading factors rest on.",
        )
    )


def _panel(judgements: list[Judgement], claims: list[str], scenario: str) -> Picture:
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
    base = alt.Chart(data(records)).encode(y=alt.Y("claim:N", sort=claims, axis=axis("")))
    scale = alt.Scale(domain=[0, 1])
    heading = f"probability in {scenario}"
    bar = base.mark_rule(color=INK, strokeWidth=2).encode(
        x=alt.X("low:Q", scale=scale, axis=axis(heading, format="%")), x2="high:Q"
    )
    dot = base.mark_point(filled=True, size=70, opacity=1).encode(
        x=alt.X("probability:Q", scale=scale, axis=axis(heading, format="%")),
        color=alt.Color(
            "confidence:N",
            scale=alt.Scale(domain=list(LEVELS), range=[COLOURS[3], COLOURS[1], COLOURS[2]]),
            legend=alt.Legend(title="confidence", orient="top"),
        ),
        tooltip=["claim:N", "probability:Q", "low:Q", "high:Q", "confidence:N"],
    )
    return alt.layer(bar, dot).properties(width=WIDTH, height=ROW * max(1, len(claims)))
