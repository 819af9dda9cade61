"""The columns that a response has for a system: one for each part of a kind, in file order."""

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from simulator.model.system import System
from simulator.responses.products import products
from simulator.responses.register import Meaning
from simulator.responses.trajectories import holdings

Columns = Callable[[System], Mapping[str, Meaning]]
Choice = Callable[[System], list[int]]
"""Which materials there is a column for."""
UNITS = {"item": "items"}
"""Units of materials that are written otherwise over a column."""


class Named(Protocol):
    """A part of a system that has a name."""

    @property
    def name(self) -> str:
        """The name."""


def unit_of(system: System, material: int) -> str:
    """Return the unit of a material as it is written over a column."""
    unit = system.materials[material].unit
    return UNITS.get(unit, unit)


def by_material(sentence: str, choice: Choice) -> Columns:
    """Return columns for the chosen materials; `{}` in the sentence stands for the material."""

    def columns(system: System) -> dict[str, Meaning]:
        names = {number: system.materials[number].name for number in choice(system)}
        return {name: (unit_of(system, number), sentence.format(name)) for number, name in names.items()}

    return columns


def with_total(sentence: str, choice: Choice) -> Columns:
    """Return columns for the chosen materials after one, under the empty key, for all final products."""

    def columns(system: System) -> dict[str, Meaning]:
        final = products(system)
        names = ", ".join(system.materials[number].name for number in final)
        unit = unit_of(system, final[0]) if final else "items"
        total = f"{sentence.format('final products')}: {names or 'there are none'}"
        return {"": (unit, total), **by_material(sentence, choice)(system)}

    return columns


def by_part(sentence: str, unit: str, parts: Callable[[System], Iterable[Named]]) -> Columns:
    """Return columns for parts that have a name; `{}` in the sentence stands for it."""

    def columns(system: System) -> dict[str, Meaning]:
        return {part.name: (unit, sentence.format(part.name)) for part in parts(system)}

    return columns


def by_holding(sentence: str) -> Columns:
    """Return columns for what stores keep, as `store.material`; `{}` stand for the material and the store."""

    def columns(system: System) -> dict[str, Meaning]:
        return {
            key: (
                unit_of(system, holding.material),
                sentence.format(system.materials[holding.material].name, store.name),
            )
            for key, (store, holding) in zip(holding_keys(system), holdings(system), strict=True)
        }

    return columns


def holding_keys(system: System) -> list[str]:
    """Return `store.material` for every holding, in order."""
    return [f"{store.name}.{system.materials[holding.material].name}" for store, holding in holdings(system)]
