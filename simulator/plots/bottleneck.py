"""What held production back: lost output by month, and what lifting each constraint would add."""

import altair as alt

from simulator.analysis.bottleneck import Bottleneck
from simulator.analysis.figures import figure
from simulator.plots.look import (
    COLOURS,
    INK,
    LEFT,
    WIDTH,
    Picture,
    Record,
    data,
    inner,
    legend,
    name_room,
    named,
    numbers,
    title,
    tooltips,
)
from simulator.plots.losses import months

BAR = 16
"""Height of one bar of the counterfactual; of one whose name takes two lines twice as much."""
KINDS = ("one lifted", "two lifted")


def bottleneck(found: Bottleneck, width: int = WIDTH) -> Picture:
    """Draw lost output of the final stage by month and state, over what each constraint adds when it is lifted.

    `width` is that of the whole picture, in pixels.
    """
    left = max(LEFT, name_room(_names(found), width))
    both: alt.VConcatChart = alt.vconcat(
        months(found.account, width, left), _counterfactual(found, width, left), spacing=24
    )
    drawn: Picture = both.resolve_scale(color="independent").properties(
        title=title(
            f"What held {found.claim} back: {found.quantity}",
            f"Scenario {found.scenario}. Above, what lines of the final stage would have made in the time they did"
            f" not run, by what they waited for: means of {found.account.n:,} replications.",
            f"Below, what lifting one constraint, or two, adds to the mean of {figure(found.base.mean)}"
            f" {found.unit}, with intervals of 95 %; {found.base.n:,} replications under common random numbers.",
            width=width,
        )
    )
    return drawn


def _names(found: Bottleneck) -> list[str]:
    return [*(each.name for each in found.lifted), *(f"{each.a} + {each.b}" for each in found.pairs)]


def _counterfactual(found: Bottleneck, width: int, left: int) -> alt.LayerChart | alt.FacetChart:
    names = _names(found)
    kinds = [KINDS[0]] * len(found.lifted) + [KINDS[1]] * len(found.pairs)
    gains = [*(each.added for each in found.lifted), *(each.added for each in found.pairs)]
    records: list[Record] = [
        {"lifted": name, "constraints": kind, "added": gain.value, "low": gain.low, "high": gain.high}
        for name, kind, gain in zip(names, kinds, gains, strict=True)
    ]
    within = inner(width, left)
    base = alt.Chart(data(records)).encode(
        y=alt.Y("lifted:N", sort=names, axis=named(names, width, grid=False))
    )
    bars = base.mark_bar().encode(
        x=alt.X("added:Q", axis=numbers(f"added to the mean ({found.unit})", within)),
        color=alt.Color(
            "constraints:N",
            scale=alt.Scale(domain=list(KINDS), range=[COLOURS[0], COLOURS[4]]),
            legend=legend(KINDS, width, symbol="square"),
        ),
        tooltip=tooltips("lifted:N", "added:Q", "low:Q", "high:Q"),
    )
    reach = base.mark_rule(color=INK).encode(x=alt.X("low:Q"), x2=alt.X2("high:Q"))
    folded = left == 2 * width // 5
    return alt.layer(bars, reach).properties(width=within, height=alt.Step(2 * BAR if folded else BAR))
