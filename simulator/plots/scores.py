"""What was foretold beside what happened, figure by figure."""

import altair as alt

from simulator.analysis.score import CENTRAL, Point, Score
from simulator.plots.look import (
    COLOURS,
    INK,
    WIDTH,
    Picture,
    Record,
    data,
    decades,
    inner,
    name_room,
    named,
    numbers,
    title,
    tooltips,
)

WIDE = 10.0
"""Figures that span more than this factor are drawn on a logarithmic axis."""
ROW = 34
"""Pixels of one figure."""
KINDS = ("model", "naive extrapolation", "happened", "plan")


def score(found: Score, width: int = WIDTH) -> Picture:
    """Draw for each figure the central 50 and 90 % of what was foretold, what happened, the plan and the naive.

    `width` is that of the whole picture, in pixels.
    """
    drawn = [_series(found, each.series, each.unit, width) for each in found.series]
    return alt.vconcat(*drawn, spacing=24).properties(
        title=title(
            f"What {found.scenario} foretold, and what happened",
            "Blue: central 50 and 90 % of the prediction; grey: of the naive extrapolation; dot: what happened; "
            f"triangle: the plan. {found.covered[CENTRAL.index(0.9)]} of "
            f"{len(found.points)} points lie in the 90 %.",
            *found.notes[:2],
            width=width,
        )
    )


def _series(found: Score, series: str, unit: str, width: int) -> Picture:
    points = [point for point in found.points if (point.series, point.unit) == (series, unit)]
    names = [_what(point) for point in points]
    within = inner(width, name_room(names, width))
    x = alt.X(
        "value:Q",
        scale=alt.Scale(type="log", nice=False) if _is_wide(points) else alt.Scale(zero=True),
        axis=numbers(f"{series} ({unit})".strip(), within, **_ticks(points)),
    )
    y = alt.Y("what:N", sort=None, axis=named(names, width, domain=False, ticks=False, grid=False))
    spans = [record for point in points for record in _spans(point)]
    marks = [record for point in points for record in _marks(point)]
    ranges = (
        alt.Chart(data(spans))
        .mark_bar()
        .encode(
            x=x,
            x2=alt.X2("to:Q"),
            y=y,
            yOffset=alt.YOffset("kind:N", sort=["model", "naive extrapolation"]),
            size=alt.Size("width:Q", scale=None),
            opacity=alt.Opacity("opacity:Q", scale=None),
            color=alt.Color("kind:N", scale=_colours(), legend=None),
        )
    )
    shown = (
        alt.Chart(data(marks))
        .mark_point(filled=True, size=90, opacity=1)
        .encode(
            x=x,
            y=y,
            shape=alt.Shape(
                "kind:N",
                legend=None,
                scale=alt.Scale(domain=KINDS, range=["square", "square", "circle", "triangle-up"]),
            ),
            color=alt.Color("kind:N", scale=_colours(), legend=None),
            tooltip=tooltips("what:N", "kind:N", "value:Q"),
        )
    )
    return alt.layer(ranges, shown).properties(width=within, height=ROW * len(points))


def _ticks(points: list[Point]) -> dict[str, list[float]]:
    """Return where the ticks of a logarithmic axis are; nothing for another."""
    if not _is_wide(points):
        return {}
    shown = [record[end] for point in points for record in _spans(point) for end in ("value", "to")]
    shown += [record["value"] for point in points for record in _marks(point)]
    return {"values": decades(min(shown), max(shown))}


def _is_wide(points: list[Point]) -> bool:
    """Return whether the figures span so much that only a logarithmic axis shows them; none may be 0."""
    shown = [record["value"] for point in points for record in (*_spans(point), *_marks(point))]
    return bool(min(shown) > 0.0 and max(shown) > WIDE * min(shown))


def _spans(point: Point) -> list[Record]:
    """Return the central intervals of the prediction, and of the naive one where there is one."""
    found: list[Record] = []
    for kind, forecast in zip(KINDS[:2], (point.model, point.naive), strict=True):
        for share, width, opacity in ((0.9, 6, 0.35), (0.5, 12, 0.6)):
            if forecast is not None:
                place = CENTRAL.index(share)
                ends = {"value": forecast.low[place], "to": forecast.high[place]}
                found.append({"what": _what(point), "kind": kind, "width": width, "opacity": opacity, **ends})
    return found


def _marks(point: Point) -> list[Record]:
    """Return what happened, and what was planned where there was a plan."""
    shown = zip(KINDS[2:], (point.happened, point.plan), strict=True)
    return [
        {"what": _what(point), "kind": kind, "value": value} for kind, value in shown if value is not None
    ]


def _what(point: Point) -> str:
    return f"{point.claim} {' '.join(point.evidence)}".strip()


def _colours() -> alt.Scale:
    return alt.Scale(domain=list(KINDS), range=[COLOURS[0], "#999999", INK, COLOURS[1]])
