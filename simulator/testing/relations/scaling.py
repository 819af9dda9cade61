"""All times longer by one whole factor."""

from dataclasses import replace

from simulator.model.distributions import Variate
from simulator.model.system import (
    NEVER,
    Curtailment,
    Grid,
    GridPolicy,
    Line,
    Link,
    Supplier,
    System,
)


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
