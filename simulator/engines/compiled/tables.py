"""How a System becomes flat arrays, as it stands before its first instant."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from operator import attrgetter
from typing import TypeVar

import numpy as np

from simulator.engines.compiled import layout
from simulator.engines.compiled.layout import FULL_SPEED, Fields, Ints, Records, Tables, bound, records
from simulator.engines.compiled.marks import MARKS
from simulator.engines.compiled.scratch import calendar_of, empty_path, pool_of
from simulator.engines.compiled.stream_tables import StreamTables
from simulator.model.system import (
    DELIVERED,
    NEVER,
    NO_LIMIT,
    NONE,
    TICKS_PER_DAY,
    Calendar,
    GridPolicy,
    Supplier,
    System,
)

POLICIES = {GridPolicy.SHED: layout.SHED, GridPolicy.SLOW: layout.SLOW, GridPolicy.ROTATE: layout.ROTATE}
ROWS_AT_FIRST = 1 << 20
ShelfOf = dict[tuple[int, int], int]
"""The number of the shelf of a store and a material."""
K = TypeVar("K")
T = TypeVar("T")


def tables(system: System, *, seed: int, replication: int) -> Tables:
    """Return the arrays of a system for one replication."""
    streams = StreamTables(system.lines)
    held = [(number, each.material) for number, store in enumerate(system.stores) for each in store.holdings]
    shelf_of = {key: number for number, key in enumerate(held)}
    found: Fields = {
        **_stores(system, shelf_of),
        **_lines(system, shelf_of),
        **_grids(system, streams),
        **_calendars(system),
        **_commissionings(system),
        **_suppliers(system, shelf_of, streams),
        "additions": _additions(system, shelf_of),
        **_links(system, shelf_of, streams),
        **streams.fields(),
        "month_starts": _months(system.start, system.first_tick, system.end_tick),
        "rows": empty_path(ROWS_AT_FIRST),
    }
    found |= _feeders(system, found["lines"], found["grids"])
    found |= _waiting(found)
    slots = _first_slots(system)
    found |= calendar_of(slots.pop("slots"), system.end_tick)
    found |= pool_of(found, places=8 * (len(system.lines) + len(system.links)) + 64)
    clock = records(layout.CLOCK, 1)
    for name, first in slots.items():
        clock[name] = first
    clock["seed"], clock["replication"] = seed, replication
    clock["now"], clock["end_tick"] = system.first_tick, system.end_tick
    clock["since_year_one"] = (system.start.toordinal() - 1) * TICKS_PER_DAY
    clock["free_count"] = len(found["free"])
    clock["parts"] = len(found["marked"]) // MARKS
    clock["most_cargo"] = max(found["links"]["cargo"], default=0)
    return bound(found | {"clock": clock})


def _first_slots(system: System) -> dict[str, int]:
    """Return the first slot of each kind of event, in the order of clause 2, after the lines' own."""
    counts = {
        "deliveries": len(system.lines),
        "disruptions": len(system.suppliers),
        "additions": len(system.suppliers),
        "vehicles_due": 1,
        "months": len(system.links),
        "curtailments": len(system.grids),
        "rotations": len(system.grids),
        "calendars": len(system.grids),
        "commissionings": len(system.calendars),
        "start": 1,
        "chains": 1,
        "slots": len(system.lines) + len(system.links),
    }
    return dict(zip(counts, accumulate(counts.values()), strict=True))


def _stores(system: System, shelf_of: ShelfOf) -> Fields:
    shelves = records(layout.SHELF, len(shelf_of))
    holdings = [each for store in system.stores for each in store.holdings]
    shelves["stock"] = [each.initial for each in holdings]
    shelves["capacity"] = [each.capacity for each in holdings]
    shelves["floor"] = [each.floor for each in holdings]
    served: list[list[int]] = [[] for _ in holdings]
    for number, link in enumerate(system.links):
        for material in link.materials:
            served[shelf_of[link.from_store, material]].append(number)
    shelves["first_link"], shelves["links"], shelf_links = _flat(served)
    regions = records(layout.REGION, len(system.regions))
    regions["limited"] = [each.crews < NO_LIMIT for each in system.regions]
    regions["free"] = [each.crews for each in system.regions]
    return {"shelves": shelves, "shelf_links": _ints(shelf_links), "regions": regions}


