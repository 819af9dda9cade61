"""Recipes, and the plants that work by them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

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
from simulator.testing.strategies.choices import Choices
from simulator.testing.strategies.scope import Scope
from simulator.testing.strategies.variates import share

MAX_LOAD_KW = 10
FEW_TICKS = 3
"""Of a lot of a brittle shop, whose lines run so many ticks to a failure on average: lots end when lines fail."""


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
    brittle: bool = False


def recipes(choices: Choices, *, raws: int, products: int) -> tuple[Recipe, ...]:
    """Choose recipes for every product, from materials before it: a network without cycles, some with no input."""
    found = []
    for output in range(raws, raws + products):
        inputs: list[int] = []
        for variant in range(choices.whole(1, 3)):
            if (
                variant == 0 or choices.perhaps()
            ):  # else the same materials, of which a lot takes other amounts
                inputs = choices.some(range(output), at_least=0, at_most=choices.among((1, 2, 3)))
            if output > raws and output - 1 not in inputs and choices.perhaps():
                inputs = [*inputs[:2], output - 1]  # a chain of products
            found.append(Recipe(f"make_{output - raws}_{variant}", tuple(inputs), output))
    return tuple(found)


def shop(
    choices: Choices,
    scope: Scope,
    *,
    name: str,
    number: int,
    recipes: Sequence[Recipe],
    stores: int,
    calendars: int,
) -> Shop:
    """Choose a role: of one recipe or several, of lots and lines, or of a load alone.

    Roles of different `number` make different products more often than not, so that one feeds another; the first
    always makes something.
    """
    features = scope.features
    breakdown = None
    if features.breakdowns and choices.perhaps():
        breakdown = Breakdown(choices.among((20.0, 3.0, 200.0, 8.0)), scope.variate(choices, 1, 30))
    common = Shop(
        name,
        recipes=(),
        lot=1,
        lines=choices.whole(1, 3),
        load_kw=0,
        work=None,
        from_store=NONE,
        to_store=NONE,
        calendar=choices.whole(NONE, calendars - 1),
        priority=choices.among((1, 1, 2, 3)) if features.priorities else 1,
        breakdown=breakdown,
        reject=0.0,
        flow=None,
    )
    if features.power and number > 0 and choices.perhaps(of=4):
        return replace(common, load_kw=choices.whole(0, MAX_LOAD_KW))
    return _making(choices, scope, common, number=number, recipes=recipes, stores=stores)


def _making(
    choices: Choices, scope: Scope, common: Shop, *, number: int, recipes: Sequence[Recipe], stores: int
) -> Shop:
    features, breakdown = scope.features, common.breakdown
    lot = choices.whole(1, 4)
    products = sorted({recipe.output for recipe in recipes})
    own = [recipe for recipe in recipes if recipe.output == products[number % len(products)]]
    chosen = choices.some(choices.among((own, recipes)), at_least=1, at_most=3)
    work = scope.variate(choices, 1, 12) if features.drawn_work and choices.perhaps() else None
    brittle = breakdown is not None and work is None and choices.perhaps(of=4)
    if breakdown and brittle:
        breakdown = replace(breakdown, failure_mean_h=FEW_TICKS / TICKS_PER_HOUR)
    return replace(
        common,
        recipes=tuple(_lot_recipe(choices, each, lot=lot) for each in chosen),
        lot=lot,
        work=work,
        from_store=choices.often_first(stores) if any(recipe.inputs for recipe in chosen) else NONE,
        to_store=choices.often_first(stores),
        breakdown=breakdown,
        reject=share(choices) if features.rejects and choices.perhaps() else 0.0,
        flow=scope.variate(choices, 1, 24) if features.flow and choices.perhaps() else None,
        brittle=brittle,
    )


def _lot_recipe(choices: Choices, recipe: Recipe, *, lot: int) -> LotRecipe:
    """Choose a recipe for whole lots, at a nominal hour: each plant then has ticks of its own."""
    amounts = tuple((material, choices.whole(1, 3) * lot) for material in recipe.inputs)
    load = choices.whole(0, MAX_LOAD_KW)
    return LotRecipe(recipe.name, amounts, recipe.output, TICKS_PER_HOUR, load, energy_kwh=0.0)


def plants(
    choices: Choices,
    scope: Scope,
    *,
    shops: tuple[Shop, ...],
    regions: tuple[Region, ...],
    grids: tuple[Grid, ...],
    at_least: int,
    at_most: int,
) -> tuple[tuple[Plant, ...], tuple[Line, ...]]:
    """Choose plants, in the order in which they are dealt to roles and regions, and their numbered lines."""
    dealt = [
        (choices.whole(0, len(shops) - 1), choices.often_first(len(regions)))
        for _ in range(choices.whole(at_least, at_most))
    ]
    new = 0
    ramp: tuple[tuple[int, int], ...] = ()
    if scope.features.commissioning:
        new = choices.whole(0, len(dealt)) if choices.perhaps() else 0
        ramp = _ramp(choices, scope)
    numbers = [count() for _ in shops]
    in_region: dict[tuple[int, int], int] = {}
    found: list[Plant] = []
    numbered: list[tuple[tuple[int, int, int], Line]] = []
    for place, (role, region) in enumerate(dealt):
        number, nth = next(numbers[role]), in_region.get((role, region), 0)
        in_region[role, region] = nth + 1
        shop, grid = shops[role], regions[region].grid
        commissioned = _commissioned(choices, scope) if place < new else -NEVER
        ticks = _lot_ticks(choices, scope, brittle=shop.brittle)
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


def _commissioned(choices: Choices, scope: Scope) -> int:
    return scope.moment(choices) if choices.perhaps() else scope.first_tick


def _lot_ticks(choices: Choices, scope: Scope, *, brittle: bool) -> int:
    if brittle:
        return choices.whole(1, FEW_TICKS)
    if scope.tie_heavy:
        return choices.whole(1, 6) * TICKS_PER_HOUR
    return choices.whole(TICKS_PER_HOUR // 2, 8 * TICKS_PER_HOUR)


def _ramp(choices: Choices, scope: Scope) -> tuple[tuple[int, int], ...]:
    """Choose speeds by age: until a few hours, when a lot may just have ended, or until some days."""
    unit = choices.among((TICKS_PER_DAY // 2, TICKS_PER_HOUR))
    ages = sorted({choices.whole(1, 10) for _ in range(choices.whole(0, 2))})
    return tuple((age * unit, choices.among((50, 30, 70, 1, 100, 80))) for age in ages)


def roles(shops: tuple[Shop, ...], recipes: tuple[Recipe, ...]) -> tuple[Role, ...]:
    """Return roles by name; one is final when some recipe of it makes what no recipe takes."""
    taken = {material for recipe in recipes for material in recipe.inputs}
    return tuple(
        Role(shop.name, any(recipe.output not in taken for recipe in shop.recipes)) for shop in shops
    )
