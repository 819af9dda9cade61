"""What must hold in a realised system before an engine may take it."""

import math
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import chain, pairwise
from typing import Any

from simulator.errors import Fault
from simulator.model.distributions import Variate
from simulator.model.realising.wholes import MOST
from simulator.model.system import (
    DELIVERED,
    NONE,
    TICKS_PER_DAY,
    Calendar,
    Grid,
    GridPolicy,
    Line,
    Link,
    LotRecipe,
    Store,
    Supplier,
    System,
)
from simulator.testing.documents.size import size_faults
from simulator.testing.documents.sound_laws import LONGEST_H, law_fault

Rule = tuple[bool, str, str]
"""Whether something holds, the field it is about, what must hold."""
SHORTEST_PERIOD = 60_000
"""Ticks, of a rotation: a minute."""
MOST_FEEDERS = 10_000


def faults(system: System) -> list[Fault]:
    """Return what no engine takes; a place is a path into the system.

    References are numbers of parts that exist, or NONE.
    """
    found = [*_broken("", _run(system)), *_sections(system)]
    return found or size_faults(system)


def _sections(system: System) -> Iterator[Fault]:
    sections: dict[str, Callable[[Any, System], Iterable[Rule]]] = {
        "grids": _grid,
        "calendars": _calendar,
        "stores": _store,
        "lines": _line,
        "suppliers": _supplier,
        "links": _link,
    }
    for section, rules in sections.items():
        for number, part in enumerate(getattr(system, section)):
            yield from _broken(f"{section}.{number}.", rules(part, system))


def _broken(prefix: str, rules: Iterable[Rule]) -> Iterator[Fault]:
    """Yield the first rule that does not hold: those after it take it for granted."""
    for holds, field, what in rules:
        if not holds:
            yield Fault(f"{prefix}{field}".rstrip("."), what)
            return


def _law(law: Variate | None, field: str, *, most: float = LONGEST_H) -> Iterator[Rule]:
    fault = None if law is None else law_fault(law, most=most)
    yield fault is None, field, fault or ""


def _rising(ticks: Iterable[int]) -> bool:
    return all(earlier < later for earlier, later in pairwise(ticks))


def _dated(rows: tuple[tuple[int, int], ...], field: str, system: System) -> Iterator[Rule]:
    """Yield the rules of amounts by tick, several of which may have one tick."""
    ticks = [tick for tick, _ in rows]
    in_order = ticks == sorted(ticks) and all(tick >= system.first_tick for tick in ticks)
    yield in_order, field, "is out of order or before the run; give rising ticks from first_tick on"
    yield (
        all(0 <= amount < MOST for _, amount in rows),
        field,
        "has an amount below 0 or too large; give 0 or more",
    )


def _run(system: System) -> Iterator[Rule]:
    first, end = system.first_tick, system.end_tick
    yield first <= 0, "first_tick", "is after tick 0; give minus the ticks of the warm-up"
    yield end > 0, "end_tick", "is not after tick 0; give the ticks of the run"
    days = first // TICKS_PER_DAY, -(-end // TICKS_PER_DAY) + 1
    ordinals = [system.start.toordinal() + day for day in days]
    within = date.min.toordinal() <= ordinals[0] <= ordinals[1] <= date.max.toordinal()
    yield within, "start", "makes a run beyond the years 1 to 9999; give a shorter one"
    for number, material in enumerate(system.materials):
        where = f"materials.{number}"
        yield material.unit in ("item", "kg"), f"{where}.unit", "is no unit; give item or kg"
        counted = NONE if material.counts_as == NONE else system.materials[material.counts_as].counts_as
        fits = counted == NONE and material.counts_as != number
        yield fits, f"{where}.counts_as", "names a material that counts as another; give one that does not"
    for number, region in enumerate(system.regions):
        own = region.grid == NONE or system.grids[region.grid].region == number
        yield own, f"regions.{number}.grid", "names the grid of another region; give its own"
        yield region.crews >= 1, f"regions.{number}.crews", "is below 1; give 1 or more"
    for number, plant in enumerate(system.plants):
        named = min(plant.role, plant.region) >= 0
        yield named, f"plants.{number}", "needs a role and a region"
    for number, recipe in enumerate(system.recipes):
        yield min((recipe.output, *recipe.inputs)) >= 0, f"recipes.{number}", "needs materials"


