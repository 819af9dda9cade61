"""By how much each quantile of one scenario lies beyond that of another."""

from collections.abc import Iterable

import altair as alt

from simulator.analysis.compare import Comparison
from simulator.analysis.figures import figure, percent
from simulator.plots.look import COLOURS, HEIGHT, INK, WIDTH, Picture, axis, data, title, with_unit


def compare(comparison: Comparison | Iterable[Comparison]) -> Picture:
    """Draw the quantile shift function of a comparison, with its band and the line of no difference.

    Of several comparisons, one below the other.
    """
    if isinstance(comparison, Comparison):
        return _shift(comparison)
    return alt.vconcat(*(_shift(each) for each in comparison))


def _shift(comparison: Comparison) -> Picture:
    records = [
        {"quantile": share, "a": a, "b": b, "difference": difference, "low": low, "high": high}
        for share, a, b, difference, low, high in comparison.shift.rows()
    ]
    label = with_unit(f"difference in {comparison.response}", comparison.unit)
    base = alt.Chart(data(records)).encode(
        x=alt.X(
            "quantile:Q",
            scale=alt.Scale(domain=[0.05, 0.95], nice=False),
            axis=axis("quantile", format="%", values=list(comparison.shift.probability)),
        )
    )
    y = alt.Y("difference:Q", axis=axis(label, format="~s"))
    band = base.mark_area(opacity=0.2, color=COLOURS[0]).encode(y=alt.Y("low:Q"), y2="high:Q")
    line = base.mark_line(color=COLOURS[0], point=alt.OverlayMarkDef(color=COLOURS[0], size=40)).encode(
        y=y, tooltip=["quantile:Q", "a:Q", "b:Q", "difference:Q", "low:Q", "high:Q"]
    )
    zero = (
        alt.Chart(data([{"difference": 0.0}]))
        .mark_rule(color=INK, strokeDash=[5, 4])
        .encode(y="difference:Q")
    )
    return alt.layer(zero, band, line).properties(
        width=WIDTH,
        height=HEIGHT,
        title=title(
            comparison.description,
            f"{comparison.b} less {comparison.a}, quantile by quantile; {comparison.n:,} pairs of replications; "
            f"band: {comparison.median.method}, 95 % for each quantile by itself.",
            f"Wasserstein distance {figure(comparison.wasserstein)} {comparison.unit}, "
            f"Kolmogorov distance {comparison.kolmogorov:.2f}.",
            _probability(comparison),
        ),
    )


def _probability(comparison: Comparison) -> str:
    found = comparison.probability
    if found is None:
        return ""
    return (
        f"Probability of {comparison.claim}: {percent(found.b)} instead of {percent(found.a)}, "
        f"a difference of {100 * found.difference:.1f} points [{100 * found.low:.1f} to {100 * found.high:.1f}]."
    )
