"""Parts that no other part of a system has to do with."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from simulator.model.system import (
    NEVER,
    NO_LIMIT,
    TICKS_PER_HOUR,
    Holding,
    Line,
    LotRecipe,
    Material,
    Plant,
    Region,
    Role,
    Store,
    System,
)
from simulator.path import GRID_KINDS, LINE_KINDS, STORE_KINDS, SamplePath

Rows = npt.NDArray[np.void]
NAME = "unconnected"
"""What the parts that a relation adds are called; their numbers come last."""


def with_unconnected_store(system: System) -> System:
    """Return the system with one more material in one more store, that no other part has to do with.

    Its dated addition writes one row of the new store; all other rows stay (`rows_of_others`).
    """
    material = len(system.materials)
    added = ((max(0, system.first_tick), 3),)
    store = Store(NAME, 0, (Holding(material, initial=5, capacity=NO_LIMIT, added=added),))
    return replace(
        system, materials=(*system.materials, Material(NAME, "item")), stores=(*system.stores, store)
    )


def with_unconnected_plant(system: System, *, lot_ticks: int = TICKS_PER_HOUR) -> System:
    """Return the system with one more plant, in its own region, that makes its own material from nothing.

    Its line comes last, whatever clause 5 says of its name, so that no other line's number changes; all other
    rows stay (`rows_of_others`).
    """
    stored = with_unconnected_store(system)
    material, store, region = len(system.materials), len(system.stores), len(system.regions)
    recipe = LotRecipe(NAME, (), material, lot_ticks, load_kw=0, energy_kwh=0.0)
    line = Line(
        f"{NAME}/0/0",
        plant=len(system.plants),
        role=len(system.roles),
        region=region,
        recipes=(recipe,),
        from_store=store,
        to_store=store,
    )
    plant = Plant(f"{NAME}/0", len(system.roles), region, None, -NEVER, TICKS_PER_HOUR / lot_ticks)
    return replace(
        stored,
        regions=(*system.regions, Region(NAME)),
        roles=(*system.roles, Role(NAME, final=True)),
        plants=(*system.plants, plant),
        lines=(*system.lines, line),
    )


def rows_of_others(path: SamplePath, system: System) -> Rows:
    """Return the rows of a path that speak of lines, stores and grids that `system` has too, by number."""
    rows = path.rows
    own = np.zeros(len(rows), dtype=bool)
    for kinds, count in (
        (LINE_KINDS, len(system.lines)),
        (STORE_KINDS, len(system.stores)),
        (GRID_KINDS, len(system.grids)),
    ):
        own |= np.isin(rows["kind"], kinds) & (rows["entity"] >= count)
    found: Rows = rows[~own]
    return found
