"""What a system makes of what, and which of it is a final product."""

from collections.abc import Iterable

from simulator.model.system import DELIVERED, Recipe, System


def recipes(system: System) -> tuple[Recipe, ...]:
    """Return what is made of what: the recipes of the document, or those of the lines when it names none."""
    if system.recipes:
        return system.recipes
    lots = {lot.recipe: lot for line in system.lines for lot in line.recipes}
    return tuple(
        Recipe(lot.recipe, tuple(material for material, _ in lot.inputs), lot.output) for lot in lots.values()
    )


def outputs(system: System) -> list[int]:
    """Return the materials that some recipe makes, in file order."""
    return sorted({recipe.output for recipe in recipes(system)})


def inputs(system: System) -> list[int]:
    """Return the materials that some recipe uses, in file order."""
    return sorted({material for recipe in recipes(system) for material in recipe.inputs})


def exports(system: System) -> list[int]:
    """Return the materials that some link takes out of the system, in file order."""
    routes = [link for link in system.links if link.to_store == DELIVERED]
    return sorted({number for link in routes for number in link.materials})


def carried(system: System) -> list[int]:
    """Return the materials that some link carries, in file order."""
    return sorted({number for link in system.links for number in link.materials})


def counting_as(system: System, named: Iterable[int]) -> list[int]:
    """Return some materials with those that count as them, in file order (clause 19)."""
    wanted = set(named)
    return [
        number
        for number, material in enumerate(system.materials)
        if number in wanted or material.counts_as in wanted
    ]


def products(system: System) -> list[int]:
    """Return the materials that totals add up, in file order.

    These are the final products, made by some recipe and used by none, with what counts as them; in a system
    that makes nothing, all that leaves it. Items and kilograms do not add up: only those in the unit of the
    first count.
    """
    used = set(inputs(system))
    final = counting_as(system, [number for number in outputs(system) if number not in used])
    if not outputs(system):
        final = exports(system)
    return [number for number in final if system.materials[number].unit == system.materials[final[0]].unit]
