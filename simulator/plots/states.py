"""What lines did over time."""

from collections.abc import Sequence
from typing import Final

import altair as alt
import numpy as np

from simulator.errors import ResultsError
from simulator.model.checks.names import allowed
from simulator.model.system import TICKS_PER_DAY, TICKS_PER_HOUR, State, System
from simulator.path import SamplePath
from simulator.plots.look import OF_STATES, WIDTH, Picture, axis, data, inner, legend, title, tooltips
from simulator.plots.thinning import cells_of_states
from simulator.plots.timeline import Days, time, window
from simulator.responses import intervals

MOST_MARKS: Final = 5_000
"""With more stretches than this, cells of time are drawn instead."""
MOST_CELLS: Final = 20_000
CELLS: Final = tuple(hours * TICKS_PER_HOUR for hours in (1, 2, 4, 8, 24, 48, 72, 168, 336, 672))
MANY: Final = 40
"""Rows of more lines than this are thin."""


def gantt(
    path: SamplePath, lines: Sequence[str] | None = None, days: Days | None = None, width: int = WIDTH
) -> Picture:
    """Draw the states of lines over time, a row for each line.

    `lines` are names of lines, plants or roles, all lines when none are named; `days` are the first and the last
    day, the whole run when they are not given; `width` is that of the whole picture, in pixels. Where there is
    too much to draw, each cell of time has the state that the line was in longest while it was open; the picture
    says so. Raises ResultsError for a name that the system has not, and for days outside the run.
    """
    system = path.system
    chosen = _chosen(system, lines)
    shown = window(system, days)
    stretches = intervals(path).within(shown.start, shown.stop)
    stretches = stretches.part(np.isin(stretches.entity, chosen))
    note = ""
    if len(stretches.entity) > MOST_MARKS:
        ticks = len(chosen) * (shown.stop - shown.start)
        cell = next((size for size in CELLS if ticks <= size * MOST_CELLS), CELLS[-1])
        stretches = cells_of_states(stretches, shown, cell=cell)
        note = f"Each cell of {_length(cell)} has the state that the line was in longest while it was open."
    records = [
        {
            "line": system.lines[line].name,
            "state": State(value).name.lower(),
            "start": shown.stamp(start),
            "stop": shown.stamp(stop),
        }
        for line, start, stop, value in zip(
            stretches.entity.tolist(),
            stretches.start.tolist(),
            stretches.stop.tolist(),
            stretches.value.tolist(),
            strict=True,
        )
    ]
    room = min(180, 2 * width // 5)
    bars: alt.Chart = (
        alt.Chart(data(records))
        .mark_bar()
        .encode(
            x=time("start"),
            x2=alt.X2("stop"),
            y=alt.Y(
                "line:N",
                sort=[system.lines[number].name for number in chosen],
                scale=alt.Scale(paddingInner=0.0 if len(chosen) > MANY else 0.1, paddingOuter=0.0),
                axis=axis("line", labelOverlap=True, labelLimit=room - 20, grid=False),
            ),
            color=alt.Color(
                "state:N",
                scale=alt.Scale(
                    domain=[state.name.lower() for state in OF_STATES], range=list(OF_STATES.values())
                ),
                legend=legend([state.name for state in OF_STATES], width, symbol="square"),
            ),
            tooltip=tooltips("line:N", "state:N"),
        )
        .properties(
            width=inner(width, room),
            height=alt.Step(16 if len(chosen) <= MANY else 6),
            title=title(f"What lines did, {shown}", note, width=width),
        )
    )
    return bars


def _chosen(system: System, names: Sequence[str] | None) -> list[int]:
    """Return the numbers of the lines that are meant, role by role."""
    lines = [line.name for line in system.lines]
    by_role = sorted(range(len(lines)), key=lambda number: (system.lines[number].role, number))
    if names is None:
        return by_role
    known = {"/".join(name.split("/")[:depth]) for name in lines for depth in (1, 2, 3)}
    for name in names:
        if name not in known:
            raise ResultsError(f"the system has no line {name}; {allowed(name, sorted(known))}")
    return [k for k in by_role if any(f"{lines[k]}/".startswith(f"{name}/") for name in names)]


def _length(cell: int) -> str:
    if cell % TICKS_PER_DAY:
        return f"{cell // TICKS_PER_HOUR} h"
    return "a day" if cell == TICKS_PER_DAY else f"{cell // TICKS_PER_DAY} days"
