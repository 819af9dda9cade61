"""Weeks and months of a run."""

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from simulator.model.system import TICKS_PER_DAY, System
from simulator.responses.outline import Outline

TICKS_PER_WEEK = 7 * TICKS_PER_DAY


def week_edges(system: System | Outline) -> npt.NDArray[np.int64]:
    """Return where the weeks of a run begin and end; the last may be short."""
    return np.append(np.arange(0, system.end_tick, TICKS_PER_WEEK, dtype=np.int64), system.end_tick)


def months(system: System | Outline) -> tuple[list[str], npt.NDArray[np.int64]]:
    """Return the months of a run as `yyyy-mm`, and where they begin and end.

    Month m lies from tick `edges[m]` up to and without `edges[m + 1]`; the run cuts off first and last.
    """
    labels, edges = [], [0]
    while edges[-1] < system.end_tick:
        day = system.start + timedelta(days=edges[-1] // TICKS_PER_DAY)
        labels.append(f"{day:%Y-%m}")
        edges.append(min((_next_month(day) - system.start).days * TICKS_PER_DAY, system.end_tick))
    return labels, np.array(edges, dtype=np.int64)


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
