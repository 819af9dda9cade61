"""The parts around plants: calendars, grids, regions, stores, suppliers, links."""

from collections.abc import Mapping

from hypothesis import strategies as st

from simulator.model.distributions import Variate
from simulator.model.system import (
    DELIVERED,
    NO_LIMIT,
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
from simulator.testing.strategies.choices import often_first, some
from simulator.testing.strategies.scope import Scope
from simulator.testing.strategies.variates import share_variates, shares

OPEN_HOURS = {0: (0, 0), 1: (8, 16), 2: (8, 24), 3: (0, 24)}
"""From and to, by the number of shifts of a day (clause 18)."""
Place = tuple[int, int]
"""A store and a material, by number."""


@st.composite
def calendars(draw: st.DrawFn, scope: Scope, *, name: str = "calendar") -> Calendar:
    """Calendars of 0 to 3 shifts, day by day, clipped to the run."""
    first = scope.first_tick // TICKS_PER_DAY
    open_: list[tuple[int, int]] = []
    for day in range(first, -(-scope.end_tick // TICKS_PER_DAY)):
        opens, closes = (
            min(max(day * TICKS_PER_DAY + hour * TICKS_PER_HOUR, scope.first_tick), scope.end_tick)
            for hour in OPEN_HOURS[draw(st.sampled_from((3, 1, 2, 1, 0)))]
        )
        if opens == closes:
            continue
        if open_ and open_[-1][1] == opens:
            opens = open_.pop()[0]
        open_.append((opens, closes))
    return Calendar(name, tuple(open_))


@st.composite
def grids(draw: st.DrawFn, scope: Scope, *, name: str, region: int, top_kw: int = 16) -> Grid:
    """Grids of every policy, with a supply of at most `top_kw` that may change by day and be curtailed."""
    policy = draw(st.sampled_from(GridPolicy))
    changes = draw(st.lists(scope.days(), max_size=3, unique=True).map(sorted))
    later = [tick for tick in changes if scope.first_tick < tick < scope.end_tick]
    supply = tuple((tick, draw(st.integers(0, top_kw))) for tick in (scope.first_tick, *later))
    rotation = None
    if policy is GridPolicy.ROTATE:
        rotation = Rotation(
            feeders=draw(st.integers(1, 4)),
            period=draw(st.sampled_from((4, 1, 6, 24, 5))) * TICKS_PER_HOUR,
            powered_share=draw(shares()),
        )
    curtailment = None
    if draw(st.booleans()):
        hours = draw(scope.variates(3, 24)), draw(scope.variates(1, 24))
        curtailment = Curtailment(*hours, draw(share_variates(drawn=scope.features.chance)))
    return Grid(name, region, supply, policy, rotation, curtailment)


@st.composite
def regions(
    draw: st.DrawFn, scope: Scope, *, names: tuple[str, ...] = ("north", "south")
) -> tuple[tuple[Region, ...], tuple[Grid, ...]]:
    """Regions with or without crews, and the grids that some of them have."""
    found_regions: list[Region] = []
    found_grids: list[Grid] = []
    for number in range(draw(st.integers(1, len(names)))):
        name, grid = names[number], -1
        if scope.features.power and draw(st.sampled_from((False, True, True))):
            grid = len(found_grids)
            found_grids.append(draw(grids(scope, name=name, region=number)))
        crews = draw(st.sampled_from((NO_LIMIT, 1, 2))) if scope.features.breakdowns else NO_LIMIT
        found_regions.append(Region(name, grid, crews))
    return tuple(found_regions), tuple(found_grids)


@st.composite
def stores(
    draw: st.DrawFn,
    scope: Scope,
    *,
    name: str,
    number: int,
    region: int = 0,
    materials: int,
    needs: Mapping[Place, int],
) -> Store:
    """Stores of all materials; `needs` has the least capacity of a store and material."""
    features = scope.features
    # the material, tick and amount of each addition
    additions = st.lists(
        st.tuples(st.integers(0, materials - 1), scope.days(), st.integers(1, 20)), max_size=3
    )
    added = draw(additions.map(sorted)) if features.additions else []
    holdings = []
    for material in range(materials):
        capacity = NO_LIMIT
        if features.capacities and draw(st.booleans()):
            least = max(1, needs.get((number, material), 0))
            capacity = least + draw(st.sampled_from((0, 1, 4, 20, 100)))
        initial = min(
            draw(st.sampled_from((0, 60, 300, 100, 60, 30))), capacity // draw(st.sampled_from((1, 1, 3)))
        )
        floor = min(draw(st.sampled_from((0, 0, 0, 1, 3, 30))), capacity) if features.floors else 0
        events = tuple((tick, amount) for kind, tick, amount in added if kind == material)
        holdings.append(Holding(material, initial, capacity, floor, events))
    return Store(name, region, tuple(holdings))


@st.composite
def suppliers(draw: st.DrawFn, scope: Scope, *, name: str, material: int, store: int) -> Supplier:
    """Suppliers of every kind: a quantity, a share of use, a dated table; some seasonal or disrupted."""
    disruption: tuple[Variate | None, Variate | None] = (None, None)
    if draw(st.booleans()):
        disruption = draw(st.tuples(scope.variates(6, 72), scope.variates(2, 24)))
    way = draw(st.sampled_from(("quantity", "share_of_use", "table")))
    if way == "table":
        events = st.tuples(scope.days(), st.integers(1, 20))
        table = draw(st.lists(events, min_size=1, max_size=4).map(_by_tick))
        return Supplier(
            name,
            material,
            store,
            table=tuple(table),
            disruption_every=disruption[0],
            disruption_lasting=disruption[1],
        )
    monthly: tuple[float, ...] = ()
    if draw(st.booleans()):
        monthly = tuple(draw(st.lists(st.sampled_from((1.0, 0.0, 0.5, 1.3)), min_size=12, max_size=12)))
    return Supplier(
        name,
        material,
        store,
        quantity=draw(scope.variates(1, 12)) if way == "quantity" else None,
        share_of_use=draw(st.sampled_from((1.0, 0.5, 2.0, 0.0))) if way == "share_of_use" else None,
        every=draw(scope.variates(3, 48)),
        first=draw(st.none() | scope.days()),
        monthly=monthly,
        disruption_every=disruption[0],
        disruption_lasting=disruption[1],
    )


@st.composite
def links(draw: st.DrawFn, scope: Scope, *, name: str, stores: int, materials: int) -> Link:
    """Links between two stores, or from one to `delivered`, for some of the materials."""
    from_store = draw(often_first(stores))
    others = [store for store in range(stores) if store != from_store]
    load = draw(st.integers(1, 8))
    changes = draw(st.lists(scope.days(), max_size=2, unique=True).map(sorted))
    every = tuple((tick, draw(scope.variates(2, 24))) for tick in changes)
    return Link(
        name,
        from_store,
        draw(st.sampled_from((DELIVERED, *others))),
        tuple(some(draw, range(materials), at_least=1, at_most=3)),
        load,
        minimum=draw(st.integers(0, load)),
        every=every or ((scope.first_tick, draw(scope.variates(2, 24))),),
        transit=draw(scope.variates(1, 40)),
        first=draw(st.none() | scope.days()),
        loads_of=draw(st.integers(0, 3)),
    )


def _by_tick(events: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return sorted(events, key=lambda event: event[0])