def _lines(system: System, shelf_of: ShelfOf) -> Fields:
    lines = records(layout.LINE, len(system.lines))
    for name in ("priority", "lot", "grid", "region", "reject", "commissioned"):
        lines[name] = [*map(attrgetter(name), system.lines)]
    lines["failure_mean_h"] = [
        math.inf if line.breakdown is None else line.breakdown.failure_mean_h for line in system.lines
    ]
    lines["has_work"] = [line.work is not None for line in system.lines]
    lines["has_flow"] = [line.flow is not None for line in system.lines]
    lines["is_commissioned"] = lines["commissioned"] <= system.first_tick
    open_at_start = [*(_is_open_at(each, system.first_tick) for each in system.calendars), True]
    lines["open"] = [open_at_start[line.calendar] for line in system.lines]
    makes = np.array([bool(line.recipes) for line in system.lines], dtype=bool)
    lines["recipe"] = np.where(makes, NONE, 0)
    lines["load_kw"] = [line.load_kw for line in system.lines]
    lines["left"] = np.where(makes, 0, NEVER * FULL_SPEED)
    lines["lot_number"] = lines["state"] = NONE
    lines["since"] = system.first_tick
    lines["shed_at"] = NEVER
    lines["first_ramp"], lines["ramps"], ramps = _shared([line.ramp for line in system.lines], list)
    lines["first_recipe"], lines["recipes"], lot_recipes = _flat([line.recipes for line in system.lines])
    stores = [(line.from_store, line.to_store) for line in system.lines for _ in line.recipes]

    recipes = records(layout.RECIPE, len(lot_recipes))
    recipes["ticks"] = [min(each.ticks, NEVER) for each in lot_recipes]
    recipes["load_kw"] = [each.load_kw for each in lot_recipes]
    recipes["output"] = [each.output for each in lot_recipes]
    recipes["output_shelf"] = [
        shelf_of[to_store, each.output] for each, (_, to_store) in zip(lot_recipes, stores, strict=True)
    ]
    first, count, taken = _shared(
        [(each.inputs, from_store) for each, (from_store, _) in zip(lot_recipes, stores, strict=True)],
        lambda pair: [(shelf_of[pair[1], material], material, amount) for material, amount in pair[0]],
    )
    recipes["first_input"], recipes["inputs"] = first, count
    return {
        "lines": lines,
        "recipes": recipes,
        "inputs": _table(layout.INPUT, taken),
        "ramps": _table(layout.RAMP, ramps),
    }


def _grids(system: System, streams: StreamTables) -> Fields:
    found = system.grids
    grids = records(layout.GRID, len(found))
    grids["policy"] = [POLICIES[each.policy] for each in found]
    grids["monthly_kw"] = grids["supply_kw"] = [each.supply[0][1] for each in found]
    grids["first_step"], grids["steps"], steps = _flat([each.supply for each in found])
    grids["next_step"] = 1  # the first is in force
    grids["speed"] = FULL_SPEED
    for name in ("supply_written", "drawn_written", "speed_written", "every", "rotation"):
        grids[name] = NONE
    grids["feeders"] = 1
    for number, each in enumerate(found):
        if each.curtailment is not None:
            grids["every"][number] = streams.add("curtailment_every", each.name, each.curtailment.every)
            grids["lasting"][number] = streams.add("curtailment_lasting", each.name, each.curtailment.lasting)
            grids["depth"][number] = streams.add("depth", each.name, each.curtailment.depth)
        if each.rotation is not None:
            since_year_one = (system.start.toordinal() - 1) * TICKS_PER_DAY + system.first_tick
            grids["next_period"][number] = since_year_one // each.rotation.period
            grids["unpowered_share"][number] = 1.0 - each.rotation.powered_share
            grids["period"][number] = each.rotation.period
            grids["feeders"][number] = each.rotation.feeders
            grids["rotation"][number] = streams.add("rotation", each.name)
            grids["rotation_start"][number] = streams.add("rotation_start", each.name)
    grids["first_feeder"] = np.cumsum(grids["feeders"]) - grids["feeders"]
    return {"grids": grids, "steps": _table(layout.STEP, steps)}


def _feeders(system: System, lines: Records, grids: Records) -> Fields:
    """Number the feeders grid by grid, and tell lines theirs."""
    feeders = records(layout.FEEDER, int(grids["feeders"].sum()))
    first = grids["first_feeder"].tolist()
    lines["feeder"] = [NONE if line.grid < 0 else first[line.grid] + line.feeder for line in system.lines]
    feeders["first_line"], feeders["lines"], feeder_lines = _members(lines["feeder"], len(feeders))
    bounds = np.append(feeders["first_line"], len(feeder_lines))
    grids["first_line"] = bounds[grids["first_feeder"]]
    grids["lines"] = bounds[grids["first_feeder"] + grids["feeders"]] - grids["first_line"]
    return {"feeders": feeders, "feeder_lines": feeder_lines}


