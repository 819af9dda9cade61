"""What knowing each factor would be worth for a call."""

import altair as alt

from simulator.analysis.information import Information, InformationByClaim, points
from simulator.plots.look import COLOURS, INK, WIDTH, Picture, axis, data, title

MOST = 12
"""Factors in a picture."""
ROW = 22
"""Height of a factor, in pixels."""


def information(found: Information | InformationByClaim) -> Picture:
    """Draw for each factor its worth in points, and the share of the variance it removes, with the noise floor.

    Of several claims the pictures stand below each other.
    """
    if isinstance(found, Information):
        return _picture(found)
    return alt.vconcat(*(_picture(each) for each in found.answers), spacing=30)


def _picture(found: Information) -> Picture:
    worths = found.worths[:MOST]
    names = [each.factor for each in worths]
    left = [
        {
            "factor": each.factor,
            "of": 100.0 * each.value,
            "low": 100.0 * each.low,
            "high": 100.0 * each.high,
            "told": each.changes_call,
        }
        for each in worths
    ]
    right = [
        {
            "factor": each.factor,
            "of": 100.0 * each.share,
            "low": 100.0 * each.share_low,
            "high": 100.0 * each.share_high,
            "told": each.told_apart,
        }
        for each in worths
    ]
    wrong = f"fewer wrong calls, in points (of {points(found.perfect)})"
    return alt.hconcat(
        _panel(left, names, wrong, 100.0 * found.null_value, labels=True),
        _panel(right, names, "variance removed, in %", 100.0 * found.null_share, labels=False),
        spacing=16,
    ).properties(
        title=title(
            "What would be worth knowing",
            found.sentence,
            f"Bars: 95 % intervals; dashed: the best of {found.nulls} random numbers; pale: not told apart from 0. "
            f"{found.n:,} replications.",
        )
    )


def _panel(
    records: list[dict[str, object]], names: list[str], label: str, floor: float, *, labels: bool
) -> Picture:
    sides = axis("", labelLimit=220) if labels else None
    base = alt.Chart(data(records)).encode(
        y=alt.Y("factor:N", sort=names, axis=sides),
        opacity=alt.condition("datum.told", alt.value(1.0), alt.value(0.35)),
    )
    bars = base.mark_rule(strokeWidth=3, color=COLOURS[0]).encode(
        x=alt.X("low:Q", axis=axis(label)), x2="high:Q"
    )
    dots = base.mark_point(filled=True, size=60, color=COLOURS[0]).encode(x="of:Q")
    line = alt.Chart(data([{"x": floor}])).mark_rule(color=INK, strokeDash=[5, 4]).encode(x="x:Q")
    return alt.layer(line, bars, dots).properties(width=WIDTH // 2, height=max(2, len(names)) * ROW)
