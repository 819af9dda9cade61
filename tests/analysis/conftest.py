"""Small systems for bounds that can be worked out by hand."""

from collections.abc import Callable
from datetime import date

import pytest

from simulator.model.distributions import Variate
from simulator.model.system import (
    NEVER,
    NONE,
    TICKS_PER_DAY,
    TICKS_PER_HOUR,
    Grid,
    Holding,
    Line,
    LotRecipe,
    Material,
    Plant,
    Recipe,
    Region,
    Role,
    Store,
    Supplier,
    System,
)

STEEL, BODY, SHELL = range(3)
DAYS = 10


@pytest.fixture
def works() -> Callable[..., System]:
    """A function that makes a two-stage system of ten days: steel to bodies, bodies to shells.

    A lot of the forge is ten bodies of 5 kg in 2 h at 30 kW; one of the filling line four shells in 1 h at 8 kW.
    """

    def build(
        *,
        steel: int = 1_000_000,
        bodies: int = 0,
        supply_kw: int | None = None,
        forge: dict[str, object] | None = None,
        fill: dict[str, object] | None = None,
        **parts: object,
    ) -> System:
        grid = NONE if supply_kw is None else 0
        common = {
            "plant": 0,
            "region": 0,
            "grid": grid,
            "from_store": 0,
            "to_store": 0,
            "commissioned": -NEVER,
        }
        forging = LotRecipe("forge", ((STEEL, 50),), BODY, 2 * TICKS_PER_HOUR, load_kw=30, energy_kwh=6.0)
        filling = LotRecipe("fill", ((BODY, 4),), SHELL, TICKS_PER_HOUR, load_kw=8, energy_kwh=2.0)
        lines = (
            Line(
                **(
                    {"name": "forge/0/0", "role": 0, "lot": 10, "recipes": (forging,)}
                    | common
                    | (forge or {})
                )
            ),
            Line(
                **({"name": "fill/0/0", "role": 1, "lot": 4, "recipes": (filling,)} | common | (fill or {}))
            ),
        )
        whole = {
            "start": date(2023, 1, 1),
            "first_tick": 0,
            "end_tick": DAYS * TICKS_PER_DAY,
            "materials": (Material("steel", "kg"), Material("body", "item"), Material("shell", "item")),
            "regions": (Region("north", grid=grid),),
            "grids": () if supply_kw is None else (Grid("north", 0, ((0, supply_kw),)),),
            "calendars": (),
            "stores": (Store("depot", 0, (Holding(STEEL, steel), Holding(BODY, bodies), Holding(SHELL))),),
            "roles": (Role("forge", final=False), Role("fill", final=True)),
            "plants": (Plant("forge/0", 0, 0, None, -NEVER, 5.0),),
            "lines": lines,
            "suppliers": (),
            "links": (),
            "recipes": (Recipe("forge", (STEEL,), BODY), Recipe("fill", (BODY,), SHELL)),
        }
        return System(**(whole | parts))

    return build


def hours(number: float) -> Variate:
    """A duration that is certain."""
    return Variate("constant", (number,))


@pytest.fixture
def mill() -> Callable[..., Supplier]:
    """A function that makes a supplier of steel: 100 kg a day unless it is told otherwise."""

    def build(**parts: object) -> Supplier:
        quantity = None if parts.get("share_of_use") is not None else hours(100.0)
        return Supplier(
            **(
                {"name": "mill", "material": STEEL, "store": 0, "quantity": quantity, "every": hours(24.0)}
                | parts
            )
        )

    return build