def _calendars(system: System) -> Fields:
    calendars = records(layout.CALENDAR, len(system.calendars))
    stretches = [_stretches(each) for each in system.calendars]
    calendars["stretches"] = [len(each) for each in stretches]
    calendars["first_stretch"] = np.cumsum(calendars["stretches"]) - calendars["stretches"]
    # a calendar that is open at first has its first opening behind it
    calendars["is_open"] = [_is_open_at(each, system.first_tick) for each in system.calendars]
    calendars["next_change"] = calendars["is_open"]
    follows = np.array([line.calendar for line in system.lines], dtype=np.int64)
    calendars["first_line"], calendars["lines"], lines = _members(follows, len(calendars))
    joined = np.concatenate([np.zeros(0, layout.STRETCH), *stretches])
    return {"calendars": calendars, "stretches": joined, "calendar_lines": lines}


@lru_cache(maxsize=256)
def _stretches(calendar: Calendar) -> Records:
    stretches = _table(layout.STRETCH, [(opens, closes, 0) for opens, closes in calendar.open])
    ticks = stretches["closes"] - stretches["opens"]
    stretches["open_before"] = np.cumsum(ticks) - ticks
    return stretches


def _is_open_at(calendar: Calendar, tick: int) -> bool:
    return bool(calendar.open) and calendar.open[0][0] <= tick


def _commissionings(system: System) -> Fields:
    """Return the plants that start during the run, by tick."""
    waiting: dict[int, list[int]] = defaultdict(list)
    for number, line in enumerate(system.lines):
        if line.commissioned > system.first_tick:
            waiting[line.plant].append(number)
    plants = sorted(waiting.values(), key=lambda lines: system.lines[lines[0]].commissioned)
    commissionings = records(layout.COMMISSIONING, len(plants))
    commissionings["tick"] = [system.lines[lines[0]].commissioned for lines in plants]
    commissionings["first_line"], commissionings["lines"], lines = _flat(plants)
    return {"commissionings": commissionings, "commissioned_lines": _ints(lines)}


def _suppliers(system: System, shelf_of: ShelfOf, streams: StreamTables) -> Fields:
    found = system.suppliers
    suppliers = records(layout.SUPPLIER, len(found))
    suppliers["material"] = [each.material for each in found]
    suppliers["shelf"] = [shelf_of[each.store, each.material] for each in found]
    suppliers["first"] = [NEVER if each.first is None else each.first for each in found]
    suppliers["has_share"] = [each.share_of_use is not None for each in found]
    suppliers["share_of_use"] = [each.share_of_use or 0.0 for each in found]
    suppliers["first_dated"], suppliers["dated"], dated = _flat([each.table for each in found])
    for name, laws in (
        ("delivery_interval", [each.every for each in found]),
        ("quantity", [each.quantity for each in found]),
        ("disruption_every", [each.disruption_every for each in found]),
        ("disruption_lasting", [each.disruption_lasting for each in found]),
    ):
        field = "every" if name == "delivery_interval" else name
        suppliers[field] = [streams.add(name, each.name, law) for each, law in zip(found, laws, strict=True)]
    suppliers["disruption_every"][suppliers["disruption_lasting"] < 0] = NONE
    users = [[] if each.share_of_use is None else _users(system, each) for each in found]
    suppliers["first_user"], suppliers["users"], using = _flat(users)
    suppliers["has_monthly"] = [bool(each.monthly) for each in found]
    monthly = np.array([each.monthly or (1.0,) * 12 for each in found], dtype=np.float64).ravel()
    return {
        "suppliers": suppliers,
        "dated": _table(layout.STEP, dated),
        "users": _table(layout.USER, using),
        "monthly": monthly,
    }


def _users(system: System, supplier: Supplier) -> list[tuple[float, float, int, int]]:
    """Return the lines that draw what a supplier brings, by the first of their recipes that needs it (clause 20)."""
    users = []
    for line in system.lines:
        if line.from_store != supplier.store:
            continue
        for recipe in line.recipes:
            needed = sum([amount for material, amount in recipe.inputs if material == supplier.material])
            if needed:
                users.append((float(needed), float(recipe.ticks), line.calendar, line.commissioned))
                break
    return users


def _additions(system: System, shelf_of: ShelfOf) -> Records:
    rows = [
        (tick, store, material, shelf_of[store, material], amount, position)
        for store, each in enumerate(system.stores)
        for position, (tick, material, amount) in enumerate(
            (tick, holding.material, amount) for holding in each.holdings for tick, amount in holding.added
        )
    ]
    return _table(layout.ADDITION, sorted(rows, key=lambda row: row[0]))


