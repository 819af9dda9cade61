"""How large a system is, before it is run."""

import math
from functools import lru_cache

import numpy as np

from simulator import streams
from simulator.model.description import SystemDescription
from simulator.model.distributions import Variate
from simulator.model.realising.dealing import deal_plants
from simulator.model.realising.draws import coded
from simulator.model.system import NONE, TICKS_PER_HOUR, Grid, Line, Link, Supplier, System


def line_count(description: SystemDescription) -> int:
    """Return how many lines make something, at the total of plants that the description has."""
    if description.plants is None:
        return 0
    lines = [0 if role.recipe == "none" else role.lines for role in description.plants.roles.values()]
    return sum(lines[dealt.role] for dealt in deal_plants(description.plants))


def expected_events(system: System) -> int:
    """Return about how many bound events a replication has when nothing is ever short.

    Each line works on its quickest lots whenever its calendar, its feeder and its breakdowns let it; what is
    short in a run, and the ramp of a new plant, make the number smaller.
    """
    counts = [
        *(_of_line(line, system) for line in system.lines),
        *(_of_grid(grid, system) for grid in system.grids),
        *(_of_supplier(supplier, system) for supplier in system.suppliers),
        *(_of_link(link, system) for link in system.links),
        *(2.0 * len(calendar.open) for calendar in system.calendars),
        *(float(len(holding.added)) for store in system.stores for holding in store.holdings),
    ]
    return round(math.fsum(counts))


def _of_line(line: Line, system: System) -> float:
    """Commissioning; failures, repairs; lots done, lots received."""
    events = 1.0 if line.commissioned > system.first_tick else 0.0
    running = _open_ticks(line, system)
    rotation = None if line.grid == NONE else system.grids[line.grid].rotation
    if rotation is not None:
        running *= rotation.powered_share
    if line.breakdown is not None:
        to_failure = line.breakdown.failure_mean_h * TICKS_PER_HOUR
        at_work = running / max(1, system.end_tick - max(system.first_tick, line.commissioned))
        # repairs go on while a line is closed or dark
        running *= to_failure / (to_failure + mean_ticks(line.breakdown.repair) * at_work)
        events += 2.0 * running / to_failure
    if line.recipes:
        lots = running / min(recipe.ticks for recipe in line.recipes)
        events += lots if line.flow is None else 2.0 * lots
    return events


def _open_ticks(line: Line, system: System) -> float:
    """Ticks of the run, once the line is commissioned, in which its calendar is open."""
    if line.calendar == NONE:
        return float(max(0, system.end_tick - max(system.first_tick, line.commissioned)))
    stretches = system.calendars[line.calendar].open
    return float(sum(max(0, closes - max(opens, line.commissioned)) for opens, closes in stretches))


def _of_grid(grid: Grid, system: System) -> float:
    """Steps of supply; rotation periods; starts of curtailments, their ends."""
    run = system.end_tick - system.first_tick
    events = len(grid.supply) - 1.0
    if grid.rotation is not None:
        events += run / grid.rotation.period
    if grid.curtailment is not None:
        events += 2.0 * run / (mean_ticks(grid.curtailment.every) + mean_ticks(grid.curtailment.lasting))
    return events


def _of_supplier(supplier: Supplier, system: System) -> float:
    """Deliveries; starts of disruptions, their ends."""
    events = float(len(supplier.table))
    if supplier.every is not None:
        start = system.first_tick if supplier.first is None else supplier.first
        events += max(0, system.end_tick - start) / mean_ticks(supplier.every)
    if supplier.disruption_every is not None and supplier.disruption_lasting is not None:
        cycle = mean_ticks(supplier.disruption_every) + mean_ticks(supplier.disruption_lasting)
        events += 2.0 * (system.end_tick - system.first_tick) / cycle
    return events


def _of_link(link: Link, system: System) -> float:
    """Vehicles due, vehicles arrived."""
    first = system.first_tick if link.first is None else link.first
    starts = [first, *(tick for tick, _ in link.every[1:])]
    ends = [*starts[1:], system.end_tick]
    return sum(
        2.0 * max(0, min(end, system.end_tick) - max(start, first)) / mean_ticks(every)
        for start, end, (_, every) in zip(starts, ends, link.every, strict=True)
    )


@lru_cache(maxsize=4096)
def mean_ticks(hours: Variate) -> float:
    """Return the mean of a duration in ticks, at least 1, over 200 equally likely parts of its law."""
    code, params = coded(hours)
    if hours.law == "erlang":
        mean = hours.params[1]
    else:
        mean = float(np.mean(streams.quantiles(code, params, (np.arange(200) + 0.5) / 200)))
    return max(1.0, mean * TICKS_PER_HOUR)
