"""Changes to a system whose effect on its path is known exactly."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from simulator.model.distributions import Variate
from simulator.model.system import (
    NEVER,
    NO_LIMIT,
    NONE,
    TICKS_PER_HOUR,
    Calendar,
    Curtailment,
    Grid,
    GridPolicy,
    Holding,
    Line,
    Link,
    LotRecipe,
    Material,
    Plant,
    Region,
    Role,
    Store,
    Supplier,
    System,
)
from simulator.path import GRID_KINDS, LINE_KINDS, STORE_KINDS, SamplePath

Rows = npt.NDArray[np.void]
NAME = "unconnected"
"""What the parts that a relation adds are called; their numbers come last."""


def with_unconnected_store(system: System) -> System:
    """Return the system with one more material in one more store, that no other part has to do with.

    Its dated addition writes one row of the new store; all other rows stay (`rows_of_others`).
    """
    material = len(system.materials)
    added = ((max(0, system.first_tick), 3),)
    store = Store(NAME, 0, (Holding(material, initial=5, capacity=NO_LIMIT, added=added),))
    return replace(
        system, materials=(*system.materials, Material(NAME, "item")), stores=(*system.stores, store)
    )


def with_unconnected_plant(system: System, *, lot_ticks: int = TICKS_PER_HOUR) -> System:
    """Return the system with one more plant, in its own region, that makes its own material from nothing.

    Its line comes last, whatever clause 5 says of its name, so that no other line's number changes; all other
    rows stay (`rows_of_others`).
    """
    stored = with_unconnected_store(system)
    material, store, region = len(system.materials), len(system.stores), len(system.regions)
    recipe = LotRecipe(NAME, (), material, lot_ticks, load_kw=0, energy_kwh=0.0)
    line = Line(
        f"{NAME}/0/0",
        plant=len(system.plants),
        role=len(system.roles),
        region=region,
        recipes=(recipe,),
        from_store=store,
        to_store=store,
    )
    plant = Plant(f"{NAME}/0", len(system.roles), region, None, -NEVER, TICKS_PER_HOUR / lot_ticks)
    return replace(
        stored,
        regions=(*system.regions, Region(NAME)),
        roles=(*system.roles, Role(NAME, final=True)),
        plants=(*system.plants, plant),
        lines=(*system.lines, line),
    )


def with_slack(system: System) -> System:
    """Return the system with constraints that do not bind where it has none: power, crews, hours, room.

    A region without a grid gets one that carries all its lines, one without a limit on crews a crew a line, a
    line without a calendar one that never closes, a holding without a capacity one that nothing fills. Only
    the rows of the new grids are new (`rows_of_others`).
    """
    load = sum(max((line.load_kw, *(recipe.load_kw for recipe in line.recipes))) for line in system.lines)
    grids, regions = list(system.grids), []
    for number, region in enumerate(system.regions):
        grid, crews = region.grid, region.crews
        if grid == NONE:
            grid = len(grids)
            grids.append(Grid(region.name, number, ((system.first_tick, load),), GridPolicy.SHED))
        if crews == NO_LIMIT:
            crews = len(system.lines) + 1
        regions.append(Region(region.name, grid, crews))
    always = Calendar("always", ((system.first_tick, system.end_tick),))
    return replace(
        system,
        grids=tuple(grids),
        regions=tuple(regions),
        calendars=(*system.calendars, always),
        stores=tuple(
            replace(store, holdings=tuple(_roomy(holding) for holding in store.holdings))
            for store in system.stores
        ),
        lines=tuple(
            replace(
                line,
                grid=regions[line.region].grid,
                calendar=len(system.calendars) if line.calendar == NONE else line.calendar,
            )
            for line in system.lines
        ),
    )


def _roomy(holding: Holding) -> Holding:
    return replace(holding, capacity=NO_LIMIT // 2) if holding.capacity == NO_LIMIT else holding


def rows_of_others(path: SamplePath, system: System) -> Rows:
    """Return the rows of a path that speak of lines, stores and grids that `system` has too, by number."""
    rows = path.rows
    own = np.zeros(len(rows), dtype=bool)
    for kinds, count in (
        (LINE_KINDS, len(system.lines)),
        (STORE_KINDS, len(system.stores)),
        (GRID_KINDS, len(system.grids)),
    ):
        own |= np.isin(rows["kind"], kinds) & (rows["entity"] >= count)
    found: Rows = rows[~own]
    return found


def scaled(system: System, k: int) -> System:
    """Return the system with all times `k` times as long: everything happens at `k` times its tick.

    That holds where times are whole ticks that nothing rounds, and nothing goes by the date. Raises
    ValueError for durations that are not constant, breakdowns, curtailed depths that chance draws, ramps,
    rotation, slow grids, monthly factors and shares of use.
    """
    if k < 1:
        raise ValueError(f"k is {k}; give a whole number of at least 1")
    _refuse_what_does_not_scale(system)
    return replace(
        system,
        first_tick=system.first_tick * k,
        end_tick=system.end_tick * k,
        grids=tuple(_scaled_grid(grid, k) for grid in system.grids),
        calendars=tuple(
            replace(calendar, open=tuple((opens * k, closes * k) for opens, closes in calendar.open))
            for calendar in system.calendars
        ),
        stores=tuple(
            replace(
                store,
                holdings=tuple(
                    replace(holding, added=_scaled_dates(holding.added, k)) for holding in store.holdings
                ),
            )
            for store in system.stores
        ),
        plants=tuple(
            replace(plant, commissioned=_scaled_tick(plant.commissioned, k), rate=plant.rate / k)
            for plant in system.plants
        ),
        lines=tuple(_scaled_line(line, k) for line in system.lines),
        suppliers=tuple(_scaled_supplier(supplier, k) for supplier in system.suppliers),
        links=tuple(_scaled_link(link, k) for link in system.links),
    )


def _refuse_what_does_not_scale(system: System) -> None:
    for line in system.lines:
        if line.breakdown or line.ramp:
            raise ValueError(f"{line.name} has breakdowns or a ramp, whose times are rounded or drawn")
    for grid in system.grids:
        if grid.rotation or grid.policy is GridPolicy.SLOW:
            raise ValueError(f"{grid.name} rotates by the date or slows lines, in rounded thousandths")
    for supplier in system.suppliers:
        if supplier.monthly or supplier.share_of_use is not None:
            raise ValueError(f"{supplier.name} delivers by the month, or by hours of use that are rounded")


def _scaled_tick(tick: int, k: int) -> int:
    return tick if abs(tick) >= NEVER else tick * k


def _scaled_dates(dated: tuple[tuple[int, int], ...], k: int) -> tuple[tuple[int, int], ...]:
    return tuple((tick * k, amount) for tick, amount in dated)


def _scaled_hours(law: Variate, k: int) -> Variate:
    if law.law != "constant":
        raise ValueError(f"a duration follows {law.law}; only constants scale to the tick")
    return Variate("constant", (law.params[0] * k,))


def _scaled_grid(grid: Grid, k: int) -> Grid:
    curtailment = grid.curtailment
    if curtailment is not None:
        every, lasting = _scaled_hours(curtailment.every, k), _scaled_hours(curtailment.lasting, k)
        curtailment = Curtailment(every, lasting, curtailment.depth)
    return replace(grid, supply=_scaled_dates(grid.supply, k), curtailment=curtailment)


def _scaled_line(line: Line, k: int) -> Line:
    return replace(
        line,
        recipes=tuple(replace(recipe, ticks=recipe.ticks * k) for recipe in line.recipes),
        work=None if line.work is None else _scaled_hours(line.work, k),
        flow=None if line.flow is None else _scaled_hours(line.flow, k),
        commissioned=_scaled_tick(line.commissioned, k),
    )


def _scaled_supplier(supplier: Supplier, k: int) -> Supplier:
    every, disruption_every, disruption_lasting = (
        None if law is None else _scaled_hours(law, k)
        for law in (supplier.every, supplier.disruption_every, supplier.disruption_lasting)
    )
    return replace(
        supplier,
        table=_scaled_dates(supplier.table, k),
        every=every,
        first=None if supplier.first is None else supplier.first * k,
        disruption_every=disruption_every,
        disruption_lasting=disruption_lasting,
    )


def _scaled_link(link: Link, k: int) -> Link:
    return replace(
        link,
        every=tuple((tick * k, _scaled_hours(law, k)) for tick, law in link.every),
        transit=_scaled_hours(link.transit, k),
        first=None if link.first is None else link.first * k,
    )
