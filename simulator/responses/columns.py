"""The columns that a response has for a system: one for each part of a kind, in file order."""

from collections.abc import Callable, Iterable, Mapping

from simulator.model.system import System
from simulator.responses.outline import Outline
from simulator.responses.products import products
from simulator.responses.register import Meaning

Columns = Callable[[Outline], Mapping[str, Meaning]]
Choice = Callable[[Outline], list[int]]
"""Which materials there is a column for."""
UNITS = {"item": "items"}
"""Units of materials that are written otherwise over a column."""


def unit_of(system: System | Outline, material: int) -> str:
    """Return the unit of a material as it is written over a column."""
    unit = system.materials[material].unit
    return UNITS.get(unit, unit)


def by_material(sentence: str, choice: Choice) -> Columns:
    """Return columns for the chosen materials; `{}` in the sentence stands for the material."""

    def columns(outline: Outline) -> dict[str, Meaning]:
        names = {number: outline.materials[number].name for number in choice(outline)}
        return {name: (unit_of(outline, number), sentence.format(name)) for number, name in names.items()}

    return columns


def with_total(sentence: str, choice: Choice) -> Columns:
    """Return columns for the chosen materials after one, under the empty key, for all final products."""

    def columns(outline: Outline) -> dict[str, Meaning]:
        final = products(outline)
        names = ", ".join(outline.materials[number].name for number in final)
        unit = unit_of(outline, final[0]) if final else "items"
        total = f"{sentence.format('final products')}: {names or 'there are none'}"
        return {"": (unit, total), **by_material(sentence, choice)(outline)}

    return columns


def by_name(sentence: str, unit: str, names: Callable[[Outline], Iterable[str]]) -> Columns:
    """Return columns for parts by name; `{}` in the sentence stands for it."""

    def columns(outline: Outline) -> dict[str, Meaning]:
        return {name: (unit, sentence.format(name)) for name in names(outline)}

    return columns


def by_holding(sentence: str) -> Columns:
    """Return columns for what stores keep, as `store.material`; `{}` stand for the material and the store."""

    def columns(outline: Outline) -> dict[str, Meaning]:
        return {
            f"{store.name}.{outline.materials[number].name}": (
                unit_of(outline, number),
                sentence.format(outline.materials[number].name, store.name),
            )
            for store in outline.stores
            for number in store.materials
        }

    return columns
