"""What was so, and for how long: states of lines, stocks, power."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np

from simulator.errors import RunError
from simulator.model.system import DELIVERED, Holding, Store, System
from simulator.path import Kind, SamplePath
from simulator.responses.kinds import (
    Ints,
    Mask,
    Rows,
    once_a_path,
    places,
    read_only,
    rows,
    stable_order,
    sums,
)


@dataclass(frozen=True, slots=True, eq=False)
class Stretches:
    """Values that held for a while: `value[i]` of `entity[i]` from tick `start[i]` to just before `stop[i]`.

    Four arrays of int64, shape (n,), by entity and then start. An instant counts with what held after it.
    """

    entity: Ints
    start: Ints
    stop: Ints
    value: Ints

    @property
    def ticks(self) -> Ints:
        """How long each value held; shape (n,)."""
        return self.stop - self.start

    def part(self, chosen: Mask | slice) -> Self:
        """Return some of the stretches: where a mask of shape (n,) is true, or a slice of them."""
        at = places(chosen)
        return type(self)(self.entity[at], self.start[at], self.stop[at], self.value[at])

    def of(self, entity: int) -> Self:
        """Return the stretches of one entity."""
        first, last = np.searchsorted(self.entity, (entity, entity + 1))
        return self.part(slice(first, last))

    def within(self, start: int, stop: int) -> Self:
        """Return what lies from tick `start` up to and without `stop`, cut off at both."""
        if not len(self.entity) or (start <= self.start.min() and self.stop.max() <= stop):
            return self
        cut = type(self)(self.entity, np.maximum(self.start, start), np.minimum(self.stop, stop), self.value)
        return cut.part(cut.start < cut.stop)


def _stretches(entity: Ints, tick: Ints, value: Ints, *, end: int) -> Stretches:
    """Return what each change, given by entity and then tick, begins; it ends with the next or at `end`."""
    stop = np.append(tick[1:], end)
    stop[:-1][entity[1:] != entity[:-1]] = end
    return Stretches(read_only(entity), read_only(tick), read_only(stop), read_only(value))


def _values(path: SamplePath, kind: Kind, count: int) -> Stretches:
    changes = rows(path, kind)
    order = stable_order(changes.entity, count)
    return _stretches(
        changes.entity[order], changes.tick[order], changes.amount[order], end=path.system.end_tick
    )


@once_a_path
def intervals(path: SamplePath) -> Stretches:
    """Return the states of the lines: entity is a line's number, value a `State`."""
    return _values(path, Kind.STATE, len(path.system.lines))


@dataclass(frozen=True, slots=True, eq=False)
class Power:
    """The power of the grids over time; entity is a grid's number."""

    supply: Stretches
    """kW."""
    drawn: Stretches
    """kW."""
    speed: Stretches
    """Thousandths."""


@once_a_path
def power(path: SamplePath) -> Power:
    """Return supply, draw and speed of every grid."""
    grids = len(path.system.grids)
    return Power(*(_values(path, kind, grids) for kind in (Kind.SUPPLY, Kind.DRAWN, Kind.SPEED)))


def holdings(system: System) -> Iterator[tuple[Store, Holding]]:
    """Iterate over what stores keep, in file order; its place in this order is a holding's number."""
    return ((store, holding) for store in system.stores for holding in store.holdings)


def holding_places(system: System) -> Ints:
    """Return the number of the holding of each store and material, -1 for none; shape (stores, materials)."""
    found = np.full((len(system.stores), len(system.materials)), -1, dtype=np.int64)
    number = 0
    for store, parts in enumerate(system.stores):
        for holding in parts.holdings:
            found[store, holding.material] = number
            number += 1
    return found


