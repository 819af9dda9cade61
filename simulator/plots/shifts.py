"""By how much each quantile of one scenario lies beyond that of another."""

from collections.abc import Iterable

import altair as alt

from simulator.analysis.compare import Comparison
from simulator.analysis.figures import figure, percent
from simulator.plots.look import (
    COLOURS,
    HEIGHT,
    INK,
    WIDTH,
    Picture,
    axis,
    below,
    data,
    heading,
    inner,
    is_narrow,
    numbers,
    title,
    tooltips,
    with_unit,
)

PANELS, FEW, SMALL = 12, 6, 110
"""How many comparisons are drawn where there are several, how many in a narrow picture, and the height of each."""


def compare(comparison: Comparison | Iterable[Comparison], width: int = WIDTH) -> Picture:
    """Draw the quantile shift function of a comparison, with its band and the line of no difference.

    Of several comparisons there is a small panel for each of the first. `width` is that of the whole picture, in
    pixels.
    """
    if isinstance(comparison, Comparison):
        return _shift(comparison, inner(width), HEIGHT, list(comparison.shift.probability)).properties(
            title=_told(comparison, width)
        )
    found = list(comparison)
    each = width if is_narrow(width) else width // 2 - 10
    most = FEW if is_narrow(width) else PANELS
    panels = [
        _shift(one, inner(each), SMALL, [0.1, 0.5, 0.9]).properties(
            title=heading(f"{one.claim or one.response}: {one.b} less {one.a}", each)
        )
        for one in found[:most]
    ]
    left = len(found) - most
    return below(panels, width).properties(
        title=title(
            "By how much quantiles differ",
            "The difference of every decile of two scenarios, with its interval of 95 %; dashed: no difference.",
            f"{left} more comparisons are not drawn; name a claim to see it" if left > 0 else "",
            width=width,
        )
    )


def _shift(comparison: Comparison, width: int, height: int, marked: list[float]) -> Picture:
    records = [
        {"quantile": share, "a": a, "b": b, "difference": difference, "low": low, "high": high}
        for share, a, b, difference, low, high in comparison.shift.rows()
    ]
    whole = with_unit(f"difference in {comparison.response}", comparison.unit)
    label = whole if height > SMALL else f"difference ({comparison.unit})"
    base = alt.Chart(data(records)).encode(
        x=alt.X(
            "quantile:Q",
            scale=alt.Scale(domain=[0.05, 0.95], nice=False),
            axis=axis("quantile", format="%", values=marked),
        )
    )
    y = alt.Y("difference:Q", axis=numbers(label, height, tickCount=max(3, height // 40)))
    band = base.mark_area(opacity=0.2, color=COLOURS[0]).encode(y=alt.Y("low:Q"), y2=alt.Y2("high:Q"))
    line = base.mark_line(color=COLOURS[0], point=alt.OverlayMarkDef(color=COLOURS[0], size=40)).encode(
        y=y, tooltip=tooltips("quantile:Q", "a:Q", "b:Q", "difference:Q", "low:Q", "high:Q")
    )
    zero = (
        alt.Chart(data([{"difference": 0.0}]))
        .mark_rule(color=INK, strokeDash=[5, 4])
        .encode(y=alt.Y("difference:Q"))
    )
    return alt.layer(zero, band, line).properties(width=width, height=height)


def _told(comparison: Comparison, width: int) -> alt.TitleParams:
    return title(
        comparison.description,
        f"{comparison.b} less {comparison.a}, quantile by quantile; {comparison.n:,} pairs of replications; "
        f"band: {comparison.median.method}, 95 % for each quantile by itself.",
        f"Wasserstein distance {figure(comparison.wasserstein)} {comparison.unit}, "
        f"Kolmogorov distance {comparison.kolmogorov:.2f}.",
        _probability(comparison),
        width=width,
    )


def _probability(comparison: Comparison) -> str:
    found = comparison.probability
    if found is None:
        return ""
    return (
        f"Probability of {comparison.claim}: {percent(found.b)} instead of {percent(found.a)}, "
        f"a difference of {100 * found.difference:.1f} points [{100 * found.low:.1f} to {100 * found.high:.1f}]."
    )
