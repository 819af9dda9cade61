"""Whole systems."""

from collections.abc import Iterable

from hypothesis import strategies as st

from simulator.model.system import DELIVERED, NONE, Link, Material, System
from simulator.testing.strategies.choices import Choices, RandomChoices, strategy
from simulator.testing.strategies.network import REGIONS, Place, calendar, link, regions, store, supplier
from simulator.testing.strategies.plants import Shop, plants, recipes, roles, shop
from simulator.testing.strategies.scope import Features, Scope, scope

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
    return _systems(
        features=features, max_plants=max_plants, max_days=max_days, tie_heavy=tie_heavy, warm_up=warm_up
    )


def random_system(
    seed: int, *, max_plants: int = 5, max_days: int = 10, tie_heavy: bool | None = None
) -> System:
    """Return the system that follows from a whole number: one such as `systems` gives, some fifty times faster.

    It does not shrink, and every part of the model is allowed.
    """
    choices = RandomChoices(seed)
    run = scope(choices, max_days=max_days, tie_heavy=tie_heavy, warm_up=True, features=Features())
    return _system(choices, run, max_plants=max_plants)


@strategy
def _systems(
    choices: Choices,
    *,
    features: Features,
    max_plants: int,
    max_days: int,
    tie_heavy: bool | None,
    warm_up: bool,
) -> System:
    run = scope(choices, max_days=max_days, tie_heavy=tie_heavy, warm_up=warm_up, features=features)
    return _system(choices, run, max_plants=max_plants)


def _materials(choices: Choices, *, raws: int, products: int) -> tuple[Material, ...]:
    """Choose raw materials in kilograms, then products in items; some count as a product."""
    found = [Material(name, "kg") for name in RAWS[:raws]]
    for number, name in enumerate(PRODUCTS[:products]):
        counts_as = NONE if number == 0 else choices.among((NONE, raws))
        found.append(Material(name, "item", counts_as))
    return tuple(found)


def _system(choices: Choices, run: Scope, *, max_plants: int) -> System:
    features = run.features
    crowded = choices.perhaps(of=3)  # many lines want the same few things
    raws = 1 if crowded else choices.whole(1, len(RAWS))
    products = choices.whole(1, len(PRODUCTS))
    goods = _materials(choices, raws=raws, products=products)
    book = recipes(choices, raws=raws, products=products)
    found_regions, grids = regions(choices, run, at_most=1 if crowded else len(REGIONS))
    store_count = 1 if crowded else choices.whole(1, len(STORES))
    calendar_count = choices.whole(0, len(CALENDARS)) if features.calendars else 0
    shops = tuple(
        shop(
            choices, run, name=name, number=number, recipes=book, stores=store_count, calendars=calendar_count
        )
        for number, name in enumerate(ROLES[: choices.whole(1, len(ROLES))])
    )
    found_plants, lines = plants(
        choices,
        run,
        shops=shops,
        regions=found_regions,
        grids=grids,
        at_least=max_plants if crowded else 1,
        at_most=max_plants,
    )
    links = tuple(
        link(choices, run, name=name, stores=store_count, materials=len(goods))
        for name in LINKS[: choices.whole(0, len(LINKS)) if features.links else 0]
    )
    needs = _needs(shops, links)
    return System(
        start=run.start,
        first_tick=run.first_tick,
        end_tick=run.end_tick,
        materials=goods,
        regions=found_regions,
        grids=grids,
        calendars=tuple(calendar(choices, run, name=name) for name in CALENDARS[:calendar_count]),
        stores=tuple(
            store(choices, run, name=name, number=number, materials=len(goods), needs=needs)
            for number, name in enumerate(STORES[:store_count])
        ),
        roles=roles(shops, book),
        plants=found_plants,
        lines=lines,
        suppliers=tuple(
            supplier(
                choices,
                run,
                name=name,
                material=choices.whole(0, len(goods) - 1) if choices.perhaps() else number % raws,
                store=choices.often_first(store_count),
            )
            for number, name in enumerate(
                SUPPLIERS[: choices.whole(0, len(SUPPLIERS)) if features.suppliers else 0]
            )
        ),
        links=links,
        recipes=book,
    )


def _needs(shops: Iterable[Shop], links: Iterable[Link]) -> dict[Place, int]:
    """Return the least capacities: of a lot and of a load, else an error (clause 13), and of inputs for two lots."""
    needs: dict[Place, int] = {}
    for each in shops:
        for recipe in each.recipes:
            place = each.to_store, recipe.output
            needs[place] = max(needs.get(place, 0), each.lot)
            for material, amount in recipe.inputs:
                place = each.from_store, material
                needs[place] = max(needs.get(place, 0), 2 * amount)
    for way in links:
        if way.to_store != DELIVERED:
            for material in way.materials:
                place = way.to_store, material
                needs[place] = max(needs.get(place, 0), way.load)
    return needs
