"""What one would have to believe: the spread of each factor before and after."""

from collections.abc import Sequence

import altair as alt

from simulator.analysis.belief import Belief, Beliefs, Movement
from simulator.analysis.inputs import valued
from simulator.plots.look import (
    COLOURS,
    INK,
    WIDTH,
    Picture,
    Record,
    axis,
    below,
    colours,
    data,
    heading,
    inner,
    is_narrow,
    legend,
    name_room,
    named,
    title,
)

MOST = 12
"""Factors in a picture."""
FEW, PANELS = 5, 6
"""Factors of each, and how many there are, where there are several beliefs in a picture."""
ROW = 34
"""Height of a factor, in pixels."""
BEFORE, AFTER, TOLD = "before", "after", "told"


def belief(found: Belief | Beliefs, width: int = WIDTH) -> Picture:
    """Draw for each factor its range of 5 to 95 % and its median before and after, the farthest moved on top.

    Values are in standard deviations of the prior from its median, so that factors share an axis; numbers
    stand in words under them. Of several beliefs there is a panel for each of the first, with few factors. `width` is
    that of the whole picture, in pixels.
    """
    if isinstance(found, Belief):
        return _panel(found, width, MOST).properties(
            title=title(
                "What one would have to believe" if found.claim else "What one has to believe now",
                found.sentence,
                _reading(f"{found.n:,} replications, effectively {found.effective:,.0f}"),
                width=width,
            )
        )
    each = width if is_narrow(width) else width // 2 - 10
    panels = [
        _panel(one, each, FEW).properties(title=heading(f"If {one.given}" if one.claim else one.given, each))
        for one in found.beliefs[:PANELS]
    ]
    left = len(found.beliefs) - PANELS
    return below(panels, width).properties(
        title=title(
            "What one would have to believe",
            _reading(f"the {FEW} that move farthest"),
            f"{left} more are not drawn; name a claim to see it" if left > 0 else "",
            width=width,
        )
    )


def _reading(how_many: str) -> str:
    return (
        "Bars: 5 to 95 %, dots: medians, before and after, in standard deviations from the median before; "
        f"{how_many}. Pale: no more than chance makes it."
    )


def _panel(found: Belief, width: int, most: int) -> Picture:
    factors = [each for each in found.movements if each.kind == "factor"][:most]
    names = [each.name for each in factors]
    states = [BEFORE, AFTER]
    base = alt.Chart(data(_records(factors))).encode(
        y=alt.Y("factor:N", sort=names, axis=named(names, width, grid=False)),
        yOffset=alt.YOffset("state:N", sort=[*states, TOLD], scale=alt.Scale(domain=[*states, TOLD])),
        opacity=alt.condition("datum.moves", alt.value(1.0), alt.value(0.35)),
    )
    drawn = base.encode(color=alt.Color("state:N", scale=colours(states), legend=legend(states)))
    span = drawn.mark_rule(strokeWidth=3).encode(x=alt.X("low:Q", axis=axis("")), x2=alt.X2("high:Q"))
    middle = drawn.mark_point(filled=True, size=50).encode(
        x=alt.X("median:Q"),
        shape=alt.Shape("state:N", scale=alt.Scale(domain=states, range=["circle", "diamond"])),
    )
    words = (
        alt.Chart(data(_words(factors)))
        .mark_text(align="left", color=INK, fontSize=10)
        .encode(
            y=alt.Y("factor:N", sort=names),
            yOffset=alt.YOffset("state:N"),
            x=alt.value(4),
            text=alt.Text("told:N"),
        )
    )
    zero = alt.Chart(data([{"x": 0.0}])).mark_rule(color=COLOURS[6], opacity=0.3).encode(x=alt.X("x:Q"))
    return alt.layer(zero, span, middle, words).properties(
        width=inner(width, name_room(names, width)), height=max(2, len(factors)) * ROW
    )


def _records(factors: Sequence[Movement]) -> list[Record]:
    records: list[Record] = []
    for each in factors:
        # a triple of 5, 50 and 95 % of a normal law is 3.29 standard deviations wide
        scale = max(each.prior_p95 - each.prior_p05, 1e-300) / 3.29
        for state, low, middle, high in (
            (BEFORE, each.prior_p05, each.prior_median, each.prior_p95),
            (AFTER, each.p05, each.median, each.p95),
        ):
            places = [(number - each.prior_median) / scale for number in (low, middle, high)]
            ends = dict(zip(("low", "median", "high"), places, strict=True))
            records.append({"factor": each.name, "moves": each.moves, "state": state, **ends})
    return records


def _words(factors: Sequence[Movement]) -> list[Record]:
    return [
        {
            "factor": each.name,
            "state": TOLD,
            "told": f"{valued(each.prior_median, each.unit)} to {valued(each.median, each.unit)}",
        }
        for each in factors
    ]
