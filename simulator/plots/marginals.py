"""How the factors that move farthest are spread before and after."""

from datetime import date

import altair as alt

from simulator.analysis.inputs import valued
from simulator.analysis.marginals import Marginal, Marginals
from simulator.plots.look import (
    COLOURS,
    WIDTH,
    Picture,
    Record,
    axis,
    data,
    heading,
    is_narrow,
    legend,
    numbers,
    title,
)

HEIGHT = 84
STATES = ("before", "after")


def factors(found: Marginals, width: int = WIDTH) -> Picture:
    """Draw a small panel for each factor: its shares before as an area, after as a line.

    `width` is that of the whole picture, in pixels.
    """
    columns = 2 if is_narrow(width) else 3
    each = width // columns - 12
    panels = [_panel(one, each) for one in found.marginals]
    chart: Picture = (
        alt.concat(*panels, columns=columns, spacing=12)
        .resolve_scale(x="independent", y="independent", color="shared")
        .properties(
            title=title(
                f"Factors before and after: {found.given}",
                f"Share of replications in each part of the range; {found.n:,} replications of {found.scenario}, "
                f"effectively {found.effective:,.0f} after. The farthest moved first; pale: no more than chance makes "
                "it.",
                f"{found.left} more factors are not drawn." if found.left else "",
                width=width,
            )
        )
    )
    return chart


def _panel(found: Marginal, width: int) -> Picture:
    records: list[Record] = [
        {"state": state, "from": _place(low, found.unit), "share": share}
        for state, shares in zip(STATES, (found.before, found.after), strict=True)
        # the last share is drawn to the end of its part
        for low, share in zip(found.edges, (*shares, shares[-1]), strict=True)
    ]
    within = width - 20
    dated = found.unit == "date"
    bare = axis("", format="%b %Y", tickCount=2, grid=False, labelOverlap=True)
    ends = [records[0]["from"], records[len(found.edges) - 1]["from"]]
    x = alt.X(
        "from",
        type="temporal" if dated else "quantitative",
        scale=alt.Scale(domain=ends, nice=False, type="utc" if dated else alt.Undefined),
        axis=bare if dated else numbers("", within, tickCount=3, grid=False),
    )
    scale = alt.Scale(domain=list(STATES), range=["#999999", COLOURS[0]])
    colour = alt.Color("state:N", scale=scale, legend=legend(STATES, 2 * width))
    opacity = 1.0 if found.moves else 0.45
    base = alt.Chart(data(records)).encode(x=x, y=alt.Y("share:Q", axis=None), color=colour)
    area = base.mark_area(interpolate="step-after", opacity=0.45 * opacity).transform_filter(
        "datum.state === 'before'"
    )
    line = base.mark_line(interpolate="step-after", strokeWidth=2, opacity=opacity).transform_filter(
        "datum.state === 'after'"
    )
    medians = [valued(number, found.unit) for number in (found.median_before, found.median_after)]
    told = f"{found.factor}: {' to '.join(dict.fromkeys(medians))}"
    return alt.layer(area, line).properties(width=within, height=HEIGHT, title=heading(told, width))


def _place(number: float, unit: str) -> float | str:
    return date.fromordinal(round(number)).isoformat() if unit == "date" else number
