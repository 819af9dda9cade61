"""Small systems for hand-worked sample paths: times in hours, one store, one plant a line unless said otherwise."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from simulator.model.distributions import Variate
from simulator.model.system import (
    NEVER,
    NO_LIMIT,
    TICKS_PER_HOUR,
    Calendar,
    Grid,
    GridPolicy,
    Holding,
    Line,
    LotRecipe,
    Material,
    Plant,
    Region,
    Role,
    State,
    Store,
    System,
)
from simulator.path import Kind, SamplePath

STEEL, BODY, SHELL = 0, 1, 2
MONDAY = date(2024, 1, 1)


def hours(number: float) -> int:
    """Return hours in ticks."""
    return round(number * TICKS_PER_HOUR)


def always(number: float) -> Variate:
    """Return the law of a number that is certain."""
    return Variate("constant", (float(number),))


def recipe(
    inputs: Sequence[tuple[int, int]] = ((STEEL, 10),),
    *,
    output: int = SHELL,
    lot_hours: float = 2,
    kw: int = 0,
) -> LotRecipe:
    """Return a recipe whose lot takes whole hours."""
    return LotRecipe("forge", tuple(inputs), output, hours(lot_hours), kw, 1.0)


def line(name: str = "works/0/0", **changes: object) -> Line:
    """Return a line that makes lots of 10 shells from 10 kg of steel in 2 hours, without chance."""
    base = Line(name, 0, 0, 0, lot=10, recipes=(recipe(),), from_store=0, to_store=0)
    return replace(base, **changes)


def holdings(
    *, steel: int = 1_000, body: int = 0, shell: int = 0, capacity: int = NO_LIMIT
) -> tuple[Holding, ...]:
    """Return what the store keeps; the capacity is that of shells."""
    return Holding(STEEL, steel), Holding(BODY, body), Holding(SHELL, shell, capacity)


def system(*lines: Line, end: float = 24, **changes: object) -> System:
    """Return a system of the given lines, each a plant of its own, with 1,000 kg of steel and no power limit."""
    base = System(
        start=MONDAY,
        first_tick=0,
        end_tick=hours(end),
        materials=(Material("steel", "kg"), Material("body", "item"), Material("shell", "item")),
        regions=(Region("here"),),
        grids=(),
        calendars=(),
        stores=(Store("yard", 0, holdings()),),
        roles=(Role("works", True),),
        plants=tuple(Plant(f"works/{k}", 0, 0, None, -NEVER, 10.0) for k in range(max(1, len(lines)))),
        lines=tuple(replace(each, plant=k) for k, each in enumerate(lines)),
        suppliers=(),
        links=(),
    )
    return replace(base, **changes)


def grid(kw: int, policy: str = "shed", **changes: object) -> Grid:
    """Return the grid of the region, of steady supply."""
    return replace(Grid("here", 0, ((0, kw),), GridPolicy(policy)), **changes)


def powered(*lines: Line, grid: Grid, end: float = 24, **changes: object) -> System:
    """Return a system whose lines all hang on one grid."""
    return system(
        *(replace(each, grid=0) for each in lines),
        end=end,
        grids=(grid,),
        regions=(Region("here", 0),),
        **changes,
    )


def shift(*stretches: tuple[float, float]) -> tuple[Calendar, ...]:
    """Return one calendar that is open in some hours."""
    return (Calendar("shift", tuple((hours(a), hours(b)) for a, b in stretches)),)


def store(*kept: Holding) -> tuple[Store, ...]:
    """Return one store with what it keeps."""
    return (Store("yard", 0, kept),)


Entry = tuple[float, str, str, int]


def log(path: SamplePath, *kinds: Kind) -> list[Entry]:
    """Return rows of some kinds as (hour, entity, material, amount), in order of time."""
    names = [*(material.name for material in path.system.materials), ""]
    return [
        (
            row["tick"] / TICKS_PER_HOUR,
            path.entity_name(row["kind"], row["entity"]),
            names[row["material"]],
            int(row["amount"]),
        )
        for row in path.of(*kinds)
    ]


def states(path: SamplePath, number: int = 0) -> list[tuple[float, str]]:
    """Return (hour, state) of one line."""
    rows = path.of(Kind.STATE)
    return [
        (row["tick"] / TICKS_PER_HOUR, State(row["amount"]).name.lower())
        for row in rows[rows["entity"] == number]
    ]
