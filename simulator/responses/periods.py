"""Weeks and months of a run."""

from datetime import date

import numpy as np

from simulator.model.system import TICKS_PER_DAY, System
from simulator.responses.kinds import Ints

TICKS_PER_WEEK = 7 * TICKS_PER_DAY


def week_count(system: System) -> int:
    """Return how many weeks there are from tick 0; the last may be short."""
    return -(-system.end_tick // TICKS_PER_WEEK)


def months(system: System) -> tuple[list[str], Ints]:
    """Return the months of a run as `yyyy-mm`, and where they begin and end.

    Month m lies from tick `edges[m]` up to and without `edges[m + 1]`; the run cuts off first and last.
    """
    labels, edges = [], [0]
    while edges[-1] < system.end_tick:
        day = system.day_of(edges[-1])
        labels.append(f"{day:%Y-%m}")
        edges.append(min(system.tick_of(_next_month(day)), system.end_tick))
    return labels, np.array(edges, dtype=np.int64)


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def split(start: Ints, stop: Ints, edges: Ints) -> tuple[Ints, Ints, Ints]:
    """Cut stretches that lie within the edges at every edge.

    Returns three arrays of one shape, for each piece: the place of its stretch, its period, its ticks.
    """
    first = np.searchsorted(edges, start, side="right") - 1
    pieces = np.searchsorted(edges, stop, side="left") - first
    place = np.repeat(np.arange(len(start)), pieces)
    begun = np.repeat(np.cumsum(pieces) - pieces, pieces)
    period = first[place] + np.arange(len(place)) - begun
    ticks = np.minimum(stop[place], edges[period + 1]) - np.maximum(start[place], edges[period])
    return place, period, ticks
