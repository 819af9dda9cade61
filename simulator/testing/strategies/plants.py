"""Recipes, and the plants that work by them."""

from dataclasses import dataclass
from itertools import count

from hypothesis import strategies as st

from simulator.model.distributions import Variate
from simulator.model.system import (
    NEVER,
    NONE,
    TICKS_PER_DAY,
    TICKS_PER_HOUR,
    Breakdown,
    Grid,
    Line,
    LotRecipe,
    Plant,
    Recipe,
    Region,
    Role,
)
from simulator.testing.strategies.choices import often_first, some
from simulator.testing.strategies.scope import Scope
from simulator.testing.strategies.variates import shares

MAX_LOAD_KW = 10


@dataclass(frozen=True, slots=True)
class Shop:
    """What the lines of one role have in common, before it is dealt plants."""

    name: str
    recipes: tuple[LotRecipe, ...]
    lot: int
    lines: int
    load_kw: int
    work: Variate | None
    from_store: int
    to_store: int
    calendar: int
    priority: int
    breakdown: Breakdown | None
    reject: float
    flow: Variate | None


@st.composite
def recipes(draw: st.DrawFn, *, raws: int, products: int) -> tuple[Recipe, ...]:
    """Recipes for every product, from materials before it: a network without cycles, some with no input."""
    found = []
    for output in range(raws, raws + products):
        for variant in range(draw(st.integers(1, 2))):
            inputs = some(draw, range(output), at_least=0, at_most=3)
            if output > raws and output - 1 not in inputs and draw(st.booleans()):
                inputs = [*inputs[:2], output - 1]  # a chain of products
            found.append(Recipe(f"make_{output - raws}_{variant}", tuple(inputs), output))
    return tuple(found)


@st.composite
def shops(
    draw: st.DrawFn,
    scope: Scope,
    *,
    name: str,
    number: int = 0,
    recipes: tuple[Recipe, ...],
    stores: int,
    calendars: int,
) -> Shop:
    """Roles: of one recipe or several, of lots and lines, or of a load alone.

    Roles of different `number` make different products more often than not, so that one feeds another; the first
    always makes something.
    """
    features = scope.features
    breakdown = None
    if features.breakdowns and draw(st.booleans()):
        breakdown = Breakdown(draw(st.sampled_from((20.0, 3.0, 200.0))), draw(scope.variates(1, 30)))
    calendar = draw(st.integers(NONE, calendars - 1))
    priority = draw(st.integers(1, 3)) if features.priorities else 1
    lines = draw(st.integers(1, 2))
    if features.power and number > 0 and draw(st.integers(0, 3)) == 3:
        load = draw(st.integers(0, MAX_LOAD_KW))
        return Shop(name, (), 1, lines, load, None, NONE, NONE, calendar, priority, breakdown, 0.0, None)
    lot = draw(st.integers(1, 4))
    products = sorted({recipe.output for recipe in recipes})
    own = [recipe for recipe in recipes if recipe.output == products[number % len(products)]]
    chosen = some(draw, draw(st.sampled_from((own, recipes))), at_least=1, at_most=3)
    return Shop(
        name,
        tuple(_lot_recipe(draw, each, lot=lot) for each in chosen),
        lot,
        lines,
        load_kw=0,
        work=draw(st.none() | scope.variates(1, 12)) if features.drawn_work else None,
        from_store=draw(often_first(stores)) if any(recipe.inputs for recipe in chosen) else NONE,
        to_store=draw(often_first(stores)),
        calendar=calendar,
        priority=priority,
        breakdown=breakdown,
        reject=draw(st.just(0.0) | shares()) if features.rejects else 0.0,
        flow=draw(st.none() | scope.variates(1, 24)) if features.flow else None,
    )


def _lot_recipe(draw: st.DrawFn, recipe: Recipe, *, lot: int) -> LotRecipe:
    """Draw a recipe for whole lots, at a nominal hour: each plant then has ticks of its own."""
    amounts = tuple((material, draw(st.integers(1, 3)) * lot) for material in recipe.inputs)
    load = draw(st.integers(0, MAX_LOAD_KW))
    return LotRecipe(recipe.name, amounts, recipe.output, TICKS_PER_HOUR, load, energy_kwh=0.0)


