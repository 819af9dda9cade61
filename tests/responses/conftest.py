from collections.abc import Callable, Iterator
from datetime import date

import numpy as np
import pytest

from simulator.model.distributions import Variate
from simulator.model.system import (
    DELIVERED,
    NEVER,
    TICKS_PER_DAY,
    TICKS_PER_HOUR,
    Calendar,
    Grid,
    Holding,
    Line,
    Link,
    LotRecipe,
    Material,
    Plant,
    Recipe,
    Region,
    Role,
    State,
    Store,
    Supplier,
    System,
)
from simulator.path import GRID_KINDS, LINE_KINDS, LINK_KINDS, ROW, STORE_KINDS, Kind, SamplePath, sorted_rows
from simulator.responses import restored_register

STEEL, BODY, FUZE, SHELL, OLD = range(5)
Row = tuple[float, Kind, str, str | None, int]
"""Hours since the start, kind, entity, material, amount."""


def _line(name: str, role: int, region: int, **more: object) -> Line:
    return Line(name, plant=0, role=role, region=region, commissioned=-NEVER, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def system() -> System:
    """Two makers of bodies and shells, guards, a depot in the north, a port in the south, ten days.

    The days are 29 January to 7 February 2023: three of January, seven of February; a week and three days.
    """
    day = Variate("constant", (24.0,))
    hour = TICKS_PER_HOUR
    forge = LotRecipe("forge", ((STEEL, 100),), BODY, ticks=hour, load_kw=10, energy_kwh=1.0)
    fill = LotRecipe(
        "fill", ((BODY, 4), (FUZE, 4)), SHELL, ticks=2 * TICKS_PER_HOUR, load_kw=5, energy_kwh=1.0
    )
    return System(
        start=date(2023, 1, 29),
        first_tick=0,
        end_tick=10 * TICKS_PER_DAY,
        materials=(
            Material("steel", "kg"),
            Material("body", "item"),
            Material("fuze", "item"),
            Material("shell", "item"),
            Material("old", "item", counts_as=SHELL),
        ),
        regions=(Region("north", grid=0), Region("south")),
        grids=(Grid("north", region=0, supply=((0, 500),)),),
        calendars=(Calendar("days", tuple(((24 * d + 8) * hour, (24 * d + 16) * hour) for d in range(10))),),
        stores=(
            Store(
                "depot",
                region=0,
                holdings=(
                    Holding(STEEL, initial=1000),
                    Holding(BODY),
                    Holding(FUZE, initial=100),
                    Holding(SHELL),
                    Holding(OLD, initial=500, floor=200),
                ),
            ),
            Store(
                "port", region=1, holdings=(Holding(SHELL, initial=30, floor=40), Holding(OLD, initial=10))
            ),
        ),
        roles=(Role("bodies", final=False), Role("filling", final=True), Role("guards", final=False)),
        plants=(Plant("bodies/0", role=0, region=0, calibre=None, commissioned=-NEVER, rate=1.0),),
        lines=(
            _line("bodies/0/0", 0, 0, grid=0, calendar=0, lot=10, recipes=(forge,), from_store=0, to_store=0),
            _line("filling/0/0", 1, 0, grid=0, calendar=0, lot=4, recipes=(fill,), from_store=0, to_store=0),
            _line("filling/1/0", 1, 1, lot=4, recipes=(fill,), from_store=0, to_store=0),
            _line("guards/0/0", 2, 1, load_kw=50),
        ),
        suppliers=(
            Supplier("mill", STEEL, store=0, every=day),
            Supplier("works", FUZE, store=0, every=day),
        ),
        links=(
            Link("rail", 0, 1, (SHELL, OLD), load=50, minimum=1, every=((0, day),), transit=day),
            Link(
                "sea",
                1,
                DELIVERED,
                (SHELL, OLD),
                load=50,
                minimum=1,
                every=((0, day),),
                transit=day,
                loads_of=10,
            ),
        ),
        recipes=(Recipe("forge", (STEEL,), BODY), Recipe("fill", (BODY, FUZE), SHELL)),
    )


def _entities(system: System, kind: Kind) -> list[str]:
    for kinds, parts in (
        (LINE_KINDS, system.lines),
        (STORE_KINDS, system.stores),
        (LINK_KINDS, system.links),
        (GRID_KINDS, system.grids),
    ):
        if kind in kinds:
            return [part.name for part in parts]  # type: ignore[attr-defined]
    return [supplier.name for supplier in system.suppliers]


@pytest.fixture(scope="session")
def path_of() -> Callable[[System, list[Row]], SamplePath]:
    """A function that writes a path by hand: a system and rows in words."""

    def build(system: System, written: list[Row]) -> SamplePath:
        materials = [material.name for material in system.materials]
        rows = np.zeros(len(written), dtype=ROW)
        for row, (hours, kind, entity, material, amount) in zip(rows, written, strict=True):
            row["tick"] = round(hours * TICKS_PER_HOUR)
            row["kind"] = kind
            row["entity"] = _entities(system, kind).index(entity)
            row["material"] = -1 if material is None else materials.index(material)
            row["amount"] = amount
        return SamplePath(system, sorted_rows(rows), bound_events=0)

    return build


@pytest.fixture
def states() -> Callable[..., list[Row]]:
    """A function that writes the states of a line: its name, then an hour and a state, and so on."""

    def write(line: str, *changes: tuple[float, State]) -> list[Row]:
        return [(hours, Kind.STATE, line, None, int(state)) for hours, state in changes]

    return write


@pytest.fixture
def own_register() -> Iterator[None]:
    """Let the test register responses of its own."""
    with restored_register():
        yield
