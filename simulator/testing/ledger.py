"""What the rows of a sample path add up to: stocks, states, loads, as numbers over time."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from simulator.model.system import Line, System
from simulator.path import Kind, SamplePath
from simulator.testing.broken import BrokenInvariant
from simulator.testing.steps import Steps

Rows = npt.NDArray[np.void]
Place = tuple[int, int]
"""A store and a material, by number."""


def rows_of(path: SamplePath, kind: Kind, entity: int) -> Rows:
    """Return the rows of one kind of one entity, in order."""
    found: Rows = path.rows[(path.rows["kind"] == kind) & (path.rows["entity"] == entity)]
    return found


def accumulated(
    path: SamplePath, system: System, kind: Kind, entity: int, material: int | None = None
) -> Steps:
    """Return the amounts of one kind of one entity summed up to each tick, of one material or of all."""
    rows = rows_of(path, kind, entity)
    if material is not None:
        rows = rows[rows["material"] == material]
    return Steps.accumulated(
        first_tick=system.first_tick, initial=0, ticks=rows["tick"], changes=rows["amount"]
    )


def stocks(path: SamplePath, system: System) -> dict[Place, Steps]:
    """Return the stock of every holding after each instant: initial, plus what came, minus what left."""
    initial = {
        (number, holding.material): holding.initial
        for number, store in enumerate(system.stores)
        for holding in store.holdings
    }
    return accumulated_by_place(path, system, _moves(system), initial)


def _moves(system: System) -> tuple[tuple[Kind, int, list[int]], ...]:
    """Return what changes a stock: the kind of row, its sign, and the store of each of its entities."""
    return (
        (Kind.ADDED, 1, list(range(len(system.stores)))),
        (Kind.SUPPLIED, 1, [supplier.store for supplier in system.suppliers]),
        (Kind.MADE, 1, [line.to_store for line in system.lines]),
        (Kind.RECEIVED, 1, [link.to_store for link in system.links]),
        (Kind.USED, -1, [line.from_store for line in system.lines]),
        (Kind.SHIPPED, -1, [link.from_store for link in system.links]),
    )


def stock_terms(path: SamplePath, system: System, place: Place, tick: int) -> str:
    """Return what a stock is made up of after a tick as a sum: its initial amount, then each kind of move."""
    terms = f"{system.stores[place[0]].holding(place[1]).initial} initial"
    at = np.array([tick], dtype=np.int64)
    for move in _moves(system):
        found = accumulated_by_place(path, system, (move,))[place]
        amount = abs(int(found.at(at)[0]))
        terms += f" {'+' if move[1] > 0 else '-'} {amount} {move[0].name.lower()}"
    return terms


def counted_in(system: System, material: int) -> str:
    """Return the unit of an amount of a material, as it stands after a number."""
    unit = system.materials[material].unit
    return "items" if unit == "item" else unit


def reserved(path: SamplePath, system: System) -> dict[Place, Steps]:
    """Return what is in flow to every holding after each instant: unloaded and not made yet (clause 13)."""
    homes = [line.to_store for line in system.lines]
    return accumulated_by_place(path, system, ((Kind.UNLOADED, 1, homes), (Kind.MADE, -1, homes)))


def accumulated_by_place(
    path: SamplePath,
    system: System,
    moves: tuple[tuple[Kind, int, list[int]], ...],
    initial: Mapping[Place, int] | None = None,
) -> dict[Place, Steps]:
    """Return the sum of moves up to each tick for every holding, on top of what it has initially.

    A move is a kind of row, its sign, and the store of each of its entities.
    """
    ticks, stores, materials, changes = [], [], [], []
    for kind, sign, homes in moves:
        rows = path.of(kind)
        ticks.append(rows["tick"])
        stores.append(np.array(homes, dtype=np.int64)[rows["entity"]])
        materials.append(rows["material"])
        changes.append(sign * rows["amount"])
    at, store, material, change = map(np.concatenate, (ticks, stores, materials, changes))
    initial = initial or {}
    found = {}
    for number, each in enumerate(system.stores):
        for place in ((number, holding.material) for holding in each.holdings):
            here = (store == place[0]) & (material == place[1])
            found[place] = Steps.accumulated(
                first_tick=system.first_tick,
                initial=initial.get(place, 0),
                ticks=at[here],
                changes=change[here],
            )
    return found


def values(path: SamplePath, system: System, kind: Kind, entity: int) -> Steps:
    """Return a number that rows give anew when it changes: a line's state, a grid's supply, draw or speed.

    Raises BrokenInvariant when no row gives it at the first tick.
    """
    rows = rows_of(path, kind, entity)
    if not len(rows) or rows["tick"][0] != system.first_tick:
        raise BrokenInvariant(
            "states" if kind == Kind.STATE else "power",
            path.entity_name(kind, entity),
            system.first_tick,
            f"has no {kind.name.lower()} at the first tick",
        )
    return Steps(rows["tick"], rows["amount"])


def opening(system: System, line: Line) -> Steps:
    """Return 1 while a line's calendar is open and 0 while it is closed, over the run."""
    if line.calendar < 0:
        return Steps(np.array([system.first_tick], dtype=np.int64), np.ones(1, dtype=np.int64))
    ticks = np.array(system.calendars[line.calendar].open, dtype=np.int64).reshape(-1)
    changes = np.tile(np.array([1, -1], dtype=np.int64), len(ticks) // 2)
    inside = ticks < system.end_tick
    return Steps.accumulated(
        first_tick=system.first_tick, initial=0, ticks=ticks[inside], changes=changes[inside]
    )
