"""What lines of the final stage waited for, month by month."""

import altair as alt

from simulator.analysis.account import Account
from simulator.analysis.figures import percent
from simulator.model.system import State
from simulator.plots.look import (
    LEFT,
    OF_STATES,
    WIDTH,
    Picture,
    Record,
    axis,
    data,
    inner,
    is_narrow,
    legend,
    numbers,
    title,
    tooltips,
)

HEIGHT = 200
DARKER = {State.OFF_SHIFT.name.lower(): "#999999", State.NOT_COMMISSIONED.name.lower(): "#56B4E9"}
"""States that are drawn as a background elsewhere."""
MONTH = "timeFormat(toDate(datum.label + '-01T00:00'), '%b')"
"""A month without its year."""


def lost_output(found: Account, width: int = WIDTH) -> Picture:
    """Draw what was lost by month and state, from the rows of a run; `width` in pixels of the whole picture."""
    losses = sorted(found.of("state"), key=lambda each: -each.mean)
    most = [f"{each.name.replace('_', ' ')} {percent(each.share)}" for each in losses if each.mean][:3]
    return months(found, width).properties(
        title=title(
            "What held production back",
            f"Scenario {found.scenario}. What lines of the final stage would have made in the time they did not run, by"
            f" what they waited for: means of {found.n:,} replications."
            + (f" Of all that was lost: {', '.join(most)}." if most else " Nothing was lost."),
            width=width,
        )
    )


def months(found: Account, width: int, left: int = LEFT) -> alt.Chart:
    """Return the bars of lost output by month, stacked by state, with `left` pixels for labels."""
    states = [name for name in _colours() if any(each.mean for each in found.of("state", name))]
    records: list[Record] = [
        {"month": each.name, "state": each.state, "lost": each.mean, "order": states.index(each.state)}
        for each in found.of("month")
        if each.state in states
    ]
    shown = list(dict.fromkeys(each.name for each in found.of("month")))
    bars: alt.Chart = (
        alt.Chart(data(records))
        .mark_bar()
        .encode(
            x=alt.X("month:O", scale=alt.Scale(domain=shown), axis=_of_months(shown, width)),
            y=alt.Y(
                "lost:Q",
                scale=alt.Undefined if records else alt.Scale(domain=[0, 1]),
                axis=numbers(f"lost output ({found.unit})", HEIGHT),
            ),
            color=alt.Color(
                "state:N",
                scale=alt.Scale(domain=states, range=[_colours()[name] for name in states]),
                legend=legend(states, width, symbol="square", words=True) if states else None,
            ),
            order=alt.Order("order:Q"),
            tooltip=tooltips("month:O", "state:N", "lost:Q"),
        )
        .properties(width=inner(width, left), height=HEIGHT)
    )
    return bars


def _of_months(names: list[str], width: int) -> alt.Axis:
    """Return an axis of months, in a narrow picture without the year where that is the same for all."""
    years = sorted({name[:4] for name in names})
    if is_narrow(width) and len(years) == 1 and len(names) <= 12:
        return axis(years[0], labelAngle=0, labelExpr=MONTH, labelOverlap=True)
    return axis("", labelAngle=0, labelOverlap=True)


def _colours() -> dict[str, str]:
    """Return a colour for every state in which nothing is made."""
    names = {state.name.lower(): colour for state, colour in OF_STATES.items() if state != State.RUNNING}
    return names | DARKER
