"""Small systems and hand-written paths, with times in hours, to plant faults in."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from simulator.model.distributions import Variate
from simulator.model.system import (
    DELIVERED,
    NEVER,
    TICKS_PER_HOUR,
    Calendar,
    Grid,
    GridPolicy,
    Holding,
    Line,
    Link,
    LotRecipe,
    Material,
    Plant,
    Region,
    Role,
    Store,
    Supplier,
    System,
)
from simulator.path import ROW, Kind, SamplePath

STEEL, SHELL, NONE = 0, 1, -1
Row = tuple[float, Kind, int, int, int]
"""Hour, kind, entity, material, amount."""


def ticks(hour: float) -> int:
    """Return hours in ticks."""
    return round(hour * TICKS_PER_HOUR)


def hours(number: float) -> Variate:
    """Return the law of a duration that is certain."""
    return Variate("constant", (float(number),))


def a_line(name: str = "filling/0/0", **changes: Any) -> Line:
    """Return a line that makes lots of 2 shells from 4 kg of steel in 2 hours, at 5 kW."""
    recipe = LotRecipe("fill", ((STEEL, 4),), SHELL, ticks(2), 5, 2.5)
    return replace(Line(name, 0, 0, 0, lot=2, recipes=(recipe,), from_store=0, to_store=0), **changes)


def a_system(*lines: Line, **changes: Any) -> System:
    """Return a day of one store with 10 kg of steel, and of lines, all on grid 0 if there is one."""
    grids = changes.get("grids", ())
    base = System(
        start=date(2024, 1, 1),
        first_tick=0,
        end_tick=ticks(24),
        materials=(Material("steel", "kg"), Material("shell", "item")),
        regions=(Region("here", 0 if grids else NONE),),
        grids=(),
        calendars=(),
        stores=(Store("depot", 0, (Holding(STEEL, 10), Holding(SHELL))),),
        roles=(Role("filling", True),),
        plants=(Plant("filling/0", 0, 0, None, -NEVER, 1.0),),
        lines=tuple(replace(line, grid=0) for line in lines) if grids else lines,
        suppliers=(),
        links=(),
    )
    return replace(base, **changes)


def a_path(system: System, rows: Iterable[Row]) -> SamplePath:
    """Return the path of some rows, in the order of their key."""
    found = np.zeros(len(rows := list(rows)), dtype=ROW)
    for place, (hour, kind, entity, material, amount) in enumerate(rows):
        found[place] = (ticks(hour), kind, material, entity, amount)
    return SamplePath(system, np.sort(found, order=("tick", "kind", "entity", "material")), 0)


DAY_SHIFT = Calendar("day", ((ticks(8), ticks(16)),))
WORKDAY = a_system(
    a_line(calendar=0),
    grids=(Grid("here", 0, ((0, 10),)),),
    calendars=(DAY_SHIFT,),
    stores=(Store("depot", 0, (Holding(STEEL, 10), Holding(SHELL, capacity=6, floor=1, added=((0, 1),)))),),
    suppliers=(Supplier("mill", STEEL, 0, table=((ticks(14), 4),)),),
    links=(
        Link("road", 0, DELIVERED, (SHELL,), 3, 1, ((0, hours(24)),), hours(2), first=ticks(12), loads_of=2),
    ),
)
"""A line of one shift that runs out of steel, is resupplied, and has its shells carried away."""
WORKDAY_ROWS: tuple[Row, ...] = (
    (0, Kind.STATE, 0, NONE, 2),
    (0, Kind.ADDED, 0, SHELL, 1),
    (0, Kind.SUPPLY, 0, NONE, 10),
    (0, Kind.DRAWN, 0, NONE, 0),
    (0, Kind.SPEED, 0, NONE, 1000),
    (8, Kind.STATE, 0, NONE, 6),
    (8, Kind.USED, 0, STEEL, 4),
    (8, Kind.DRAWN, 0, NONE, 5),
    (10, Kind.USED, 0, STEEL, 4),
    (10, Kind.UNLOADED, 0, SHELL, 2),
    (10, Kind.MADE, 0, SHELL, 2),
    (12, Kind.STATE, 0, NONE, 4),
    (12, Kind.UNLOADED, 0, SHELL, 2),
    (12, Kind.MADE, 0, SHELL, 2),
    (12, Kind.SHIPPED, 0, SHELL, 3),
    (12, Kind.DEPARTED, 0, NONE, 1),
    (12, Kind.LOADS, 0, NONE, 2),
    (12, Kind.DRAWN, 0, NONE, 0),
    (14, Kind.STATE, 0, NONE, 6),
    (14, Kind.USED, 0, STEEL, 4),
    (14, Kind.SUPPLIED, 0, STEEL, 4),
    (14, Kind.RECEIVED, 0, SHELL, 3),
    (14, Kind.ARRIVED, 0, NONE, 1),
    (14, Kind.DRAWN, 0, NONE, 5),
    (16, Kind.STATE, 0, NONE, 2),
    (16, Kind.UNLOADED, 0, SHELL, 2),
    (16, Kind.MADE, 0, SHELL, 2),
    (16, Kind.DRAWN, 0, NONE, 0),
)
SHARED_GRID = a_system(
    a_line(load_kw=8, recipes=(), from_store=NONE, to_store=NONE),
    a_line("filling/0/1", load_kw=8, recipes=(), from_store=NONE, to_store=NONE),
    grids=(Grid("here", 0, ((0, 10),)),),
)
"""Two lines of 8 kW that only draw power, on a grid of 10 kW."""


def with_policy(system: System, policy: GridPolicy, **changes: Any) -> System:
    """Return a system with another way to share its first grid."""
    return replace(system, grids=(replace(system.grids[0], policy=policy, **changes),))