@once_a_path
def stocks(path: SamplePath) -> Stretches:
    """Return the stock of every holding: entity is its place in `holdings`, value what the instant left.

    Each begins at the first tick with its initial stock, or with what the first instant left of it. Raises
    RunError when the path moves what a store does not keep.
    """
    system = path.system
    initial = np.array([holding.initial for _, holding in holdings(system)], dtype=np.int64)
    count = len(initial)
    moves = [(np.arange(count), np.full(count, system.first_tick), initial), *_moves(path)]
    place, tick, change = (np.concatenate(parts).astype(np.int64) for parts in zip(*moves, strict=True))
    by_tick = np.argsort(tick, kind="stable")
    order = by_tick[stable_order(place[by_tick], count)]
    place, tick, change = place[order], tick[order], change[order]
    reached = np.cumsum(change)
    first = np.searchsorted(place, np.arange(count))
    reached -= (reached[first] - change[first])[place]
    last = np.append((place[1:] != place[:-1]) | (tick[1:] != tick[:-1]), count > 0)[: len(place)]
    return _stretches(place[last], tick[last], reached[last], end=system.end_tick)


def _moves(path: SamplePath) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Iterate over what changed stocks: holding, tick, change."""
    system = path.system
    place_of = holding_places(system)
    into = {
        Kind.MADE: [line.to_store for line in system.lines],
        Kind.SUPPLIED: [supplier.store for supplier in system.suppliers],
        Kind.ADDED: list(range(len(system.stores))),
        Kind.RECEIVED: [link.to_store for link in system.links],
    }
    out = {
        Kind.USED: [line.from_store for line in system.lines],
        Kind.SHIPPED: [link.from_store for link in system.links],
    }
    for sign, stores in ((1, into), (-1, out)):
        for kind, store_of in stores.items():
            moved = rows(path, kind)
            store = np.array(store_of, dtype=np.int64)[moved.entity]
            if kind == Kind.RECEIVED:
                moved, store = moved.part(store != DELIVERED), store[store != DELIVERED]
            place = place_of[store, moved.material]
            _refuse_strays(path, kind, moved, place)
            yield place, moved.tick, sign * moved.amount


def _refuse_strays(path: SamplePath, kind: Kind, moved: Rows, place: Ints) -> None:
    strays = np.flatnonzero(place < 0)
    if len(strays):
        raise stray(path, kind, int(moved.entity[strays[0]]), int(moved.material[strays[0]]))


def stray(path: SamplePath, kind: Kind, entity: int, material: int) -> RunError:
    """Return the error of a path that moves what a store does not keep."""
    name, what = path.entity_name(kind, entity), path.system.materials[material].name
    return RunError(f"{kind.name.lower()} of {name} moves {what}, which its store does not keep")


def stock_before(path: SamplePath, tick: int) -> Ints:
    """Return the stock of every holding just before an instant; shape (holdings,)."""
    stock = np.array([holding.initial for _, holding in holdings(path.system)], dtype=np.int64)
    earlier = stocks(path).within(path.system.first_tick, tick)
    stock[earlier.entity] = earlier.value  # of one holding the last is written last
    return stock


@dataclass(frozen=True, slots=True, eq=False)
class Opening:
    """The state that responses count from (clause 22)."""

    stock: Ints
    """By holding; shape (holdings,)."""
    in_transit: Ints
    """By link and material; shape (links, materials)."""


def opening(path: SamplePath) -> Opening:
    """Return the state after the last instant before tick 0; without a warm-up, what there is at first."""
    return Opening(stock_before(path, 0), in_transit(path, until=0))


def in_transit(path: SamplePath, *, until: int) -> Ints:
    """Return what had been shipped and not received just before a tick; shape (links, materials)."""
    system = path.system
    shape = (len(system.links), len(system.materials))
    under_way = np.zeros(shape[0] * shape[1], dtype=np.int64)
    for sign, kind in ((1, Kind.SHIPPED), (-1, Kind.RECEIVED)):
        moved = rows(path, kind).within(system.first_tick, until)
        under_way += sign * sums(moved.entity * shape[1] + moved.material, moved.amount, len(under_way))
    return under_way.reshape(shape)
