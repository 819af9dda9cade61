"""A described system made larger or smaller, so that each of its lines has as much work as before."""

from typing import Any

from simulator.model.description import SystemDescription
from simulator.model.quantities import Quantity
from simulator.model.scenario.paths import copied, expand, value_at
from simulator.model.scenario.targets import scaled

AMOUNTS = (
    "regions.*.grid.allotment",
    "stores.*.holds.*.capacity",
    "stores.*.holds.*.initial",
    "stores.*.holds.*.added.*.amount",
    "stores.*.holds.*.floor",
    "suppliers.*.quantity",
    "suppliers.*.table.*.amount",
    "links.*.load",
    "links.*.minimum",
)
"""What lines share: power, stocks, deliveries, vehicles."""
COUNTS = ("regions.*.crews", "plants.new.count", "plants.roles.*.at_least")
"""What they share that is counted in wholes."""


def enlarged(description: SystemDescription, plants: int) -> SystemDescription:
    """Return a system of so many plants, in which what they share is multiplied as they are.

    Rates, intervals, shares and the size of containers stay. A system without plants stays as it is.
    """
    if description.plants is None:
        return description
    factor = plants / description.plants.total
    tree = copied(description.tree())
    tree["plants"]["total"] = plants
    for path in AMOUNTS:
        for node, key in _places(tree, path):
            node[key] = scaled(node[key], factor)
    for path in COUNTS:
        for node, key in _places(tree, path):
            node[key] = max(min(node[key], 1), round(_number(node[key]) * factor))
    return SystemDescription.model_validate(tree)


def _places(tree: Any, path: str) -> list[tuple[Any, Any]]:
    """Return the places that a path means, each by what it is in and its key; none where there is no value."""
    try:
        places = expand(tree, path)
    except ValueError:
        return []
    found = [(value_at(tree, keys[:-1]), keys[-1]) for keys in places]
    return [(node, key) for node, key in found if node[key] is not None]


def _number(value: Quantity | int) -> float:
    return value.number if isinstance(value, Quantity) else value
