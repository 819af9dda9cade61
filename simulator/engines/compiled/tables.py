"""How a System becomes flat arrays, as it stands before its first instant."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate

import numpy as np

from simulator.engines.compiled import layout
from simulator.engines.compiled.flat import flat, ints, members, ranges
from simulator.engines.compiled.layout import FULL_SPEED, USER, Fields, Ints, Records, Tables
from simulator.engines.compiled.line_tables import (
    LineKinds,
    ShelfOf,
    is_open_at,
    write_commissionings,
    write_feeders,
    write_lines,
)
from simulator.engines.compiled.marks import MARKS
from simulator.engines.compiled.room import Room
from simulator.engines.compiled.scratch import empty_path, write_calendar, write_pool
from simulator.engines.compiled.stream_tables import StreamTables
from simulator.model.system import (
    DELIVERED,
    NEVER,
    NO_LIMIT,
    NONE,
    TICKS_PER_DAY,
    Calendar,
    Grid,
    GridPolicy,
    LotRecipe,
    Supplier,
    System,
)

POLICIES = {GridPolicy.SHED: layout.SHED, GridPolicy.SLOW: layout.SLOW, GridPolicy.ROTATE: layout.ROTATE}
ROWS_AT_FIRST = 1 << 20


def tables(system: System, *, seed: int, replication: int) -> Tables:
    """Return the arrays of a system for one replication."""
    room, kinds = Room(), LineKinds.among(system.lines)
    streams = StreamTables(system.lines, kinds)
    held = [(number, each.material) for number, store in enumerate(system.stores) for each in store.holdings]
    shelf_of = {key: number for number, key in enumerate(held)}
    _write_stores(room, system, shelf_of)
    write_lines(room, system, kinds, shelf_of)
    _write_grids(room, system, streams)
    write_feeders(room, system, room.fields["lines"], room.fields["grids"])
    _write_calendars(room, system, kinds)
    write_commissionings(room, system)
    _write_suppliers(room, system, kinds, shelf_of, streams)
    _write_additions(room, system, shelf_of)
    _write_links(room, system, shelf_of, streams)
    streams.write(room)
    room.taken("month_starts", _months(system.start, system.first_tick, system.end_tick))
    _write_waiting(room, room.fields)
    write_pool(room, room.fields, places=8 * (len(system.lines) + len(system.links)) + 64)
    room.taken("rows", empty_path(ROWS_AT_FIRST))
    slots = _first_slots(system)
    write_calendar(room, slots["comings"] + len(room.fields["pool"]), system.end_tick)
    clock = {
        **slots,
        "seed": seed,
        "replication": replication,
        "now": system.first_tick,
        "end_tick": system.end_tick,
        "since_year_one": _since_year_one(system),
        "free_count": len(room.fields["free"]),
        "parts": len(room.fields["marked"]) // MARKS,
        "most_cargo": max([len(link.materials) for link in system.links], default=0),
    }
    room.parts("clock", [clock])
    return room.bound()


def _since_year_one(system: System) -> int:
    """Return the ticks from the beginning of year 1 to tick 0."""
    return (system.start.toordinal() - 1) * TICKS_PER_DAY


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
        "comings": 1,
    }
    return dict(zip(counts, accumulate(counts.values()), strict=True))


def _write_stores(room: Room, system: System, shelf_of: ShelfOf) -> None:
    holdings = [each for store in system.stores for each in store.holdings]
    shelves = room.zeros("shelves", len(holdings))
    shelves["stock"] = [each.initial for each in holdings]
    shelves["capacity"] = [each.capacity for each in holdings]
    shelves["floor"] = [each.floor for each in holdings]
    served: list[list[int]] = [[] for _ in holdings]
    for number, link in enumerate(system.links):
        for material in link.materials:
            served[shelf_of[link.from_store, material]].append(number)
    shelves["first_link"], shelves["links"], shelf_links = flat(served)
    room.filled("shelf_links", shelf_links)
    room.filled("regions", [(each.crews < NO_LIMIT, each.crews) for each in system.regions])


def _write_grids(room: Room, system: System, streams: StreamTables) -> None:
    steps = 0
    feeders = 0
    grids = []
    for each in system.grids:
        grid = _grid(each, system, streams)
        grids.append(grid | {"first_step": steps, "steps": len(each.supply), "first_feeder": feeders})
        steps += len(each.supply)
        feeders += int(grid["feeders"])
    room.parts("grids", grids)
    room.filled("steps", [step for each in system.grids for step in each.supply])


def _grid(found: Grid, system: System, streams: StreamTables) -> dict[str, float]:
    grid: dict[str, float] = {
        "policy": POLICIES[found.policy],
        "monthly_kw": found.supply[0][1],
        "supply_kw": found.supply[0][1],
        "next_step": 1,  # the first is in force
        "speed": FULL_SPEED,
        "supply_written": NONE,
        "drawn_written": NONE,
        "speed_written": NONE,
        "every": NONE,
        "rotation": NONE,
        "feeders": 1,
    }
    if found.curtailment is not None:
        grid["every"] = streams.add("curtailment_every", found.name, found.curtailment.every)
        grid["lasting"] = streams.add("curtailment_lasting", found.name, found.curtailment.lasting)
        grid["depth"] = streams.add("depth", found.name, found.curtailment.depth)
    if found.rotation is not None:
        first_tick = _since_year_one(system) + system.first_tick
        grid["next_period"] = first_tick // found.rotation.period
        grid["unpowered_share"] = 1.0 - found.rotation.powered_share
        grid["period"] = found.rotation.period
        grid["feeders"] = found.rotation.feeders
        grid["rotation"] = streams.add("rotation", found.name)
        grid["rotation_start"] = streams.add("rotation_start", found.name)
    return grid


def _write_calendars(room: Room, system: System, kinds: LineKinds) -> None:
    calendars = room.zeros("calendars", len(system.calendars))
    stretches = [_stretches(each) for each in system.calendars]
    calendars["stretches"] = counts = ints([len(each) for each in stretches])
    calendars["first_stretch"] = counts.cumsum() - counts
    # a calendar that is open at first has its first opening behind it
    calendars["is_open"] = [is_open_at(each, system.first_tick) for each in system.calendars]
    calendars["next_change"] = calendars["is_open"]
    follows = ints([line.calendar for line in kinds.lines])[kinds.number_of]
    bounds, lines = members(follows, len(calendars))
    calendars["first_line"], calendars["lines"] = bounds[:-1], bounds[1:] - bounds[:-1]
    room.filled("calendar_lines", lines)
    table = room.zeros("stretches", int(counts.sum()))
    np.concatenate([np.zeros((0, 3), np.int64), *stretches], out=table.view(np.int64).reshape(-1, 3))


@lru_cache(maxsize=256)
def _stretches(calendar: Calendar) -> Ints:
    """Return when a calendar opens, when it closes, how long it was open before; shape (stretches, 3)."""
    opens, closes = ints(calendar.open).reshape(-1, 2).T
    ticks = closes - opens
    return np.stack([opens, closes, ticks.cumsum() - ticks], axis=1)


def _write_suppliers(
    room: Room, system: System, kinds: LineKinds, shelf_of: ShelfOf, streams: StreamTables
) -> None:
    found = system.suppliers
    first_dated, dated, deliveries = flat([each.table for each in found])
    users = [_users(kinds, each) for each in found]
    user_counts = [len(each) for each in users]
    first_user = [0, *accumulate(user_counts)]
    suppliers: list[dict[str, float]] = [
        {
            "material": each.material,
            "shelf": shelf_of[each.store, each.material],
            "first": NEVER if each.first is None else each.first,
            "has_share": each.share_of_use is not None,
            "share_of_use": each.share_of_use or 0.0,
            "first_dated": first_dated[number],
            "dated": dated[number],
            "first_user": first_user[number],
            "users": user_counts[number],
            "has_monthly": bool(each.monthly),
        }
        for number, each in enumerate(found)
    ]
    for supplier, each in zip(suppliers, found, strict=True):
        supplier["every"] = streams.add("delivery_interval", each.name, each.every)
    for supplier, each in zip(suppliers, found, strict=True):
        supplier["quantity"] = streams.add("quantity", each.name, each.quantity)
    for supplier, each in zip(suppliers, found, strict=True):
        supplier["disruption_every"] = streams.add("disruption_every", each.name, each.disruption_every)
    for supplier, each in zip(suppliers, found, strict=True):
        supplier["disruption_lasting"] = lasting = streams.add(
            "disruption_lasting", each.name, each.disruption_lasting
        )
        if lasting < 0:
            supplier["disruption_every"] = NONE
    room.parts("suppliers", suppliers)
    room.filled("dated", deliveries)
    np.concatenate([np.zeros(0, USER), *users], out=room.zeros("users", sum(user_counts)))
    room.filled("monthly", [factor for each in found for factor in each.monthly or (1.0,) * 12])


def _users(kinds: LineKinds, supplier: Supplier) -> Records:
    """Return the lines that draw what a supplier brings a share of, by the first recipe that needs it (clause 20)."""
    if supplier.share_of_use is None:
        return np.zeros(0, USER)
    needs = [
        [(*need, line.calendar, line.commissioned) for need in _need(line.recipes, supplier.material)]
        if line.from_store == supplier.store
        else []
        for line in kinds.lines
    ]
    first, counts, users = flat(needs)
    return np.array(users, USER)[ranges(first[kinds.number_of], counts[kinds.number_of])]


def _need(recipes: Sequence[LotRecipe], material: int) -> list[tuple[float, float]]:
    """Return how much of a material a lot takes, and its ticks, by the first recipe that takes any; or nothing."""
    found = [
        (float(needed), float(recipe.ticks))
        for recipe in recipes
        if (needed := sum([amount for each, amount in recipe.inputs if each == material]))
    ]
    return found[:1]


def _write_additions(room: Room, system: System, shelf_of: ShelfOf) -> None:
    rows = [
        (tick, store, material, shelf_of[store, material], amount, position)
        for store, each in enumerate(system.stores)
        for position, (tick, material, amount) in enumerate(
            (tick, holding.material, amount) for holding in each.holdings for tick, amount in holding.added
        )
    ]
    room.filled("additions", sorted(rows, key=lambda row: row[0]))


def _write_links(room: Room, system: System, shelf_of: ShelfOf, streams: StreamTables) -> None:
    found = system.links
    transits = [streams.add("transit", each.name, each.transit) for each in found]
    first_law, laws, intervals = flat(
        [
            [(tick, streams.add("departure_interval", each.name, law)) for tick, law in each.every]
            for each in found
        ]
    )
    first_cargo, cargo, materials = flat(
        [
            [
                (material, shelf_of[each.from_store, material], shelf_of.get((each.to_store, material), NONE))
                for material in each.materials
            ]
            for each in found
        ]
    )
    links: list[dict[str, float]] = [
        {
            "to_delivered": each.to_store == DELIVERED,
            "load": each.load,
            "minimum": each.minimum,
            "loads_of": each.loads_of,
            "first": NEVER if each.first is None else each.first,
            "waiting_since": NEVER,
            "transit": transits[number],
            "first_law": first_law[number],
            "laws": laws[number],
            "first_cargo": first_cargo[number],
            "cargo": cargo[number],
        }
        for number, each in enumerate(found)
    ]
    room.parts("links", links)
    room.filled("laws", intervals)
    room.filled("cargo", materials)


@lru_cache(maxsize=64)
def _months(start: date, first_tick: int, end_tick: int) -> Records:
    """Return from which tick on which month it is, 0 for January."""
    day = start + timedelta(days=first_tick // TICKS_PER_DAY)
    months: list[tuple[int, int]] = []
    while not months or (day - start).days * TICKS_PER_DAY < end_tick:
        months.append(((day - start).days * TICKS_PER_DAY, day.month - 1))
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return np.array(months, dtype=layout.STEP)


def _write_waiting(room: Room, found: Fields) -> None:
    """Write who asks, and the waiting lists, all empty, with a node for whoever may stand in one."""
    lines, recipes, shelves = found["lines"], found["recipes"], found["shelves"]
    nodes = room.zeros("nodes", 3 * len(lines) + len(recipes))
    numbers = np.arange(len(lines))
    line_of = np.concatenate([numbers, numbers, numbers, numbers.repeat(lines["recipes"])])
    nodes["line"] = line_of
    nodes["priority"] = lines["priority"][line_of]
    nodes["list"] = NONE
    lists = room.zeros("lists", 2 * len(shelves) + len(found["grids"]) + len(found["regions"]))
    lists["head"] = lists["tail"] = NONE
    lists["least"] = lists["seen"] = NEVER
    parts = max(len(lines), len(shelves), len(found["links"]), len(found["grids"]), len(found["regions"]), 1)
    room.zeros("walks", len(lists))
    room.zeros("candidates", parts)
    room.zeros("marked", MARKS * parts)
    room.zeros("mark_counts", MARKS)
    room.zeros("is_marked", MARKS * parts)
