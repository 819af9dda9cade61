"""What held production back: lost output by month, and what lifting each constraint would add."""

import altair as alt

from simulator.analysis.bottleneck import Bottleneck
from simulator.analysis.figures import figure
from simulator.model.system import State
from simulator.plots.look import COLOURS, INK, WIDTH, Picture, Record, axis, data, legend, title
from simulator.plots.states import COLOURS as OF_STATES

MONTHS, BAR = 200, 16
"""Heights of the account, and of one bar of the counterfactual."""
DARKER = {State.OFF_SHIFT.name.lower(): "#999999", State.NOT_COMMISSIONED.name.lower(): "#56B4E9"}
"""States that are drawn as a background elsewhere."""


def bottleneck(found: Bottleneck) -> Picture:
    """Draw lost output of the final stage by month and state, over what each constraint adds when it is lifted."""
    both: alt.VConcatChart = alt.vconcat(_account(found), _counterfactual(found), spacing=24)
    drawn: Picture = both.resolve_scale(color="independent").properties(
        title=title(
            f"What held {found.claim} back: {found.quantity}",
            f"Scenario {found.scenario}. Above, what lines of the final stage would have made in the time they did"
            f" not run, by what they waited for: means of {found.account.n:,} replications.",
            f"Below, what lifting one constraint, or two, adds to the mean of {figure(found.base.mean)}"
            f" {found.unit}, with intervals of 95 %; {found.base.n:,} replications under common random numbers.",
        )
    )
    return drawn


def _account(found: Bottleneck) -> alt.Chart:
    states = [name for name in _colours() if any(each.mean for each in found.account.of("state", name))]
    records: list[Record] = [
        {"month": each.name, "state": each.state, "lost": each.mean, "order": states.index(each.state)}
        for each in found.account.of("month")
        if each.state in states
    ]
    bars: alt.Chart = (
        alt.Chart(data(records))
        .mark_bar()
        .encode(
            x=alt.X("month:O", axis=axis("", labelAngle=0, labelOverlap=True)),
            y=alt.Y("lost:Q", axis=axis(f"lost output ({found.account.unit})", format="~s")),
            color=alt.Color(
                "state:N",
                scale=alt.Scale(domain=states, range=[_colours()[name] for name in states]),
                legend=legend(symbol="square"),
            ),
            order=alt.Order("order:Q"),
            tooltip=["month:O", "state:N", "lost:Q"],
        )
        .properties(width=WIDTH, height=MONTHS)
    )
    return bars


def _colours() -> dict[str, str]:
    """Return a colour for every state in which nothing is made."""
    names = {state.name.lower(): colour for state, colour in OF_STATES.items() if state != State.RUNNING}
    return names | DARKER


def _counterfactual(found: Bottleneck) -> alt.LayerChart | alt.FacetChart:
    rows = [(each.name, "one lifted", each.added) for each in found.lifted]
    rows += [(f"{each.a} + {each.b}", "two lifted", each.added) for each in found.pairs]
    records: list[Record] = [
        {"lifted": name, "constraints": kind, "added": gain.value, "low": gain.low, "high": gain.high}
        for name, kind, gain in rows
    ]
    base = alt.Chart(data(records)).encode(
        y=alt.Y(
            "lifted:N",
            sort=[name for name, _, _ in rows],
            axis=axis("", grid=False, labelLimit=220),
        )
    )
    bars = base.mark_bar().encode(
        x=alt.X("added:Q", axis=axis(f"added to the mean ({found.unit})", format="~s", tickCount=6)),
        color=alt.Color(
            "constraints:N",
            scale=alt.Scale(domain=["one lifted", "two lifted"], range=[COLOURS[0], COLOURS[4]]),
            legend=legend(symbol="square"),
        ),
        tooltip=["lifted:N", "added:Q", "low:Q", "high:Q"],
    )
    reach = base.mark_rule(color=INK).encode(x=alt.X("low:Q"), x2="high:Q")
    return alt.layer(bars, reach).properties(width=WIDTH, height=alt.Step(BAR))
