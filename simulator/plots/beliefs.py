"""What one would have to believe: the spread of each factor before and after."""

import altair as alt

from simulator.analysis.belief import Belief, Beliefs
from simulator.analysis.inputs import valued
from simulator.plots.look import COLOURS, INK, WIDTH, Picture, axis, colours, data, legend, title

MOST = 12
"""Factors in a picture."""
ROW = 34
"""Height of a factor, in pixels."""
BEFORE, AFTER = "before", "after"


def belief(found: Belief | Beliefs) -> Picture:
    """Draw for each factor its range of 5 to 95 % and its median before and after, the farthest moved on top.

    Values are in standard deviations of the prior from its median, so that factors share an axis; numbers
    stand in words beside it. Of several beliefs the pictures stand below each other.
    """
    if isinstance(found, Belief):
        return _picture(found)
    return alt.vconcat(*(_picture(each) for each in found.beliefs), spacing=30)


def _picture(found: Belief) -> Picture:
    factors = [each for each in found.movements if each.kind == "factor"][:MOST]
    records = []
    for each in factors:
        # a triple of 5, 50 and 95 % of a normal law is 3.29 standard deviations wide
        scale = max(each.prior_p95 - each.prior_p05, 1e-300) / 3.29
        median, before = (valued(number, each.unit) for number in (each.median, each.prior_median))
        common = {"factor": each.name, "told": f"{before} to {median}", "moves": each.moves}
        for state, low, middle, high in (
            (BEFORE, each.prior_p05, each.prior_median, each.prior_p95),
            (AFTER, each.p05, each.median, each.p95),
        ):
            places = [(number - each.prior_median) / scale for number in (low, middle, high)]
            records.append(
                common | {"state": state} | dict(zip(("low", "median", "high"), places, strict=True))
            )
    names = [each.name for each in factors]
    base = alt.Chart(data(records)).encode(
        y=alt.Y("factor:N", sort=names, axis=axis("", labelLimit=220)),
        yOffset=alt.YOffset("state:N", sort=[BEFORE, AFTER]),
        color=alt.Color("state:N", scale=colours([BEFORE, AFTER]), legend=legend()),
        opacity=alt.condition("datum.moves", alt.value(1.0), alt.value(0.35)),
    )
    label = "distance from the median before, where its 5 to 95 % range is 3.29 wide"
    span = base.mark_rule(strokeWidth=3).encode(x=alt.X("low:Q", axis=axis(label)), x2="high:Q")
    middle = base.mark_point(filled=True, size=60).encode(x="median:Q")
    words = (
        alt.Chart(data([record for record in records if record["state"] == AFTER]))
        .mark_text(align="left", color=INK, fontSize=10)
        .encode(y=alt.Y("factor:N", sort=names), x=alt.value(WIDTH + 8), text="told:N")
    )
    zero = alt.Chart(data([{"x": 0.0}])).mark_rule(color=COLOURS[6], opacity=0.3).encode(x="x:Q")
    return alt.layer(zero, span, middle, words).properties(
        width=WIDTH,
        height=max(2, len(factors)) * ROW,
        title=title(
            "What one would have to believe" if found.claim else "What one has to believe now",
            found.sentence,
            f"Bars: 5 to 95 %, dots: medians (numbers at the right), before and after; {found.n:,} replications, "
            f"effectively {found.effective:,.0f}. Pale: no more than chance makes it.",
        ),
    )
