"""Observed counts beside what the model says of them before it has seen them."""

import altair as alt

from simulator.analysis.predictive import Check, PriorPredictive
from simulator.plots.look import (
    COLOURS,
    INK,
    WIDTH,
    Picture,
    Record,
    data,
    heading,
    inner,
    name_room,
    named,
    numbers,
    title,
    with_unit,
)

ROW = 24
"""Pixels of one range."""
FOLDED = 32
"""Of one whose name may take two lines."""
OBSERVED = "observed"


def observed(found: PriorPredictive, width: int = WIDTH) -> Picture:
    """Draw for each observed quantity its 5 to 95 % with its error, under it those of the model by scenario.

    `width` is that of the whole picture, in pixels.
    """
    claims = list(dict.fromkeys(each.claim for each in found.checks))
    panels = [_panel([each for each in found.checks if each.claim == claim], width) for claim in claims]
    return alt.vconcat(*panels, spacing=14).properties(
        title=title(
            "What was observed, and what the model says of it",
            "Bars: 5 to 95 %, marks: medians; black: observed, with its error; blue: the model, before it has seen "
            "any of it.",
            width=width,
        )
    )


def _panel(checks: list[Check], width: int) -> Picture:
    first = checks[0]
    names = [OBSERVED, *(each.scenario for each in checks)]
    room = name_room(names, width)
    within = inner(width, room)
    records: list[Record] = [
        {
            "what": OBSERVED,
            "low": first.observed_p05,
            "median": first.observed_median,
            "high": first.observed_p95,
        },
        *(
            {"what": each.scenario, "low": each.p05, "median": each.median, "high": each.p95}
            for each in checks
        ),
    ]
    is_observed = f"datum.what === '{OBSERVED}'"
    base = alt.Chart(data(records)).encode(
        y=alt.Y("what:N", sort=names, axis=named(names, width)),
        color=alt.condition(is_observed, alt.value(INK), alt.value(COLOURS[0])),
    )
    label = with_unit(first.quantity, first.unit)
    span = base.mark_rule(strokeWidth=4).encode(
        x=alt.X("low:Q", scale=alt.Scale(zero=True), axis=numbers(label, within)), x2=alt.X2("high:Q")
    )
    middle = base.mark_point(filled=True, size=90, opacity=1).encode(
        x=alt.X("median:Q"), shape=alt.condition(is_observed, alt.value("diamond"), alt.value("circle"))
    )
    folded = room == 2 * width // 5
    return alt.layer(span, middle).properties(
        width=within, height=(FOLDED if folded else ROW) * len(names), title=heading(first.claim, width)
    )
