"""How likely a claim is in the plane of two factors."""

import altair as alt

from simulator.analysis.contours import Contours
from simulator.analysis.figures import figure
from simulator.plots.look import (
    COLOURS,
    INK,
    WIDTH,
    Picture,
    Record,
    axis,
    data,
    inner,
    is_narrow,
    title,
    with_unit,
)

ROW = 40
"""Pixels a level of the second factor."""
DARK = 0.55
"""Fields of a higher probability have white numbers."""


def contours(found: Contours, width: int = WIDTH) -> Picture:
    """Draw P(claim) on a grid of levels of two factors, the number and its interval in each field.

    `width` is that of the whole picture, in pixels; in a narrow one there is no room for intervals.
    """
    labels = found.labels(0), found.labels(1)
    records: list[Record] = [
        {
            "a": labels[0][place // len(labels[1])],
            "b": labels[1][place % len(labels[1])],
            "probability": each.probability,
            "chance": _short(each.chance) if is_narrow(width) else each.chance.replace(" [", "\n["),
        }
        for place, each in enumerate(found.cells)
        if each.n
    ]
    names = [
        with_unit(name.replace("_", " "), unit)
        for name, unit in zip(found.factors, found.factor_units, strict=True)
    ]
    base = alt.Chart(data(records)).encode(
        x=alt.X("a:O", sort=labels[0], axis=axis(names[0], labelAngle=0, labelOverlap=True)),
        y=alt.Y("b:O", sort=labels[1][::-1], axis=axis(names[1])),
    )
    fields = base.mark_rect(stroke="white").encode(
        color=alt.Color(
            "probability:Q",
            scale=alt.Scale(domain=[0, 1], range=["#FFFFFF", COLOURS[0]], interpolate="rgb"),
            legend=alt.Legend(
                title="P(claim), numbers in %" if is_narrow(width) else "P(claim)",
                format="%",
                orient="top",
                gradientLength=min(200, inner(width)),
            ),
        )
    )
    numbers = base.mark_text(lineBreak="\n", fontSize=9).encode(
        text=alt.Text("chance:N"),
        color=alt.condition(f"datum.probability > {DARK}", "white", alt.value(INK)),
    )
    return alt.layer(fields, numbers).properties(
        width=inner(width),
        height=ROW * len(labels[1]),
        title=title(
            f"How likely {found.claim} is: at least {figure(found.at_least)} {found.unit} {found.quantity}",
            f"Scenario {found.scenario}; intervals of 95 %; {found.cells[0].n:,} replications of each field, under"
            " common random numbers.",
            width=width,
        ),
    )


def _short(chance: str) -> str:
    """Return a probability in per cent without its interval: `14.1`, or `<1.2` for a bound."""
    probability = chance.split(" [")[0].removesuffix(" %")
    return probability.replace("under ", "<").replace("over ", ">")
