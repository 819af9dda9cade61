"""What a whole lot takes by each recipe of its role."""

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.errors import ModelError
from simulator.model.description import SystemDescription
from simulator.model.plants import Role
from simulator.model.realising.numbers import Numbers
from simulator.model.realising.wholes import capacity, whole

NOTABLE_ROUNDING = 0.005
"""A larger relative change of an input by rounding is worth a warning (clause 8)."""


@dataclass(frozen=True, slots=True)
class Lot:
    """One lot of a role by one recipe."""

    recipe: str
    inputs: tuple[tuple[int, int], ...]
    """Material, amount; in recipe order, without those that round to 0."""
    output: int
    energy_kwh: float
    """Electricity for one item, as written; 0 when none is."""
    load: str
    """What a line draws, in words."""


def lots(name: str, role: Role, *, description: SystemDescription, numbers: Numbers) -> dict[str, Lot]:
    """Return the lot of a role by each of its recipes, calibre after calibre.

    Raises ModelError when a lot does not fit into the store that its inputs come from or its output goes to.
    """
    return {recipe: _lot(name, role, recipe, description, numbers) for recipe in role.recipe_names()}


def rounding_warnings(description: SystemDescription) -> tuple[str, ...]:
    """Return one line for each input of a lot that rounding to whole units changes by more than 0.5 %."""
    roles = {} if description.plants is None else description.plants.roles
    return tuple(
        f"plants.roles.{name}: a lot of {role.lot} by {recipe} takes {exact:.6g} of {material}, rounded to "
        f"{amount}; give a larger lot"
        for name, role in roles.items()
        for recipe in role.recipe_names()
        for material, exact, amount in _takes(name, role, recipe, description)
        if abs(amount - exact) > NOTABLE_ROUNDING * exact
    )


def _lot(name: str, role: Role, recipe_name: str, description: SystemDescription, numbers: Numbers) -> Lot:
    recipe = description.recipes[recipe_name]
    inputs = []
    for material, _, amount in _takes(name, role, recipe_name, description):
        _check_room(name, role, role.from_, material, amount, description)
        if amount:
            inputs.append((numbers.materials[material], amount))
    _check_room(name, role, role.to, recipe.output, role.lot, description)
    energy = 0.0 if recipe.energy is None else recipe.energy.number
    load = f"the kilowatts of a line of plants.roles.{name} by {recipe_name}"
    return Lot(recipe_name, tuple(inputs), numbers.materials[recipe.output], energy, load)


def _takes(
    name: str, role: Role, recipe_name: str, description: SystemDescription
) -> Iterator[tuple[str, float, int]]:
    """Yield each input of a lot: material, exact amount, whole amount."""
    for material, each in description.recipes[recipe_name].inputs.items():
        exact = role.lot * each.number
        yield material, exact, whole(exact, f"{material} for a lot of plants.roles.{name}")


def _check_room(
    name: str, role: Role, store: str | None, material: str, amount: int, description: SystemDescription
) -> None:
    if store is None:
        return
    room = capacity(description.stores[store], material, f"stores.{store}")
    if amount > room:
        raise ModelError(
            f"plants.roles.{name}.lot is {role.lot}, which is {amount} of {material}, more than the {room} "
            f"that store {store} has room for; give a smaller lot or a larger capacity"
        )
