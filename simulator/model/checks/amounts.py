"""What the numbers of a system must be to each other, whatever is drawn."""

from collections.abc import Iterable, Mapping

from simulator.errors import Fault
from simulator.model.description import SystemDescription
from simulator.model.materials import Holding
from simulator.model.plants import Plants, Role
from simulator.model.quantities import Quantity

TOLERANCE = 1e-6
"""How far from 1 the shares of one mix may add up."""
Rooms = dict[tuple[str | None, str], Quantity]
"""The capacities of stores for materials, where there is a limit."""


def amount_faults(description: SystemDescription) -> list[Fault]:
    """Return the numbers that cannot go together: shares, counts of plants, stocks and loads over capacities.

    A place is a path into the system; `*` in it stands for all parts of a mix.
    """
    found: list[Fault] = []
    if description.plants is not None:
        found += _plants(description.plants)
    rooms: Rooms = {}
    for name, store in description.stores.items():
        for material, holding in store.holds.items():
            if holding.capacity is not None:
                rooms[name, material] = holding.capacity
                found += _holding(f"stores.{name}.holds.{material}", holding, holding.capacity)
    if rooms:
        found += [*_lots(description, rooms), *_loads(description, rooms)]
    return found


def _plants(plants: Plants) -> Iterable[Fault]:
    roles = plants.roles
    yield from _mix("plants.roles.*.share", {name: role.share for name, role in roles.items()})
    at_least = sum(role.at_least for role in roles.values())
    if at_least > plants.total:
        yield Fault(
            "plants.roles.*.at_least",
            f"adds up to {at_least}, more than the {plants.total} plants of plants.total",
        )
    if plants.new is not None and plants.new.count > plants.total:
        yield Fault(
            "plants.new.count",
            f"is {plants.new.count}, more than plants.total; give {plants.total} or less",
        )
    for name, role in roles.items():
        yield from _role(f"plants.roles.{name}", role, plants.total)


def _role(where: str, role: Role, total: int) -> Iterable[Fault]:
    yield from _mix(f"{where}.regions.*", role.regions)
    if role.calibres:
        yield from _mix(f"{where}.calibres.*.share", {name: mix.share for name, mix in role.calibres.items()})
    at_least = sum(mix.at_least for mix in role.calibres.values())
    if at_least > total:
        yield Fault(
            f"{where}.calibres.*.at_least",
            f"adds up to {at_least}, more than the {total} plants of plants.total",
        )


def _mix(where: str, shares: Mapping[str, float]) -> Iterable[Fault]:
    together = sum(shares.values())
    if abs(together - 1) > TOLERANCE:
        each = ", ".join(f"{name} {share:.6g}" for name, share in shares.items())
        yield Fault(where, f"adds up to {together:.6g} ({each}); give shares that add up to 1")


def _holding(where: str, holding: Holding, capacity: Quantity) -> Iterable[Fault]:
    for name, amount in (("initial", holding.initial), ("floor", holding.floor)):
        if amount is not None and amount.number > capacity.number:
            most = f"{capacity} or less" if capacity.number else f"{capacity}"
            yield Fault(
                f"{where}.{name}",
                f"is {amount}, over the capacity of {capacity}; give {most}, or a capacity of {amount} or more",
            )


def _lots(description: SystemDescription, rooms: Rooms) -> Iterable[Fault]:
    roles = description.plants.roles if description.plants is not None else {}
    for name, role in roles.items():
        outputs = [
            description.recipes[recipe].output
            for recipe in role.recipe_names()
            if recipe in description.recipes
        ]
        for output in dict.fromkeys(outputs):
            room = rooms.get((role.to, output))
            if room is not None and role.lot > room.number:
                yield Fault(f"plants.roles.{name}.lot", _too_much(role.lot, room, role.to, output))


def _loads(description: SystemDescription, rooms: Rooms) -> Iterable[Fault]:
    for name, link in description.links.items():
        for material in link.materials:
            room = rooms.get((link.to, material))
            if room is not None and link.load.number > room.number:
                yield Fault(f"links.{name}.load", _too_much(link.load, room, link.to, material))


def _too_much(amount: Quantity | int, room: Quantity, store: str | None, material: str) -> str:
    """Return what is wrong with an amount that never fits into a store at once, and what to give instead."""
    cure = f"a capacity of {amount} or more"
    if room.number >= 1:  # no lot and no load is smaller
        cure = f"{room} or less, or {cure}"
    return f"is {amount}, more than the capacity of {room} in stores.{store}.holds.{material}; give {cure}"
