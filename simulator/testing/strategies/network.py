"""The parts around plants: calendars, grids, regions, stores, suppliers, links."""

from collections.abc import Mapping

from simulator.model.distributions import Variate
from simulator.model.system import (
    DELIVERED,
    NO_LIMIT,
    NONE,
    TICKS_PER_DAY,
    TICKS_PER_HOUR,
    Calendar,
    Curtailment,
    Grid,
    GridPolicy,
    Holding,
    Link,
    Region,
    Rotation,
    Store,
    Supplier,
)
from simulator.testing.strategies.choices import Choices
from simulator.testing.strategies.scope import Scope
from simulator.testing.strategies.variates import share, share_variate

OPEN_HOURS = {0: (0, 0), 1: (8, 16), 2: (8, 24), 3: (0, 24)}
"""From and to, by the number of shifts of a day (clause 18)."""
REGIONS = ("north", "south")
Place = tuple[int, int]
"""A store and a material, by number."""


def calendar(choices: Choices, scope: Scope, *, name: str) -> Calendar:
    """Choose a calendar of 0 to 3 shifts, day by day, clipped to the run."""
    first = scope.first_tick // TICKS_PER_DAY
    open_: list[tuple[int, int]] = []
    for day in range(first, -(-scope.end_tick // TICKS_PER_DAY)):
        opens, closes = (
            min(max(day * TICKS_PER_DAY + hour * TICKS_PER_HOUR, scope.first_tick), scope.end_tick)
            for hour in OPEN_HOURS[choices.among((3, 1, 2, 1, 0))]
        )
        if opens == closes:
            continue
        if open_ and open_[-1][1] == opens:
            opens = open_.pop()[0]
        open_.append((opens, closes))
    return Calendar(name, tuple(open_))


def grid(choices: Choices, scope: Scope, *, name: str, region: int) -> Grid:
    """Choose a grid of any policy; its supply may change by day, be curtailed, or be nothing at all."""
    policy = choices.among(tuple(GridPolicy))
    later = [day for day in scope.days(choices, at_most=3) if scope.first_tick < day < scope.end_tick]
    supply = tuple((tick, _supply(choices)) for tick in (scope.first_tick, *later))
    rotation = None
    if policy is GridPolicy.ROTATE:
        rotation = Rotation(
            feeders=choices.whole(1, 4),
            period=choices.among((4, 1, 6, 24, 5)) * TICKS_PER_HOUR,
            powered_share=share(choices),
        )
    curtailment = None
    if choices.perhaps():
        every, lasting = scope.variate(choices, 3, 24), scope.variate(choices, 1, 24)
        curtailment = Curtailment(every, lasting, share_variate(choices, drawn=scope.features.chance))
    return Grid(name, region, supply, policy, rotation, curtailment)


def _supply(choices: Choices) -> int:
    """Choose kW: about what one to three lines draw, now and then enough for all, or nothing."""
    return choices.whole(*choices.among(((0, 16), (4, 30), (8, 40), (100, 100), (4, 30), (0, 0))))


def regions(choices: Choices, scope: Scope, *, at_most: int) -> tuple[tuple[Region, ...], tuple[Grid, ...]]:
    """Choose regions with or without crews, and the grids that some of them have."""
    found: list[Region] = []
    grids: list[Grid] = []
    for number in range(choices.whole(1, at_most)):
        name, own = REGIONS[number], NONE
        if scope.features.power and choices.among((False, True, True)):
            own = len(grids)
            grids.append(grid(choices, scope, name=name, region=number))
        crews = choices.among((NO_LIMIT, 1, 1, 2)) if scope.features.breakdowns else NO_LIMIT
        found.append(Region(name, own, crews))
    return tuple(found), tuple(grids)


def store(
    choices: Choices,
    scope: Scope,
    *,
    name: str,
    number: int,
    materials: int,
    needs: Mapping[Place, int],
) -> Store:
    """Choose a store of all materials; `needs` has the least capacity of a store and material."""
    features = scope.features
    added: list[tuple[int, int, int]] = []
    if features.additions:
        days = [scope.day(choices) for _ in range(choices.whole(0, 3))]
        if days and choices.perhaps():
            days.append(days[-1])  # two of one day
        added = sorted((choices.whole(0, materials - 1), day, choices.whole(1, 20)) for day in days)
    holdings = []
    for material in range(materials):
        capacity = NO_LIMIT
        if features.capacities and choices.perhaps():
            least = max(1, needs.get((number, material), 0))
            capacity = least + choices.among((0, 1, 4, 20, 100))
        initial = min(choices.among((0, 300, 60, 300, 100, 300)), capacity // choices.among((1, 2, 3, 8)))
        floor = min(choices.among((0, 0, 0, 1, 3, 30)), capacity // 2) if features.floors else 0
        events = tuple((tick, amount) for kind, tick, amount in added if kind == material)
        holdings.append(Holding(material, initial, capacity, floor, events))
    return Store(name, 0, tuple(holdings))


def supplier(choices: Choices, scope: Scope, *, name: str, material: int, store: int) -> Supplier:
    """Choose a supplier: of a quantity, a share of use, or a dated table; some seasonal or disrupted."""
    disruption: tuple[Variate | None, Variate | None] = (None, None)
    if choices.perhaps():
        disruption = scope.variate(choices, 6, 72), scope.variate(choices, 2, 24)
    way = choices.among(("quantity", "share_of_use", "table"))
    if way == "table":
        days = [scope.day(choices) for _ in range(choices.whole(1, 4))]
        if choices.perhaps():
            days.append(days[0])  # two of one day
        table = [(day, choices.whole(1, 20)) for day in sorted(days)]
        return Supplier(
            name,
            material,
            store,
            table=tuple(table),
            disruption_every=disruption[0],
            disruption_lasting=disruption[1],
        )
    monthly: tuple[float, ...] = ()
    if choices.perhaps():
        monthly = tuple(choices.among((1.0, 0.0, 0.5, 1.3)) for _ in range(12))
    return Supplier(
        name,
        material,
        store,
        quantity=scope.variate(choices, 2, 30) if way == "quantity" else None,
        share_of_use=choices.among((1.0, 0.5, 2.0, 0.0)) if way == "share_of_use" else None,
        every=scope.variate(choices, 3, 30),
        first=scope.day(choices) if choices.perhaps() else None,
        monthly=monthly,
        disruption_every=disruption[0],
        disruption_lasting=disruption[1],
    )


def link(choices: Choices, scope: Scope, *, name: str, stores: int, materials: int) -> Link:
    """Choose a link between two stores, or from one to `delivered`, for some of the materials."""
    from_store = choices.often_first(stores)
    others = [store for store in range(stores) if store != from_store]
    load = choices.whole(1, 8)
    changes = scope.days(choices, at_most=2) or [scope.first_tick]
    return Link(
        name,
        from_store,
        choices.among((DELIVERED, *others)),
        tuple(choices.some(range(materials), at_least=1, at_most=3)),
        load,
        minimum=choices.whole(0, load),
        every=tuple((tick, scope.variate(choices, 2, 24)) for tick in changes),
        transit=scope.variate(choices, 1, 40),
        first=scope.day(choices) if choices.perhaps() else None,
        loads_of=choices.whole(0, 3),
    )
