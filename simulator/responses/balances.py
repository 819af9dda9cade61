"""What came of each material, what left, what is there: the balance of a replication."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

import numpy as np

from simulator.model.system import DELIVERED, System
from simulator.path import Kind, SamplePath
from simulator.responses.columns import unit_of
from simulator.responses.kinds import Ints, counted, sums
from simulator.responses.trajectories import holding_places, holdings, opening, stock_before


@dataclass(frozen=True, slots=True)
class Balance:
    """One material in one store, or in all of them: whole items or kilograms from tick 0 to the end."""

    store: str
    """Empty for all stores."""
    material: str
    unit: str
    opening: int
    added: int
    supplied: int
    made: int
    received: int
    used: int
    shipped: int
    closing: int

    @property
    def closes(self) -> bool:
        """Whether what was there and came equals what left and is there."""
        came = self.opening + self.added + self.supplied + self.made + self.received
        return came == self.used + self.shipped + self.closing


AMOUNTS = tuple(field.name for field in fields(Balance))[3:]
"""The amounts of a balance, in its order."""


def balances(path: SamplePath) -> tuple[Balance, ...]:
    """Return the balance of every material in every store that keeps it, in file order.

    What is on lines, in flow or on the way along links is in no store.
    """
    system = path.system
    lines, suppliers, links = system.lines, system.suppliers, system.links
    amounts = {
        "opening": opening(path).stock,
        "added": _moved(path, Kind.ADDED, range(len(system.stores))),
        "supplied": _moved(path, Kind.SUPPLIED, [each.store for each in suppliers]),
        "made": _moved(path, Kind.MADE, [each.to_store for each in lines]),
        "received": _moved(path, Kind.RECEIVED, [each.to_store for each in links]),
        "used": _moved(path, Kind.USED, [each.from_store for each in lines]),
        "shipped": _moved(path, Kind.SHIPPED, [each.from_store for each in links]),
        "closing": stock_before(path, system.end_tick),
    }
    return tuple(
        Balance(
            store=store.name,
            material=system.materials[holding.material].name,
            unit=unit_of(system, holding.material),
            **{name: int(each[place]) for name, each in amounts.items()},
        )
        for place, (store, holding) in enumerate(holdings(system))
    )


def over_all_stores(parts: Iterable[Balance], system: System) -> tuple[Balance, ...]:
    """Return the balance of every material over all stores, in file order; those that no store keeps left out."""
    every = list(parts)
    found = []
    for number, material in enumerate(system.materials):
        own = [each for each in every if each.material == material.name]
        if own:
            amounts = {name: sum(getattr(each, name) for each in own) for name in AMOUNTS}
            found.append(Balance(store="", material=material.name, unit=unit_of(system, number), **amounts))
    return tuple(found)


def _moved(path: SamplePath, kind: Kind, stores: Iterable[int]) -> Ints:
    """Return what rows of a kind come to by holding, given the store of each entity; shape (holdings,)."""
    store_of = np.array([*stores], dtype=np.int64)
    moved = counted(path, kind)
    store = store_of[moved.entity]
    inside = store != DELIVERED
    place = holding_places(path.system)[store[inside], moved.material[inside]]
    return sums(place, moved.amount[inside], sum(1 for _ in holdings(path.system)))
