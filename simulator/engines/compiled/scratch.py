"""Arrays to work on: the calendar, and those that a run may outgrow."""

import numpy as np

from simulator.engines.compiled.calendar import carry_up, empty_calendar
from simulator.engines.compiled.layout import ENTRY, Fields, Records, Tables, bound
from simulator.engines.compiled.room import Room
from simulator.path import ROW

ROWS_OF_A_LINE = 4
"""Most rows of a line at an instant, beside one for each input: state, unloaded, rejected, made."""
ROWS_OF_A_GRID = 3
ROWS_OF_A_LINK = 4
"""Beside one for each material: missed, departed, loads, arrived."""
ROWS_OF_A_DELIVERY = 2


def with_longer_path(t: Tables) -> Tables:
    """Return the tables with room for twice as many rows."""
    rows = empty_path(2 * len(t.rows))
    rows[: len(t.rows)] = t.rows
    return bound(t._asdict() | {"rows": rows})


def with_larger_pool(t: Tables) -> Tables:
    """Return the tables with room for twice as many lots in flow and vehicles on their way."""
    old, clock = len(t.pool), t.clock[0]
    slots = int(clock["comings"]) + old
    room = Room()
    write_pool(room, t._asdict(), places=2 * old)
    write_calendar(room, slots + old, int(clock["end_tick"]))
    larger = room.fields
    kept = {
        "pool": old,
        "pool_cargo": len(t.pool_cargo),
        "arrivals": int(clock["arrival_count"]),
        "keys": slots,
    }
    for name, count in kept.items():
        larger[name][:count] = getattr(t, name)[:count]
    free = [*t.free[: clock["free_count"]], *range(old, 2 * old)]
    larger["free"][: len(free)] = free
    clock["free_count"] = len(free)
    carry_up(larger["keys"], larger["levels"])
    return bound(t._asdict() | larger)


def write_calendar(room: Room, slots: int, end_tick: int) -> None:
    """Write a calendar on which nothing happens."""
    keys, levels = empty_calendar(slots, end_tick)
    room.taken("keys", keys)
    room.taken("levels", levels)


def write_pool(room: Room, parts: Fields, *, places: int) -> None:
    """Write an empty pool, and room for what its lots and vehicles may bring at one instant."""
    deliveries = len(parts["suppliers"]) + len(parts["dated"]) + len(parts["additions"])
    materials = int(parts["links"]["cargo"].max(initial=0))
    inputs = int(parts["recipes"]["inputs"].max(initial=0))
    most_rows = (
        len(parts["lines"]) * (ROWS_OF_A_LINE + inputs)
        + len(parts["grids"]) * ROWS_OF_A_GRID
        + deliveries * ROWS_OF_A_DELIVERY
        + (len(parts["links"]) + places) * (ROWS_OF_A_LINK + materials)
    )
    room.zeros("pool", places)
    room.zeros("pool_cargo", places * materials)
    room.filled("free", np.arange(places))
    room.zeros("arrivals", deliveries + places)
    # scratch, which is written before it is read
    room.taken("entries", np.empty(most_rows, ENTRY))
    room.taken("spare", np.empty(max(most_rows, len(parts["candidates"])), ENTRY))


def empty_path(rows: int) -> Records:
    """Return room for so many rows; memory is taken up only where they are written."""
    return np.empty(rows, dtype=ROW)
