"""Constraints that do not bind."""

from dataclasses import replace

from simulator.model.system import (
    NO_LIMIT,
    NONE,
    Calendar,
    Grid,
    GridPolicy,
    Holding,
    Region,
    System,
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
