"""The most there can be on average of line time, of energy and of each material in a realised system.

Three facts make these true bounds of expectations, whatever else happens:

- A line with running hours to failure of mean M and repairs of mean R, which go on outside shifts too, fails
at a
  rate of 1 / M while it runs and never faster, so that over H hours it runs (H + o) M / (M + R) at most; o is
  what of a repair lies beyond the end, on average E[R^2] / (2 M) at most. Often this exceeds the open hours:
  then a repair may cost no open hour, and the open hours are the bound.
- Of intervals with mean m and relative variance c no more than t / m + c end on average by time t (Lorden,
*On
  excess over the boundary*, Annals of Mathematical Statistics 41, 1970). Constant intervals are counted.
- A feeder in rotation is lit for its share of any time on average.

Curtailments, disruptions, full stores, roles that only draw power: left out, as they only take away.
"""

import math

import numpy as np

from simulator import streams
from simulator.analysis.intervals import Floats, Ints, Mask
from simulator.analysis.moments import moments
from simulator.model.distributions import Variate
from simulator.model.system import NONE, TICKS_PER_DAY, TICKS_PER_HOUR, Line, Supplier, System


def line_hours(line: Line, system: System) -> float:
    """Return the hours of full-speed work that a line has on average at most."""
    opens, closes = _openings(line, system)
    hours = 0.0
    fastest, since = 0, line.commissioned
    for until, percent in (*line.ramp, (None, 100)):
        # a lot keeps the speed it was loaded at, so no line works faster than the fastest step so far
        fastest = max(fastest, percent)
        end = system.end_tick if until is None else line.commissioned + until
        open_ticks = float(_overlap(opens, closes, np.array([since]), np.array([end]))[0])
        hours += fastest / 100.0 * open_ticks / TICKS_PER_HOUR
        since = max(since, end)
    hours *= _lit_share(line, system)
    if line.breakdown is not None and math.isfinite(line.breakdown.failure_mean_h):
        to_failure, repair = line.breakdown.failure_mean_h, moments(line.breakdown.repair)
        elapsed = (system.end_tick - max(system.first_tick, line.commissioned)) / TICKS_PER_HOUR
        beyond = repair.square / (2.0 * to_failure)
        hours = min(hours, max(0.0, elapsed + beyond) * to_failure / (to_failure + repair.mean))
    if line.work is not None and hours:
        work = moments(line.work)
        hours += work.relative_variance * work.mean
    return hours


def grid_kwh(number: int, system: System) -> float:
    """Return the energy of a grid that its lines could draw on average at most: none while all are closed."""
    grid = system.grids[number]
    lines = [line for line in system.lines if line.grid == number and line.recipes]
    steps = [tick for tick, _ in grid.supply]
    changes = [edge for line in lines for edge in _openings(line, system)]
    edges = np.unique(np.clip(np.concatenate([steps, *changes]), system.first_tick, system.end_tick))
    starts, length = edges[:-1], np.diff(edges)
    supply = np.array([kw for _, kw in grid.supply])[np.searchsorted(steps, starts, side="right") - 1]
    load = np.zeros(len(starts))
    for line in lines:
        most = max(recipe.load_kw for recipe in line.recipes) * _lit_share(line, system)
        load += most * _is_open(line, system, starts)
    return float(np.dot(np.minimum(supply, load), length)) / TICKS_PER_HOUR


def brought(system: System) -> Floats:
    """Return how much of each material is there at first or comes in, at most; shape (materials,)."""
    amounts = np.zeros(len(system.materials))
    for store in system.stores:
        for holding in store.holdings:
            added = sum(amount for tick, amount in holding.added if tick < system.end_tick)
            amounts[holding.material] += holding.initial + added
    for supplier in system.suppliers:
        amounts[supplier.material] += supplied(supplier, system)
    return amounts


