"""What the columns of a system depend on: its parts by name, without what is drawn for one replication."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from simulator.model.system import Material, Recipe, Role, System


class StoreOutline(NamedTuple):
    """A store by name, with the materials it keeps in the order of its holdings."""

    name: str
    materials: tuple[int, ...]


class SupplierOutline(NamedTuple):
    """A supplier by name, with what it brings where."""

    name: str
    material: int
    store: int


class LinkOutline(NamedTuple):
    """A link by name, with where it goes and what it carries."""

    name: str
    from_store: int
    to_store: int
    materials: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """The parts of a system that all replications of a scenario have in common, as a key.

    Parts are numbered as in the `System`. It says nothing of plants, lines, amounts or times, so that
    replications that differ in what was drawn have equal outlines.
    """

    start: date
    end_tick: int
    materials: tuple[Material, ...]
    regions: tuple[str, ...]
    grids: tuple[int, ...]
    """The region of each grid."""
    stores: tuple[StoreOutline, ...]
    roles: tuple[Role, ...]
    suppliers: tuple[SupplierOutline, ...]
    links: tuple[LinkOutline, ...]
    recipes: tuple[Recipe, ...]
    """Those of the document, or those of the lines when it names none."""


def outline_of(system: System) -> Outline:
    """Return the outline of a system."""
    return Outline(
        system.start,
        system.end_tick,
        system.materials,
        tuple([region.name for region in system.regions]),
        tuple([grid.region for grid in system.grids]),
        tuple(
            [
                StoreOutline(store.name, tuple([holding.material for holding in store.holdings]))
                for store in system.stores
            ]
        ),
        system.roles,
        tuple([SupplierOutline(each.name, each.material, each.store) for each in system.suppliers]),
        tuple(
            [LinkOutline(each.name, each.from_store, each.to_store, each.materials) for each in system.links]
        ),
        system.recipes or _recipes_of_lines(system),
    )


def _recipes_of_lines(system: System) -> tuple[Recipe, ...]:
    lots = {lot.recipe: lot for line in system.lines for lot in line.recipes}
    return tuple(
        Recipe(lot.recipe, tuple(material for material, _ in lot.inputs), lot.output) for lot in lots.values()
    )
