"""The sample path: what happened in one replication, as one flat table of rows."""

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from simulator.model.system import State, System

if TYPE_CHECKING:
    import pandas as pd

ROW = np.dtype([("tick", "<i8"), ("kind", "<i2"), ("material", "<i2"), ("entity", "<i4"), ("amount", "<i8")])
"""One row, 24 bytes without padding. Rows are sorted by (tick, kind, entity, material), and that key is unique."""


class Kind(IntEnum):
    """What a row says (clause 23); in brackets the entity, then the material, then the amount."""

    STATE = 1
    """(line; none; new state)"""
    USED = 2
    """(line; material; amount)"""
    UNLOADED = 3
    """(line; output; good items)"""
    REJECTED = 4
    """(line; output; items)"""
    MADE = 5
    """(line; output; good items, in the store)"""
    SUPPLIED = 6
    """(supplier; material; amount in the store)"""
    TURNED_AWAY = 7
    """(supplier; material; amount without room)"""
    LOST = 8
    """(supplier; material; amount lost to a disruption)"""
    ADDED = 9
    """(store; material; amount)"""
    ADDED_LOST = 10
    """(store; material; amount without room)"""
    SHIPPED = 11
    """(link; material; amount)"""
    RECEIVED = 12
    """(link; material; amount)"""
    DEPARTED = 13
    """(link; none; vehicles)"""
    ARRIVED = 14
    """(link; none; vehicles)"""
    LOADS = 15
    """(link; none; containers)"""
    MISSED = 16
    """(link; none; vehicles that fell due while one waited)"""
    SUPPLY = 17
    """(grid; none; kW)"""
    DRAWN = 18
    """(grid; none; kW)"""
    SPEED = 19
    """(grid; none; thousandths)"""


LINE_KINDS = (Kind.STATE, Kind.USED, Kind.UNLOADED, Kind.REJECTED, Kind.MADE)
SUPPLIER_KINDS = (Kind.SUPPLIED, Kind.TURNED_AWAY, Kind.LOST)
STORE_KINDS = (Kind.ADDED, Kind.ADDED_LOST)
LINK_KINDS = (Kind.SHIPPED, Kind.RECEIVED, Kind.DEPARTED, Kind.ARRIVED, Kind.LOADS, Kind.MISSED)
GRID_KINDS = (Kind.SUPPLY, Kind.DRAWN, Kind.SPEED)


def sorted_rows(rows: npt.NDArray[np.void]) -> npt.NDArray[np.void]:
    """Return rows of dtype ROW in the order of their key, those of one key summed, those that came to 0 left out.

    States and the values of grids are kept when they are 0.
    """
    if not len(rows):
        return rows
    tick = rows["tick"].copy()
    what = (rows["kind"].astype(np.int64) << 48) + (rows["entity"].astype(np.int64) << 16) + rows["material"]
    order = np.lexsort((what, tick))
    tick, what = tick[order], what[order]
    fresh = np.ones(len(rows), dtype=bool)
    fresh[1:] = (tick[1:] != tick[:-1]) | (what[1:] != what[:-1])
    starts = np.flatnonzero(fresh)
    summed = rows[order[starts]]
    summed["amount"] = np.add.reduceat(rows["amount"][order], starts)
    values = np.isin(summed["kind"], (Kind.STATE, *GRID_KINDS))
    kept: npt.NDArray[np.void] = summed[values | (summed["amount"] != 0)]
    return kept


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False, repr=False)
class SamplePath:
    """What happened in one replication: `rows` of dtype ROW, shape (n,), and the system they happened in."""

    system: System
    rows: npt.NDArray[np.void]
    bound_events: int
    """How many scheduled changes were carried out (clause 2)."""

    def __repr__(self) -> str:
        lines, day_of = len(self.system.lines), self.system.day_of
        return (
            f"SamplePath({len(self.rows):,} rows, {self.bound_events:,} bound events, "
            f"{lines:,} {'line' if lines == 1 else 'lines'} "
            f"from {day_of(self.system.first_tick)} to {day_of(self.system.end_tick - 1)})"
        )

    def of(self, *kinds: Kind) -> npt.NDArray[np.void]:
        """Return the rows of some kinds, in order."""
        chosen: npt.NDArray[np.void] = self.rows[np.isin(self.rows["kind"], kinds)]
        return chosen

    def tobytes(self) -> bytes:
        """Return the rows as bytes: two engines agree when these are equal."""
        return self.rows.tobytes()

    def entity_name(self, kind: int, entity: int) -> str:
        """Return the name of the line, supplier, store, link or grid that a row speaks of."""
        system = self.system
        for kinds, parts in (
            (LINE_KINDS, system.lines),
            (SUPPLIER_KINDS, system.suppliers),
            (STORE_KINDS, system.stores),
            (LINK_KINDS, system.links),
        ):
            if kind in kinds:
                return str(parts[entity].name)
        return system.grids[entity].name

    def frame(self) -> "pd.DataFrame":
        """Return the rows in words: hours since the start, time, kind, entity, material, amount or state."""
        import pandas as pd

        rows = self.rows
        materials = [*(material.name for material in self.system.materials), ""]
        kinds = [Kind(kind).name.lower() for kind in rows["kind"]]
        return pd.DataFrame(
            {
                "hours": rows["tick"] / 3_600_000,
                "time": pd.Timestamp(self.system.start) + pd.to_timedelta(rows["tick"], unit="ms"),
                "kind": kinds,
                "entity": [
                    self.entity_name(kind, entity)
                    for kind, entity in zip(rows["kind"], rows["entity"], strict=True)
                ],
                "material": [materials[number] for number in rows["material"]],
                "amount": rows["amount"],
                "state": [
                    State(amount).name.lower() if kind == Kind.STATE else ""
                    for kind, amount in zip(rows["kind"], rows["amount"], strict=True)
                ],
            }
        )