def supplied(supplier: Supplier, system: System) -> float:
    """Return what a supplier delivers on average at most."""
    if supplier.every is None:
        dated = np.array([amount * _factor(supplier, system, tick) for tick, amount in supplier.table])
        return float(np.floor(dated + 0.5).sum())
    if supplier.every.law != "constant":
        return _supplied_at_random(supplier, supplier.every, system)
    step = streams.duration_ticks(supplier.every.params[0])
    start = system.first_tick + step if supplier.first is None else supplier.first
    instants = np.arange(start, system.end_tick + step, step)
    factors = [_factor(supplier, system, int(tick)) for tick in instants[:-1]]
    if supplier.share_of_use is not None:
        use = _use(supplier, system, instants) * supplier.share_of_use
        return float(np.floor(use * factors + 0.5).sum())
    assert supplier.quantity is not None
    amounts = moments(supplier.quantity).mean * np.array(factors)
    if supplier.quantity.law == "constant":
        return float(np.floor(amounts + 0.5).sum())
    return float((amounts + 0.5).sum())


def _supplied_at_random(supplier: Supplier, every: Variate, system: System) -> float:
    """Deliveries at random times: spread evenly over the run, what may come besides in the best month."""
    start = system.first_tick if supplier.first is None else supplier.first
    interval = moments(every)
    at_edges = interval.relative_variance + (supplier.first is not None)
    evenly = (system.end_tick - start) / (interval.mean * TICKS_PER_HOUR)
    best = max(supplier.monthly, default=1.0)
    if supplier.share_of_use is not None:
        use = float(_use(supplier, system, np.array([start, system.end_tick])).sum())
        return supplier.share_of_use * use * best + 0.5 * (evenly + at_edges)
    assert supplier.quantity is not None
    days = range(start, system.end_tick, TICKS_PER_DAY)
    factor = math.fsum(_factor(supplier, system, tick) for tick in days) / max(1, len(days))
    mean = moments(supplier.quantity).mean
    return evenly * (mean * factor + 0.5) + at_edges * (mean * best + 0.5)


def _use(supplier: Supplier, system: System, instants: Ints) -> Floats:
    """Return what lines would use between instants if nothing but the calendar held them (clause 20).

    `instants` has shape (n + 1,), the result (n,).
    """
    starts, ends = instants[:-1], np.minimum(instants[1:], system.end_tick)
    use = np.zeros(len(starts))
    for line in system.lines:
        if line.from_store != supplier.store:
            continue
        for recipe in line.recipes:
            needed = sum(amount for material, amount in recipe.inputs if material == supplier.material)
            if needed:
                use += _overlap(*_openings(line, system), starts, ends) * needed / recipe.ticks
                break
    return use


def _factor(supplier: Supplier, system: System, tick: int) -> float:
    return supplier.monthly[system.day_of(tick).month - 1] if supplier.monthly else 1.0


def _lit_share(line: Line, system: System) -> float:
    rotation = None if line.grid == NONE else system.grids[line.grid].rotation
    return 1.0 if rotation is None else rotation.powered_share


def _openings(line: Line, system: System) -> tuple[Ints, Ints]:
    """Return when a line is commissioned and open: the ticks at which it opens, at which it closes."""
    whole = ((system.first_tick, system.end_tick),)
    stretches = whole if line.calendar == NONE else system.calendars[line.calendar].open
    opens, closes = np.array(stretches, dtype=np.int64).reshape(-1, 2).T
    opens = np.maximum(opens, line.commissioned)
    return opens[opens < closes], closes[opens < closes]


def _is_open(line: Line, system: System, ticks: Ints) -> Mask:
    opens, closes = _openings(line, system)
    return np.searchsorted(opens, ticks, side="right") > np.searchsorted(closes, ticks, side="right")


def _overlap(opens: Ints, closes: Ints, starts: Ints, ends: Ints) -> Floats:
    """Return how many ticks of the stretches lie from each start up to and without its end; shape (n,)."""
    common = np.minimum(closes[:, None], ends) - np.maximum(opens[:, None], starts)
    return np.asarray(np.maximum(0, common).sum(axis=0), dtype=np.float64)
