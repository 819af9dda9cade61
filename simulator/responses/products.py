"""What a system makes of what, and which of it is a final product."""

from collections.abc import Iterable

from simulator.model.system import DELIVERED
from simulator.responses.outline import Outline


def outputs(outline: Outline) -> list[int]:
    """Return the materials that some recipe makes, in file order."""
    return sorted({recipe.output for recipe in outline.recipes})


def inputs(outline: Outline) -> list[int]:
    """Return the materials that some recipe uses, in file order."""
    return sorted({material for recipe in outline.recipes for material in recipe.inputs})


def exports(outline: Outline) -> list[int]:
    """Return the materials that some link takes out of the system, in file order."""
    routes = [link for link in outline.links if link.to_store == DELIVERED]
    return sorted({number for link in routes for number in link.materials})


def carried(outline: Outline) -> list[int]:
    """Return the materials that some link carries, in file order."""
    return sorted({number for link in outline.links for number in link.materials})


def counting_as(outline: Outline, named: Iterable[int]) -> list[int]:
    """Return some materials with those that count as them, in file order (clause 19)."""
    wanted = set(named)
    return [
        number
        for number, material in enumerate(outline.materials)
        if number in wanted or material.counts_as in wanted
    ]


def products(outline: Outline) -> list[int]:
    """Return the materials that totals add up, in file order.

    These are the final products, made by some recipe and used by none, with what counts as them; in a system
    that makes nothing, all that leaves it. Items and kilograms do not add up: only those in the unit of the
    first count.
    """
    used = set(inputs(outline))
    final = counting_as(outline, [number for number in outputs(outline) if number not in used])
    if not outputs(outline):
        final = exports(outline)
    return [number for number in final if outline.materials[number].unit == outline.materials[final[0]].unit]
