"""What the parts of a system say of each other: names that exist, units that fit, inputs that come."""

from collections.abc import Iterable, Iterator
from itertools import chain

from simulator.errors import Fault
from simulator.model.checks.amounts import amount_faults
from simulator.model.checks.names import unknown
from simulator.model.description import SystemDescription
from simulator.model.materials import Material
from simulator.model.plants import Mix, Role
from simulator.model.quantities import UNITS, Quantity
from simulator.model.transport import DELIVERED, Link

RESERVED = (DELIVERED, "none")
"""Names that no part may have: the end of an export route, and no recipe."""
SECTIONS = ("materials", "regions", "stores", "recipes", "calendars", "suppliers", "links")
_MASS_OR_NUMBER = {"kg": "kg", "item": "1"}
_SHORTEST_PERIOD_H = 1 / 60


def faults(description: SystemDescription) -> list[Fault]:
    """Return all that does not fit together in a system; a place is a path into it."""
    return [*part_faults(description), *amount_faults(description)]


def part_faults(description: SystemDescription) -> list[Fault]:
    """Return what does not fit whatever the amounts are: names, units, stores, inputs that nobody supplies."""
    return [
        *_reserved(description),
        *_materials(description),
        *_rotations(description),
        *_stores(description),
        *_recipes(description),
        *_roles(description),
        *_suppliers(description),
        *_links(description),
        *_unsupplied(description),
    ]


def _reserved(description: SystemDescription) -> Iterator[Fault]:
    named = [f"{section}.{name}" for section in SECTIONS for name in getattr(description, section)]
    named += [f"plants.roles.{name}" for name in roles_of(description)]
    for where in named:
        if where.rpartition(".")[2] in RESERVED:
            yield Fault(where, f"has a name that means something else; give any but {' and '.join(RESERVED)}")


def _materials(description: SystemDescription) -> Iterator[Fault]:
    materials = description.materials
    for name, material in materials.items():
        where, other = f"materials.{name}.counts_as", material.counts_as
        if other is None:
            continue
        if other == name:
            yield Fault(where, "names the material itself; name another, or leave it out")
        elif other not in materials:
            yield Fault(where, unknown("material", other, materials))
        elif materials[other].counts_as is not None:
            yield Fault(
                where,
                f"names {other}, which counts as {materials[other].counts_as} in turn; name another",
            )
        elif materials[other].unit != material.unit:
            yield Fault(
                where,
                f"names {other}, which is not counted in {material.unit}; name one that is",
            )


def _rotations(description: SystemDescription) -> Iterator[Fault]:
    for name, region in description.regions.items():
        rotation = region.grid.rotation if region.grid is not None else None
        if rotation is not None and rotation.period.number < _SHORTEST_PERIOD_H:
            yield Fault(
                f"regions.{name}.grid.rotation.period", f"is {rotation.period}; give 1 minute or more"
            )


def _stores(description: SystemDescription) -> Iterator[Fault]:
    for name, store in description.stores.items():
        if store.region not in description.regions:
            yield Fault(f"stores.{name}.region", unknown("region", store.region, description.regions))
        for material, holding in store.holds.items():
            where = f"stores.{name}.holds.{material}"
            if material not in description.materials:
                yield Fault(where, unknown("material", material, description.materials))
                continue
            amounts = {
                "capacity": holding.capacity,
                "initial": holding.initial,
                "floor": holding.floor,
                **{f"added.{place}.amount": each.amount for place, each in enumerate(holding.added)},
            }
            for key, amount in amounts.items():
                yield from _unit(description, f"{where}.{key}", material, amount)


def _recipes(description: SystemDescription) -> Iterator[Fault]:
    for name, recipe in description.recipes.items():
        where = f"recipes.{name}"
        if recipe.output not in description.materials:
            yield Fault(f"{where}.output", unknown("material", recipe.output, description.materials))
        for material, amount in recipe.inputs.items():
            if material not in description.materials:
                yield Fault(
                    f"{where}.inputs.{material}", unknown("material", material, description.materials)
                )
            else:
                yield from _unit(description, f"{where}.inputs.{material}", material, amount)


def _roles(description: SystemDescription) -> Iterator[Fault]:
    for name, role in roles_of(description).items():
        where = f"plants.roles.{name}"
        for region in role.regions:
            if region not in description.regions:
                yield Fault(f"{where}.regions.{region}", unknown("region", region, description.regions))
        if role.calendar is not None and role.calendar not in description.calendars:
            yield Fault(f"{where}.calendar", unknown("calendar", role.calendar, description.calendars))
        for place, recipe in _recipe_places(role):
            if recipe not in description.recipes:
                yield Fault(f"{where}.{place}", unknown("recipe", recipe, [*description.recipes, "none"]))
        yield from _role_stores(description, where, role)


def _recipe_places(role: Role) -> Iterator[tuple[str, str]]:
    """Yield where in a role each recipe is named."""
    owners: dict[str, Role | Mix] = {
        "": role,
        **{f"calibres.{name}.": mix for name, mix in role.calibres.items()},
    }
    for prefix, owner in owners.items():
        if owner.recipe not in (None, "none"):
            yield f"{prefix}recipe", str(owner.recipe)
        for place, recipe in enumerate(owner.recipes):
            yield f"{prefix}recipes.{place}", recipe


