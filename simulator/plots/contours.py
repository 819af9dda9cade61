"""How likely a claim is in the plane of two factors."""

import altair as alt

from simulator.analysis.contours import Contours
from simulator.analysis.figures import figure
from simulator.plots.look import COLOURS, HEIGHT, INK, WIDTH, Picture, Record, axis, data, title, with_unit


def contours(found: Contours) -> Picture:
    """Draw P(claim) on a grid of levels of two factors, the number and its interval in each field."""
    labels = found.labels(0), found.labels(1)
    records: list[Record] = [
        {
            "a": labels[0][place // len(labels[1])],
            "b": labels[1][place % len(labels[1])],
            "probability": each.probability,
            "chance": each.chance.replace(" [", "\n["),
        }
        for place, each in enumerate(found.cells)
        if each.n
    ]
    names = [
        with_unit(name.replace("_", " "), unit)
        for name, unit in zip(found.factors, found.factor_units, strict=True)
    ]
    base = alt.Chart(data(records)).encode(
        x=alt.X("a:O", sort=labels[0], axis=axis(names[0], labelAngle=0)),
        y=alt.Y("b:O", sort=labels[1][::-1], axis=axis(names[1])),
    )
    fields = base.mark_rect().encode(
        color=alt.Color(
            "probability:Q",
            scale=alt.Scale(domain=[0, 1], range=["#FFFFFF", COLOURS[0]]),
            legend=alt.Legend(title="P(claim)", format="%", orient="right"),
        )
    )
    numbers = base.mark_text(color=INK, lineBreak="\n", fontSize=9).encode(text="chance:N")
    return alt.layer(fields, numbers).properties(
        width=WIDTH,
        height=HEIGHT,
        title=title(
            f"How likely {found.claim} is: at least {figure(found.at_least)} {found.unit} {found.quantity}",
            f"Scenario {found.scenario}; intervals of 95 %; {found.cells[0].n:,} replications of each field, under"
            " common random numbers.",
        ),
    )
