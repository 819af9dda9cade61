"""Stocks and power over time."""

from collections.abc import Iterator, Sequence
from typing import Final

import altair as alt

from simulator.errors import ResultsError
from simulator.model.checks.names import allowed
from simulator.path import SamplePath
from simulator.plots.look import (
    COLOURS,
    INK,
    WIDTH,
    Picture,
    Record,
    axis,
    colours,
    data,
    inner,
    legend,
    title,
    with_unit,
)
from simulator.plots.thinning import steps
from simulator.plots.timeline import Days, Window, time, window
from simulator.responses import holdings
from simulator.responses import power as power_of
from simulator.responses import stocks as stocks_of
from simulator.responses.columns import unit_of
from simulator.responses.trajectories import Stretches

CELLS: Final = 400
"""Parts of the time of which the extremes are kept; about the width of a picture."""
AMPLE: Final = 3.0
"""A supply that is always so many times what is ever drawn would flatten the picture."""
ROW: Final = 110
"""Height of one of several panels."""


def stocks(
    path: SamplePath, materials: Sequence[str] | None = None, days: Days | None = None, width: int = WIDTH
) -> Picture:
    """Draw stocks over time, a panel for each material, a line for each store.

    All materials that are kept anywhere are drawn unless some are named; `days` are the first and the last day,
    the whole run when they are not given; `width` is that of the whole picture, in pixels. Raises ResultsError for a
    material that no store keeps, and for days outside the run.
    """
    system = path.system
    shown = window(system, days)
    trajectories = stocks_of(path).within(shown.start, shown.stop)
    kept = list(dict.fromkeys(system.materials[holding.material].name for _, holding in holdings(system)))
    for name in materials or ():
        if name not in kept:
            raise ResultsError(f"no store keeps {name}; {allowed(name, kept)}")
    wanted = kept if materials is None else list(materials)
    records = []
    for number, (store, holding) in enumerate(holdings(system)):
        name = system.materials[holding.material].name
        if name in wanted:
            panel = with_unit(name, unit_of(system, holding.material))
            own = {"panel": panel, "store": store.name}
            records += [{**own, **point} for point in _points(shown, trajectories.of(number))]
    stores = list(dict.fromkeys(record["store"] for record in records))
    line = (
        alt.Chart()
        .mark_line(interpolate="step-after", strokeWidth=1.5)
        .encode(
            x=time("time"),
            y=alt.Y("value:Q", axis=axis("stock", format="~s", tickCount=4)),
            color=alt.Color(
                "store:N", scale=colours(stores), legend=legend(stores, width) if len(stores) > 1 else None
            ),
        )
    )
    kept_by = f"In {stores[0]}." if len(stores) == 1 else ""
    panels = list(dict.fromkeys(record["panel"] for record in records))
    return _panels(line, records, panels, title(f"Stocks, {shown}", kept_by, width=width), width)


def power(path: SamplePath, days: Days | None = None, width: int = WIDTH) -> Picture:
    """Draw what each grid could give and what was drawn from it, a panel for each grid.

    `days` are the first and the last day, the whole run when they are not given; `width` is that of the whole
    picture, in pixels. Raises ResultsError for a system without grids, and for days outside the run.
    """
    system = path.system
    if not system.grids:
        raise ResultsError("the system has no grid; give a region one to see its power")
    shown, found = window(system, days), power_of(path)
    records: list[Record] = []
    panels = []
    for number, grid in enumerate(system.grids):
        drawn, supply = (
            each.of(number).within(shown.start, shown.stop) for each in (found.drawn, found.supply)
        )
        curves = {"drawn": drawn, "supply": supply}
        panel = grid.name
        if supply.value.min() > AMPLE * drawn.value.max() > 0:
            panel = f"{grid.name} (supply of {_range(supply)} kW is off the scale)"
            del curves["supply"]
        panels.append(panel)
        for what, own in curves.items():
            records += [{"panel": panel, "power": what, **point} for point in _points(shown, own)]
    scale = alt.Scale(domain=["drawn", "supply"], range=[COLOURS[0], INK])
    base = alt.Chart().encode(
        x=time("time"), color=alt.Color("power:N", scale=scale, legend=legend()), detail=alt.Detail("power:N")
    )
    y = alt.Y("value:Q", axis=axis("power (kW)", format="~s", tickCount=4))
    area = (
        base.mark_area(interpolate="step-after", opacity=0.8)
        .encode(y=y)
        .transform_filter("datum.power == 'drawn'")
    )
    line = (
        base.mark_line(interpolate="step-after", strokeWidth=1.5)
        .encode(y=y)
        .transform_filter("datum.power == 'supply'")
    )
    return _panels(
        alt.layer(area, line), records, panels, title(f"Power of the grids, {shown}", width=width), width
    )


def _range(own: Stretches) -> str:
    """Return the least and the greatest value, or the only one."""
    ends = dict.fromkeys((int(own.value.min()), int(own.value.max())))
    return " to ".join(f"{value:,}" for value in ends)


def _points(shown: Window, own: Stretches) -> Iterator[Record]:
    ticks, values = steps(own, cells=CELLS)
    for tick, value in zip(ticks.tolist(), values.tolist(), strict=True):
        yield {"time": shown.stamp(tick), "value": value}


def _panels(
    chart: Picture, records: Sequence[Record], panels: list[str], heading: alt.TitleParams, width: int
) -> Picture:
    """Return one panel under the other, each with an axis of its own."""
    header = alt.Header(title=None, labelOrient="top", labelAnchor="start", labelFontWeight="bold")
    panelled: Picture = (
        chart.properties(width=inner(width), height=ROW)
        .facet(row=alt.Row("panel:N", sort=panels, header=header), data=data(records))
        .resolve_scale(y="independent")
        .properties(title=heading)
    )
    return panelled