def _grid(grid: Grid, system: System) -> Iterator[Rule]:
    yield (
        grid.region >= 0 and system.regions[grid.region].name == grid.name,
        "name",
        "is not that of its region",
    )
    ticks = [tick for tick, _ in grid.supply]
    whole = bool(ticks) and ticks[0] <= system.first_tick and _rising(ticks)
    yield whole, "supply", "needs rising ticks, the first at first_tick or before"
    yield (
        all(0 <= kw < MOST for _, kw in grid.supply),
        "supply",
        "has a power below 0 kW or too large; give 0 or more",
    )
    rotates = grid.policy is GridPolicy.ROTATE
    yield (
        rotates == (grid.rotation is not None),
        "policy",
        "needs rotation with rotate, and with no other policy",
    )
    if grid.rotation is not None:
        rotation = grid.rotation
        yield 1 <= rotation.feeders <= MOST_FEEDERS, "rotation.feeders", f"must be from 1 to {MOST_FEEDERS}"
        yield (
            SHORTEST_PERIOD <= rotation.period < MOST,
            "rotation.period",
            f"must be {SHORTEST_PERIOD} ticks or more",
        )
        yield 0 <= rotation.powered_share <= 1, "rotation.powered_share", "must be from 0 to 1"
    if grid.curtailment is not None:
        yield from _law(grid.curtailment.every, "curtailment.every")
        yield from _law(grid.curtailment.lasting, "curtailment.lasting")
        yield from _law(grid.curtailment.depth, "curtailment.depth", most=1.0)


def _calendar(calendar: Calendar, system: System) -> Iterator[Rule]:
    ticks = list(chain.from_iterable(calendar.open))
    within = all(system.first_tick <= tick <= system.end_tick for tick in ticks)
    yield within and _rising(ticks), "open", "needs stretches within the run, in order, that do not touch"


def _store(store: Store, system: System) -> Iterator[Rule]:
    yield store.region >= 0, "region", "needs a region"
    goods = [holding.material for holding in store.holdings]
    sound = bool(goods) and min(goods) >= 0 and len(set(goods)) == len(goods)
    yield sound, "holdings", "needs one or more materials, each once"
    for number, holding in enumerate(store.holdings):
        where = f"holdings.{number}"
        yield holding.capacity >= 0, f"{where}.capacity", "is below 0; give 0 or more"
        yield 0 <= holding.initial <= holding.capacity, f"{where}.initial", "must be from 0 to the capacity"
        yield 0 <= holding.floor <= holding.capacity, f"{where}.floor", "must be from 0 to the capacity"
        yield from _dated(holding.added, f"{where}.added", system)


def _keeps(store: int, materials: Iterable[int], system: System, *, room: int = 0) -> bool:
    """Return whether a store exists and has room for so much of each material."""
    if store < 0:
        return False
    capacity = {holding.material: holding.capacity for holding in system.stores[store].holdings}
    return all(capacity.get(material, -1) >= room for material in materials)


def _line(line: Line, system: System) -> Iterator[Rule]:
    yield line.plant >= 0, "plant", "needs a plant"
    plant = system.plants[line.plant]
    yield (
        (line.role, line.region) == (plant.role, plant.region),
        "plant",
        "has another role or region than the line",
    )
    yield line.grid == system.regions[line.region].grid, "grid", "is not that of the line's region"
    rotation = None if line.grid == NONE else system.grids[line.grid].rotation
    feeders = 1 if rotation is None else rotation.feeders
    yield 0 <= line.feeder < feeders, "feeder", f"is no feeder of its grid; give 0 to {feeders - 1}"
    yield 1 <= line.priority < 1 << 31, "priority", "is below 1 or too large; give 1 or more"
    yield 1 <= line.lot < 1 << 31, "lot", "is below 1 or too large; give 1 or more"
    yield 0 <= line.load_kw < MOST, "load_kw", "is below 0 or too large; give 0 or more"
    yield 0 <= line.reject <= 1, "reject", "must be from 0 to 1"
    ages = [age for age, _ in line.ramp]
    ramped = _rising((0, *ages)) and all(1 <= speed <= 100 for _, speed in line.ramp)
    yield ramped, "ramp", "needs rising ages above 0, and speeds from 1 to 100 per cent"
    yield from _law(line.work, "work")
    yield from _law(line.flow, "flow")
    if line.breakdown is not None:
        yield 0 < line.breakdown.failure_mean_h <= LONGEST_H, "breakdown.failure_mean_h", "must be above 0"
        yield from _law(line.breakdown.repair, "breakdown.repair")
    for number, recipe in enumerate(line.recipes):
        yield from _recipe(recipe, f"recipes.{number}", line, system)


