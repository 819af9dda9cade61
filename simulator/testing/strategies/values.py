"""Strategies for the parts of a description, each valid by itself."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from hypothesis import strategies as st

from simulator.model.calendars import Calendar
from simulator.model.grids import Grid
from simulator.model.materials import Material, Store
from simulator.model.plants import Role
from simulator.model.transport import DELIVERED, Link, Supplier
from simulator.testing.strategies import parts
from simulator.testing.strategies.choices import built
from simulator.testing.strategies.parts import POLICIES, START, WAYS, Policy, Way

UnitOfMaterial = Literal["item", "kg"]


def materials(*, units: Sequence[UnitOfMaterial] = ("item", "kg")) -> st.SearchStrategy[Material]:
    """Materials counted in one of some units; none counts as another."""
    return st.builds(Material, unit=st.sampled_from(units))


def stores(
    *,
    region: str = "north",
    materials: Mapping[str, UnitOfMaterial] | None = None,
    capacity: int | None = 5000,
    floors: bool = True,
    additions: bool = True,
    start: date = START,
) -> st.SearchStrategy[Store]:
    """Stores of every given material, by default 1 to 500 kg of steel and shells; they shrink towards one of each.

    Parameters
    ----------
    region, materials
        Where the store is; what it keeps, each with what it is counted in.
    capacity
        The capacity for each material, 1 or more; None for no limit.
    floors, additions, start
        Whether links may have to leave some of the stock; whether stock may be added on a day of the ten from
        `start` on.
    """
    goods = {"steel": "kg", "shell": "item"} if materials is None else dict(materials)
    return built(Store.model_validate, parts.store)(
        region=region, materials=goods, capacity=capacity, floors=floors, additions=additions, start=start
    )


def grids(
    *,
    policies: Sequence[Policy] = POLICIES,
    max_kw: int = 300,
    curtailed: bool = True,
    chance: bool = True,
) -> st.SearchStrategy[Grid]:
    """Grids of some policies with 0 to `max_kw` kW; they shrink towards 0 kW, shed.

    `curtailed` lets supply be cut at times; without `chance` these times are constant.
    """
    return built(Grid.model_validate, parts.grid)(
        policies=tuple(policies), max_kw=max_kw, curtailed=curtailed, chance=chance
    )


def calendars(*, max_changes: int = 3, start: date = START) -> st.SearchStrategy[Calendar]:
    """Calendars with 1 to `max_changes` working weeks, each from one of the ten days from `start` on."""
    return built(Calendar.model_validate, parts.calendar)(max_changes=max_changes, start=start)


def roles(
    *,
    recipes: Sequence[str] = ("forge",),
    from_store: str | None = "depot",
    to_stores: Sequence[str] = ("depot",),
    region: str = "north",
    calendar: str | None = None,
    breakdowns: bool = True,
    rejects: bool = True,
    power: bool = True,
    chance: bool = True,
) -> st.SearchStrategy[Role]:
    """Roles, which are groups of plants of one kind, all in one region; they shrink towards one line of one recipe.

    Parameters
    ----------
    recipes
        What the plants may make; a role has one of them or all in order. Without any, plants only draw power.
    from_store, to_stores, region, calendar
        The names that the role refers to; a calendar is followed or not.
    breakdowns, rejects, power, chance
        False leaves breakdowns, scrap or a load of its own out, or makes all laws constants.
    """
    makes: list[parts.Tree] = [{"recipe": name} for name in recipes]
    if len(recipes) > 1:
        makes.append({"recipes": list(recipes)})
    return built(Role.model_validate, parts.role)(
        makes=makes,
        from_store=from_store,
        to_stores=tuple(to_stores),
        regions={region: 1.0},
        calendar=calendar,
        breakdowns=breakdowns,
        rejects=rejects,
        power=power,
        chance=chance,
    )


def suppliers(
    *,
    material: str = "steel",
    to: str = "depot",
    unit: UnitOfMaterial = "kg",
    ways: Sequence[Way] = WAYS,
    disrupted: bool = True,
    chance: bool = True,
    start: date = START,
) -> st.SearchStrategy[Supplier]:
    """Suppliers of one material to one store, in some ways; they shrink towards one dated delivery.

    `unit` is what the material is counted in. Dates lie in the ten days from `start` on.
    """
    return built(Supplier.model_validate, parts.supplier)(
        material=material,
        to=to,
        unit=unit,
        ways=tuple(ways),
        disrupted=disrupted,
        chance=chance,
        start=start,
    )


def links(
    *,
    from_store: str = "depot",
    to: Sequence[str] = (DELIVERED,),
    materials: Sequence[str] = ("shell",),
    unit: UnitOfMaterial = "item",
    max_load: int = 60,
    chance: bool = True,
    start: date = START,
) -> st.SearchStrategy[Link]:
    """Links from a store to one of several ends, with loads of 1 to `max_load`; they shrink towards loads of one.

    `unit` is what all materials are counted in. Dates lie in the ten days from `start` on.
    """
    return built(Link.model_validate, parts.link)(
        from_store=from_store,
        to=tuple(to),
        materials=tuple(materials),
        unit=unit,
        max_load=max_load,
        chance=chance,
        start=start,
    )
