"""How much each factor matters, with its interval, beside a number that is used nowhere."""

import altair as alt

from simulator.analysis.figures import percent
from simulator.analysis.sensitivity import FactorSensitivity, Sensitivity
from simulator.plots.look import (
    COLOURS,
    INK,
    WIDTH,
    Picture,
    below,
    data,
    inner,
    is_narrow,
    name_room,
    named,
    numbers,
    title,
    tooltips,
)

MOST = 15
"""Factors that are drawn."""
ROW = 22
"""Pixels a factor."""
WAYS = (
    "response rises with it",
    "response falls with it",
    "no telling which way",
    "not told apart from chance",
)


def sensitivity(found: Sensitivity, width: int = WIDTH) -> Picture:
    """Draw shares with their intervals, the greatest first, and PAWN beside them; the null is the dashed line.

    `width` is that of the whole picture, in pixels; in a narrow one PAWN stands below.
    """
    rows = [*found.factors[:MOST], found.null]
    order = [each.column for each in rows]
    records = [_record(each) for each in rows]
    shares = _panel(records, found, order, "share", _label(found), width, labels=True)
    distances = _panel(
        records, found, order, "pawn", f"PAWN of {found.response}", width, labels=is_narrow(width)
    )
    left = len(found.factors) - MOST
    return below([shares, distances], width, spacing=16).properties(
        title=title(
            f"What matters for {found.of} in {found.scenario}",
            f"First-order shares and PAWN with intervals of {100 * found.level:.4g} %, {found.n:,} replications, "
            f"{found.method}; dashed: where the interval of the null ends, a number that is used nowhere.",
            f"One at a time the factors tell {percent(found.together.value)} of the variance"
            f"{f'; {left} more factors are not drawn' if left > 0 else ''}.",
            width=width,
        )
    )


def _record(each: FactorSensitivity) -> dict[str, object]:
    way = WAYS[0] if each.slope.low > 0.0 else WAYS[1] if each.slope.high < 0.0 else WAYS[2]
    record: dict[str, object] = {
        "factor": each.column,
        "way": way if each.apart else WAYS[3],
        "rank": each.place,
    }
    for name, index in (("share", each.share), ("pawn", each.pawn)):
        record |= {name: index.value, f"{name}_low": index.low, f"{name}_high": index.high}
    return record


def _label(found: Sensitivity) -> str:
    return "share of the variance" if found.claim is None else "share of the variance of hit or miss"


def _panel(
    records: list[dict[str, object]],
    found: Sensitivity,
    order: list[str],
    name: str,
    label: str,
    width: int,
    *,
    labels: bool,
) -> alt.LayerChart | alt.FacetChart:
    room = name_room(order, width)
    within = inner(width, room) if is_narrow(width) else (width - room) // 2 - 20
    base = alt.Chart(data(records)).encode(
        y=alt.Y("factor:N", sort=order, axis=named(order, width) if labels else None),
        color=alt.Color(
            "way:N",
            scale=_scale(),
            legend=alt.Legend(
                title=None, orient="bottom", labelLimit=300, columns=1 if is_narrow(width) else 2
            ),
        ),
    )
    form = "%" if name == "share" else ".2f"
    tooltip = tooltips("factor:N", "rank:N", f"{name}:Q", f"{name}_low:Q", f"{name}_high:Q")
    bars = base.mark_rule(strokeWidth=2.5).encode(
        x=alt.X(f"{name}_low:Q", axis=numbers(label, within, format=form)), x2=f"{name}_high:Q"
    )
    points = base.mark_point(filled=True, size=60, opacity=1).encode(x=alt.X(f"{name}:Q"), tooltip=tooltip)
    index = getattr(found.null, name)
    end = (
        alt.Chart(data([{"end": index.high}]))
        .mark_rule(color=INK, strokeDash=[5, 4])
        .encode(x=alt.X("end:Q"))
    )
    return alt.layer(end, bars, points).properties(width=within, height=ROW * len(records))


def _scale() -> alt.Scale:
    return alt.Scale(domain=list(WAYS), range=[COLOURS[0], COLOURS[1], COLOURS[3], "#AAAAAA"])