def _recipe(recipe: LotRecipe, where: str, line: Line, system: System) -> Iterator[Rule]:
    goods = [material for material, _ in recipe.inputs]
    sound = min((0, *goods)) == 0 and len(set(goods)) == len(goods)
    yield sound, f"{where}.inputs", "needs materials, each once"
    yield (
        all(0 <= amount < MOST for _, amount in recipe.inputs),
        f"{where}.inputs",
        "has an amount below 0; give 0 or more",
    )
    yield recipe.output >= 0, f"{where}.output", "needs a material"
    least = 0 if line.work is not None else 1
    yield (
        least <= recipe.ticks < MOST,
        f"{where}.ticks",
        f"is below {least} or too large; give {least} or more",
    )
    yield 0 <= recipe.load_kw < MOST, f"{where}.load_kw", "is below 0 or too large; give 0 or more"
    yield 0 <= recipe.energy_kwh < math.inf, f"{where}.energy_kwh", "is below 0; give 0 or more"
    fits = not goods or _keeps(line.from_store, goods, system)
    yield fits, "from_store", f"is no store that keeps what {recipe.recipe} takes"
    room = _keeps(line.to_store, (recipe.output,), system, room=line.lot)
    yield room, "to_store", f"is no store with room for a lot of what {recipe.recipe} makes"


def _supplier(supplier: Supplier, system: System) -> Iterator[Rule]:
    yield supplier.material >= 0, "material", "needs a material"
    yield _keeps(supplier.store, (supplier.material,), system), "store", "is no store that keeps the material"
    ways = [supplier.quantity is not None, supplier.share_of_use is not None, bool(supplier.table)]
    yield sum(ways) == 1, "", "needs one of quantity, share_of_use, table"
    yield bool(supplier.table) != (supplier.every is not None), "every", "is needed, but not with a table"
    yield 0 <= (supplier.share_of_use or 0.0) < MOST, "share_of_use", "is below 0; give 0 or more"
    yield len(supplier.monthly) in (0, 12), "monthly", "needs twelve factors, or none"
    yield (
        all(0 <= factor < MOST for factor in supplier.monthly),
        "monthly",
        "has a factor below 0; give 0 or more",
    )
    first = system.first_tick if supplier.first is None else supplier.first
    yield first >= system.first_tick, "first", "is before the run; give a later tick"
    yield from _dated(supplier.table, "table", system)
    yield from _law(supplier.quantity, "quantity", most=float(MOST))
    yield from _law(supplier.every, "every")
    both = (supplier.disruption_every is None) == (supplier.disruption_lasting is None)
    yield both, "disruption_every", "is needed with disruption_lasting, and not without"
    yield from _law(supplier.disruption_every, "disruption_every")
    yield from _law(supplier.disruption_lasting, "disruption_lasting")


def _link(link: Link, system: System) -> Iterator[Rule]:
    yield link.from_store != link.to_store, "to_store", "is the store where the link starts; give another"
    goods = link.materials
    sound = bool(goods) and min(goods) >= 0 and len(set(goods)) == len(goods)
    yield sound, "materials", "needs one or more materials, each once"
    yield _keeps(link.from_store, goods, system), "from_store", "is no store that keeps the materials"
    room = link.to_store == DELIVERED or _keeps(link.to_store, goods, system, room=link.load)
    yield room, "to_store", "is no store with room for a load of the materials"
    yield 1 <= link.load < MOST, "load", "is below 1 or too large; give 1 or more"
    yield 0 <= link.minimum <= link.load, "minimum", "must be from 0 to the load"
    yield 0 <= link.loads_of < MOST, "loads_of", "is below 0 or too large; give 0 or more"
    yield bool(link.every) and _rising(tick for tick, _ in link.every), "every", "needs laws by rising ticks"
    for number, (_, law) in enumerate(link.every):
        yield from _law(law, f"every.{number}.1")
    yield from _law(link.transit, "transit")
    first = system.first_tick if link.first is None else link.first
    yield first >= system.first_tick, "first", "is before the run; give a later tick"
