"""The rows of a path are well formed: in order, unique, within the run, of what the system has."""

import numpy as np

from simulator.model.system import Line, System
from simulator.path import (
    GRID_KINDS,
    LINE_KINDS,
    LINK_KINDS,
    ROW,
    STORE_KINDS,
    SUPPLIER_KINDS,
    Kind,
    SamplePath,
)
from simulator.testing.broken import BrokenInvariant, dated
from simulator.testing.ledger import Rows

KEY = ("tick", "kind", "entity", "material")
WITHOUT_MATERIAL = frozenset((Kind.STATE, Kind.DEPARTED, Kind.ARRIVED, Kind.LOADS, Kind.MISSED, *GRID_KINDS))
NO_MATERIAL = frozenset((-1,))
VALUES = frozenset((Kind.STATE, *GRID_KINDS))


@dated
def order(path: SamplePath, system: System) -> None:
    """Check that rows rise strictly by their key, lie in the run, and name what the system has (clause 23).

    Amounts that are counted are above 0. Raises BrokenInvariant.
    """
    rows = path.rows
    if rows.dtype != ROW:
        raise BrokenInvariant("order", "the path", system.first_tick, f"has rows of {rows.dtype}, not {ROW}")
    places = np.lexsort(tuple(rows[name] for name in reversed(KEY)))
    late = places != np.arange(len(rows))
    _refuse_first(path, system, rows[late], f"is out of order by {', '.join(KEY)}")
    same = np.ones(max(0, len(rows) - 1), dtype=bool)
    for name in KEY:
        same &= rows[name][1:] == rows[name][:-1]
    _refuse_first(path, system, rows[1:][same], "is there twice")
    _check_names(path, system)
    outside = (rows["tick"] < system.first_tick) | (rows["tick"] >= system.end_tick)
    _refuse_first(
        path, system, rows[outside], f"lies outside the run, {system.first_tick} to {system.end_tick}"
    )
    counted = ~np.isin(rows["kind"], tuple(VALUES))
    _refuse_first(path, system, rows[counted & (rows["amount"] <= 0)], "has an amount that is not above 0")
    _refuse_first(path, system, rows[rows["amount"] < 0], "has a value below 0")


def _refuse_first(path: SamplePath, system: System, rows: Rows, what: str) -> None:
    """Raise for the first of some rows, if there is any."""
    if not len(rows):
        return
    row = rows[0]
    kind, entity, material = (int(row[name]) for name in ("kind", "entity", "material"))
    known = (kind, entity) in materials_by_entity(system)
    where = path.entity_name(Kind(kind), entity) if known else f"entity {entity}"
    label = Kind(kind).name.lower() if kind in set(Kind) else f"kind {kind}"
    of = "" if material == -1 else f" of {_material(system, material)}"
    raise BrokenInvariant("order", where, int(row["tick"]), f"the row of {row['amount']} {label}{of} {what}")


def _material(system: System, number: int) -> str:
    inside = 0 <= number < len(system.materials)
    return system.materials[number].name if inside else f"material {number}"


def _check_names(path: SamplePath, system: System) -> None:
    """Check kind, entity and material of every row, one combination at a time."""
    allowed = materials_by_entity(system)
    keys, starts = np.unique(path.rows[["kind", "entity", "material"]], return_index=True)
    for (kind, entity, material), start in sorted(
        zip(keys.tolist(), starts.tolist(), strict=True), key=_by_start
    ):
        tick = int(path.rows["tick"][start])
        if kind not in set(Kind):
            raise BrokenInvariant(
                "order", "the path", tick, f"has a row of kind {kind}; kinds are 1 to {len(Kind)}"
            )
        label = Kind(kind).name.lower()
        if (kind, entity) not in allowed:
            raise BrokenInvariant(
                "order", "the path", tick, f"has {label} of entity {entity}, which is not there"
            )
        if material not in allowed[kind, entity]:
            name = path.entity_name(kind, entity)
            raise BrokenInvariant(
                "order", name, tick, f"has {label} of {_material(system, material)}, which it does not handle"
            )


def _by_start(combination: tuple[tuple[int, int, int], int]) -> int:
    return combination[1]


def materials_by_entity(system: System) -> dict[tuple[int, int], frozenset[int]]:
    """Return, by kind and entity, the numbers that may stand as material: -1 for none."""
    outputs = [frozenset(recipe.output for recipe in line.recipes) for line in system.lines]
    added = [
        frozenset(holding.material for holding in store.holdings if holding.added) for store in system.stores
    ]
    parts: tuple[tuple[tuple[Kind, ...], list[frozenset[int]]], ...] = (
        (LINE_KINDS, outputs),
        ((Kind.USED,), [_inputs(line) for line in system.lines]),
        (SUPPLIER_KINDS, [frozenset((supplier.material,)) for supplier in system.suppliers]),
        (STORE_KINDS, added),
        (LINK_KINDS, [frozenset(link.materials) for link in system.links]),
        (GRID_KINDS, [NO_MATERIAL for _ in system.grids]),
    )
    return {
        (kind, number): NO_MATERIAL if kind in WITHOUT_MATERIAL else materials
        for kinds, entities in parts
        for kind in kinds
        for number, materials in enumerate(entities)
    }


def _inputs(line: Line) -> frozenset[int]:
    return frozenset(material for recipe in line.recipes for material, _ in recipe.inputs)