def _links(system: System, shelf_of: ShelfOf, streams: StreamTables) -> Fields:
    found = system.links
    links = records(layout.LINK, len(found))
    links["to_delivered"] = [each.to_store == DELIVERED for each in found]
    for name in ("load", "minimum", "loads_of"):
        links[name] = [getattr(each, name) for each in found]
    links["first"] = [NEVER if each.first is None else each.first for each in found]
    links["waiting_since"] = NEVER
    links["transit"] = [streams.add("transit", each.name, each.transit) for each in found]
    links["first_law"], links["laws"], laws = _flat(
        [
            [(tick, streams.add("departure_interval", each.name, law)) for tick, law in each.every]
            for each in found
        ]
    )
    links["first_cargo"], links["cargo"], cargo = _flat(
        [
            [
                (material, shelf_of[each.from_store, material], shelf_of.get((each.to_store, material), NONE))
                for material in each.materials
            ]
            for each in found
        ]
    )
    return {
        "links": links,
        "laws": _table(layout.LAW_FROM, laws),
        "cargo": _table(layout.CARGO, cargo),
    }


@lru_cache(maxsize=64)
def _months(start: date, first_tick: int, end_tick: int) -> Records:
    """Return from which tick on which month it is, 0 for January."""
    day = start + timedelta(days=first_tick // TICKS_PER_DAY)
    months: list[tuple[int, int]] = []
    while not months or (day - start).days * TICKS_PER_DAY < end_tick:
        months.append(((day - start).days * TICKS_PER_DAY, day.month - 1))
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return _table(layout.STEP, months)


def _waiting(found: Fields) -> Fields:
    """Return who asks, and the waiting lists, all empty, with a node for whoever may stand in one."""
    lines, recipes, shelves = found["lines"], found["recipes"], found["shelves"]
    nodes = records(layout.NODE, 3 * len(lines) + len(recipes))
    line_of_recipe = np.repeat(np.arange(len(lines)), lines["recipes"])
    nodes["line"] = np.concatenate([*[np.arange(len(lines))] * 3, line_of_recipe])
    nodes["priority"] = lines["priority"][nodes["line"]]
    nodes["list"] = NONE
    lists = records(layout.LIST, 2 * len(shelves) + len(found["grids"]) + len(found["regions"]))
    lists["head"] = lists["tail"] = NONE
    lists["least"] = lists["seen"] = NEVER
    chains = records(layout.CHAIN, len(lines) + len(found["links"]))
    chains["first"] = NONE
    parts = max(len(lines), len(shelves), len(found["links"]), len(found["grids"]), len(found["regions"]), 1)
    return {
        "nodes": nodes,
        "lists": lists,
        "chains": chains,
        "walks": records(layout.WALK, len(lists)),
        "candidates": records(layout.ENTRY, parts),
        "marked": np.zeros(MARKS * parts, dtype=np.int64),
        "mark_counts": np.zeros(MARKS, dtype=np.int64),
        "is_marked": np.zeros(MARKS * parts, dtype=np.uint8),
    }


# --- flat arrays of parts of parts ---


def _table(kind: np.dtype[np.void], rows: Sequence[tuple[float, ...]]) -> Records:
    return np.array(rows, dtype=kind)


def _ints(numbers: Iterable[int]) -> Ints:
    return np.array([*numbers], dtype=np.int64)


def _flat(parts: Sequence[Sequence[T]]) -> tuple[Ints, Ints, list[T]]:
    """Return where the parts of each whole begin, how many they are, and all of them."""
    counts = _ints(map(len, parts))
    return np.cumsum(counts) - counts, counts, [part for each in parts for part in each]


def _shared(keys: Sequence[K], parts: Callable[[K], Sequence[T]]) -> tuple[Ints, Ints, list[T]]:
    """Return as `_flat` does the parts of each key, those of keys that are equal once."""
    numbers: dict[K, int] = {}
    number_of = _ints([numbers.setdefault(key, len(numbers)) for key in keys])
    first, counts, found = _flat([parts(key) for key in numbers])
    return first[number_of], counts[number_of], found


def _members(group_of: Ints, groups: int) -> tuple[Ints, Ints, Ints]:
    """Return where the members of each group begin, how many they are, and all of them; -1 is in no group."""
    order = np.argsort(group_of, kind="stable")
    order = order[group_of[order] >= 0]
    bounds = np.searchsorted(group_of[order], np.arange(groups + 1))
    return bounds[:-1], np.diff(bounds), order