def _role_stores(description: SystemDescription, where: str, role: Role) -> Iterator[Fault]:
    recipes = [description.recipes[name] for name in role.recipe_names() if name in description.recipes]
    inputs = list(dict.fromkeys(chain.from_iterable(recipe.inputs for recipe in recipes)))
    outputs = list(dict.fromkeys(recipe.output for recipe in recipes))
    if role.from_ is None and inputs:
        yield Fault(
            where,
            f"needs from, the store that {', '.join(inputs)} come from; give one of {_some(description)}",
        )
    if role.from_ is not None:
        yield from _keeps(description, f"{where}.from", role.from_, inputs)
    if role.to is not None:
        yield from _keeps(description, f"{where}.to", role.to, outputs)


def _suppliers(description: SystemDescription) -> Iterator[Fault]:
    for name, supplier in description.suppliers.items():
        where = f"suppliers.{name}"
        if supplier.material not in description.materials:
            yield Fault(f"{where}.material", unknown("material", supplier.material, description.materials))
            continue
        yield from _keeps(description, f"{where}.to", supplier.to, [supplier.material])
        if supplier.quantity is not None:
            sample = supplier.quantity.median_quantity
            yield from _unit(description, f"{where}.quantity", supplier.material, sample)
        for place, addition in enumerate(supplier.table):
            yield from _unit(description, f"{where}.table.{place}.amount", supplier.material, addition.amount)


def _links(description: SystemDescription) -> Iterator[Fault]:
    for name, link in description.links.items():
        where = f"links.{name}"
        if link.from_ == link.to:
            yield Fault(
                f"{where}.to", f"is {link.to}, where the link starts; give another store, or {DELIVERED}"
            )
        known = [material for material in link.materials if material in description.materials]
        for place, material in enumerate(link.materials):
            if material not in description.materials:
                message = unknown("material", material, description.materials)
                yield Fault(f"{where}.materials.{place}", message)
        yield from _keeps(description, f"{where}.from", link.from_, known)
        if link.to != DELIVERED:
            yield from _keeps(description, f"{where}.to", link.to, known, also=DELIVERED)
        yield from _link_units(description, where, link, known)


def _link_units(description: SystemDescription, where: str, link: Link, known: list[str]) -> Iterator[Fault]:
    units = {description.materials[material].unit for material in known}
    if len(units) > 1:
        yield Fault(f"{where}.materials", "are counted in items and in kg; give each its own link")
    elif known:
        # a minimum of 1 is what a link has that names none, in kg too
        minimum = None if link.minimum == Quantity(1.0) else link.minimum
        for key, amount in (("load", link.load), ("loads_of", link.loads_of), ("minimum", minimum)):
            yield from _unit(description, f"{where}.{key}", known[0], amount)


def _unsupplied(description: SystemDescription) -> Iterator[Fault]:
    brought = set(_brought(description))
    for recipe, material, store in dict.fromkeys(_taken(description)):
        if (material, store) not in brought:
            yield Fault(
                f"recipes.{recipe}.inputs.{material}",
                f"is supplied by nobody: nothing brings {material} to store {store}; "
                "give a supplier, a recipe, a link, an initial stock or an addition",
            )


def _taken(description: SystemDescription) -> Iterator[tuple[str, str, str]]:
    """Yield each recipe with an input of it and the store that keeps it for a role."""
    for role in roles_of(description).values():
        if role.from_ not in description.stores:
            continue
        for name in role.recipe_names():
            inputs = description.recipes[name].inputs if name in description.recipes else {}
            for material in inputs:
                if material in description.materials and material in description.stores[role.from_].holds:
                    yield name, material, role.from_


def _brought(description: SystemDescription) -> Iterator[tuple[str, str]]:
    """Yield each material with a store that it comes to in some way."""
    for store, held in description.stores.items():
        for material, holding in held.holds.items():
            if holding.initial.number > 0 or holding.added:
                yield material, store
    for supplier in description.suppliers.values():
        yield supplier.material, supplier.to
    for link in description.links.values():
        yield from ((material, link.to) for material in link.materials)
    for role in roles_of(description).values():
        for recipe in role.recipe_names():
            if role.to is not None and recipe in description.recipes:
                yield description.recipes[recipe].output, role.to


def _keeps(
    description: SystemDescription,
    where: str,
    store: str,
    materials: Iterable[str],
    *,
    also: str | None = None,
) -> Iterator[Fault]:
    """Yield a fault unless a store exists and keeps some materials."""
    if store not in description.stores:
        yield Fault(where, unknown("store", store, [*description.stores, *([also] if also else [])]))
        return
    holds = description.stores[store].holds
    for material in materials:
        if material in description.materials and material not in holds:
            yield Fault(
                where, f"is {store}, which does not keep {material}; write {material} in stores.{store}.holds"
            )


def _unit(
    description: SystemDescription, where: str, material: str, amount: Quantity | None
) -> Iterator[Fault]:
    """Yield a fault when an amount is not in the unit of its material; nothing is 0 in any unit."""
    found: Material | None = description.materials.get(material)
    if amount is None or found is None or amount.number == 0:
        return
    wanted = _MASS_OR_NUMBER[found.unit]
    if amount.unit != wanted:
        yield Fault(where, f"is {amount}, but {material} is counted in {found.unit}; give {UNITS[wanted]}")


def _some(description: SystemDescription) -> str:
    return ", ".join(description.stores)


def roles_of(description: SystemDescription) -> dict[str, Role]:
    """Return the roles of a system, none when it has no plants."""
    return description.plants.roles if description.plants is not None else {}