@st.composite
def plants(
    draw: st.DrawFn,
    scope: Scope,
    *,
    shops: tuple[Shop, ...],
    regions: tuple[Region, ...],
    grids: tuple[Grid, ...],
    max_plants: int,
) -> tuple[tuple[Plant, ...], tuple[Line, ...]]:
    """Plants dealt to roles and regions, in the order in which they are dealt, and their numbered lines."""
    dealt = [
        (draw(st.integers(0, len(shops) - 1)), draw(often_first(len(regions))))
        for _ in range(draw(st.integers(1, max_plants)))
    ]
    new = 0
    ramp: tuple[tuple[int, int], ...] = ()
    if scope.features.commissioning:
        new = draw(st.just(0) | st.integers(0, len(dealt)))
        ramp = _ramp(draw)
    numbers = [count() for _ in shops]
    in_region: dict[tuple[int, int], int] = {}
    found: list[Plant] = []
    numbered: list[tuple[tuple[int, int, int], Line]] = []
    for place, (role, region) in enumerate(dealt):
        number, nth = next(numbers[role]), in_region.get((role, region), 0)
        in_region[role, region] = nth + 1
        commissioned = draw(st.just(scope.first_tick) | scope.moments()) if place < new else -NEVER
        shop, grid = shops[role], regions[region].grid
        ticks = draw(_lot_ticks(scope))
        rate = 0.0 if shop.work or not shop.recipes else shop.lot * shop.lines / (ticks / TICKS_PER_HOUR)
        found.append(Plant(f"{shop.name}/{number}", role, region, None, commissioned, rate))
        rotation = grids[grid].rotation if grid >= 0 else None
        feeder = (nth + role) % rotation.feeders if rotation else 0
        numbered.extend(
            (
                (number, role, line),
                _line(
                    shop,
                    found[-1],
                    place=place,
                    line=line,
                    ticks=ticks,
                    grid=grid,
                    feeder=feeder,
                    ramp=ramp if place < new else (),
                ),
            )
            for line in range(shop.lines)
        )
    numbered.sort(key=lambda each: each[0])  # clause 5
    return tuple(found), tuple(line for _, line in numbered)


def _line(
    shop: Shop,
    plant: Plant,
    *,
    place: int,
    line: int,
    ticks: int,
    grid: int,
    feeder: int,
    ramp: tuple[tuple[int, int], ...],
) -> Line:
    timed = tuple(
        LotRecipe(each.recipe, each.inputs, each.output, ticks, each.load_kw, each.energy_kwh)
        for each in shop.recipes
    )
    return Line(
        f"{plant.name}/{line}",
        place,
        plant.role,
        plant.region,
        grid,
        feeder,
        shop.calendar,
        shop.priority,
        shop.lot,
        timed,
        shop.load_kw,
        shop.work,
        shop.from_store,
        shop.to_store,
        shop.breakdown,
        shop.reject,
        shop.flow,
        plant.commissioned,
        ramp,
    )


def _lot_ticks(scope: Scope) -> st.SearchStrategy[int]:
    if scope.tie_heavy:
        return st.integers(1, 6).map(lambda hours: hours * TICKS_PER_HOUR)
    return st.integers(TICKS_PER_HOUR // 2, 8 * TICKS_PER_HOUR)


def _ramp(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    ages = draw(st.lists(st.integers(1, 10), max_size=2, unique=True).map(sorted))
    return tuple((age * TICKS_PER_DAY // 2, draw(st.sampled_from((50, 30, 70, 1, 100)))) for age in ages)


def roles(shops: tuple[Shop, ...], recipes: tuple[Recipe, ...]) -> tuple[Role, ...]:
    """Return roles by name; one is final when some recipe of it makes what no recipe takes."""
    taken = {material for recipe in recipes for material in recipe.inputs}
    return tuple(
        Role(shop.name, any(recipe.output not in taken for recipe in shop.recipes)) for shop in shops
    )
