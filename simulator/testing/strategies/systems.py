"""Whole systems."""

from collections.abc import Iterable

from hypothesis import strategies as st

from simulator.model.system import DELIVERED, NONE, Link, Material, System
from simulator.testing.strategies.choices import often_first
from simulator.testing.strategies.network import Place, calendars, links, regions, stores, suppliers
from simulator.testing.strategies.plants import Shop, plants, recipes, roles, shops
from simulator.testing.strategies.scope import Features, Scope, scopes

RAWS = ("steel", "powder", "fuel")
PRODUCTS = ("body", "fuze", "shell")
STORES = ("depot", "port", "works")
ROLES = ("forging", "pressing", "filling")
CALENDARS = ("weekly", "nightly")
SUPPLIERS = ("mill", "mine", "refinery")
LINKS = ("rail", "road", "sea")


def systems(
    *,
    max_plants: int = 5,
    max_days: int = 10,
    tie_heavy: bool | None = None,
    warm_up: bool = True,
    power: bool = True,
    calendars: bool = True,
    breakdowns: bool = True,
    rejects: bool = True,
    flow: bool = True,
    drawn_work: bool = True,
    commissioning: bool = True,
    suppliers: bool = True,
    links: bool = True,
    capacities: bool = True,
    floors: bool = True,
    additions: bool = True,
    priorities: bool = True,
    chance: bool = True,
) -> st.SearchStrategy[System]:
    """Realised systems, as an engine unfolds them: whole plants, kW, kg, ticks.

    Parameters
    ----------
    max_plants, max_days
        How large a system may be; a run with its warm-up is 1 to `max_days` days.
    tie_heavy
        Whether durations are whole hours, so that many things happen at one instant; None for either.
    warm_up, power, calendars, breakdowns, ...
        False leaves that part of the model out; without `chance` all laws of time and amount are constants.
        A system also lacks parts by chance, and shrinks towards one line with none of them.
    """
    features = Features(
        power=power,
        calendars=calendars,
        breakdowns=breakdowns,
        rejects=rejects,
        flow=flow,
        drawn_work=drawn_work,
        commissioning=commissioning,
        suppliers=suppliers,
        links=links,
        capacities=capacities,
        floors=floors,
        additions=additions,
        priorities=priorities,
        chance=chance,
    )
    runs = scopes(max_days=max_days, tie_heavy=tie_heavy, warm_up=warm_up, features=features)
    return runs.flatmap(lambda scope: _systems(scope, max_plants=max_plants))


@st.composite
def materials(draw: st.DrawFn, *, raws: int, products: int) -> tuple[Material, ...]:
    """Raw materials in kilograms, then products in items; some count as a product."""
    found = [Material(name, "kg") for name in RAWS[:raws]]
    for number, name in enumerate(PRODUCTS[:products]):
        counts_as = NONE if number == 0 else draw(st.sampled_from((NONE, raws)))
        found.append(Material(name, "item", counts_as))
    return tuple(found)


@st.composite
def _systems(draw: st.DrawFn, scope: Scope, *, max_plants: int) -> System:
    features = scope.features
    raws, products = draw(st.integers(1, len(RAWS))), draw(st.integers(1, len(PRODUCTS)))
    goods = draw(materials(raws=raws, products=products))
    book = draw(recipes(raws=raws, products=products))
    found_regions, grids = draw(regions(scope))
    store_count = draw(st.integers(1, len(STORES)))
    calendar_count = draw(st.integers(0, len(CALENDARS))) if features.calendars else 0
    found_shops = tuple(
        draw(
            shops(scope, name=name, number=number, recipes=book, stores=store_count, calendars=calendar_count)
        )
        for number, name in enumerate(ROLES[: draw(st.integers(1, len(ROLES)))])
    )
    found_plants, lines = draw(
        plants(scope, shops=found_shops, regions=found_regions, grids=grids, max_plants=max_plants)
    )
    found_links = tuple(
        draw(links(scope, name=name, stores=store_count, materials=len(goods)))
        for name in LINKS[: draw(st.integers(0, len(LINKS))) if features.links else 0]
    )
    needs = _needs(found_shops, found_links)
    return System(
        start=scope.start,
        first_tick=scope.first_tick,
        end_tick=scope.end_tick,
        materials=goods,
        regions=found_regions,
        grids=grids,
        calendars=tuple(draw(calendars(scope, name=name)) for name in CALENDARS[:calendar_count]),
        stores=tuple(
            draw(stores(scope, name=name, number=number, materials=len(goods), needs=needs))
            for number, name in enumerate(STORES[:store_count])
        ),
        roles=roles(found_shops, book),
        plants=found_plants,
        lines=lines,
        suppliers=tuple(
            draw(
                suppliers(
                    scope,
                    name=name,
                    material=draw(st.just(number % raws) | st.integers(0, len(goods) - 1)),
                    store=draw(often_first(store_count)),
                )
            )
            for number, name in enumerate(
                SUPPLIERS[: draw(st.integers(0, len(SUPPLIERS))) if features.suppliers else 0]
            )
        ),
        links=found_links,
        recipes=book,
    )


def _needs(found_shops: Iterable[Shop], found_links: Iterable[Link]) -> dict[Place, int]:
    """Return the least capacities: of a lot and of a load, else an error (clause 13), and of inputs for two lots."""
    needs: dict[Place, int] = {}
    for shop in found_shops:
        for recipe in shop.recipes:
            place = shop.to_store, recipe.output
            needs[place] = max(needs.get(place, 0), shop.lot)
            for material, amount in recipe.inputs:
                place = shop.from_store, material
                needs[place] = max(needs.get(place, 0), 2 * amount)
    for link in found_links:
        if link.to_store != DELIVERED:
            for material in link.materials:
                place = link.to_store, material
                needs[place] = max(needs.get(place, 0), link.load)
    return needs
