"""The lines of a system as arrays: what they carry out, how they speed up, what they wait for."""

import math
from collections import defaultdict

import numpy as np

from simulator.engines.compiled.flat import flat, ints, members, numbered, ranges, shared
from simulator.engines.compiled.layout import FULL_SPEED, Ints, Records
from simulator.engines.compiled.room import Room
from simulator.model.system import NEVER, NONE, Calendar, Line, System

ShelfOf = dict[tuple[int, int], int]
"""The number of the shelf of a store and a material."""


def write_lines(room: Room, system: System, shelf_of: ShelfOf) -> None:
    """Write the lines, their recipes and their ramps."""
    found = system.lines
    lines = room.zeros("lines", len(found))
    lines["priority"] = [line.priority for line in found]
    lines["lot"] = [line.lot for line in found]
    lines["grid"] = [line.grid for line in found]
    lines["region"] = [line.region for line in found]
    lines["reject"] = [line.reject for line in found]
    lines["load_kw"] = [line.load_kw for line in found]
    lines["commissioned"] = commissioned = ints([line.commissioned for line in found])
    lines["failure_mean_h"] = [
        math.inf if line.breakdown is None else line.breakdown.failure_mean_h for line in found
    ]
    lines["has_work"] = [line.work is not None for line in found]
    lines["has_flow"] = [line.flow is not None for line in found]
    lines["is_commissioned"] = commissioned <= system.first_tick
    open_at_start = [*(is_open_at(each, system.first_tick) for each in system.calendars), True]
    lines["open"] = [open_at_start[line.calendar] for line in found]
    lines["since"] = system.first_tick
    lines["lot_number"] = lines["state"] = NONE
    lines["shed_at"] = NEVER
    lines["first_ramp"], lines["ramps"], ramps = shared([line.ramp for line in found], list)
    room.filled("ramps", ramps)
    lines["first_recipe"], lines["recipes"] = _write_recipes(room, found, shelf_of)
    makes = lines["recipes"] > 0
    lines["recipe"] = np.where(makes, NONE, 0)
    lines["left"] = np.where(makes, 0, NEVER * FULL_SPEED)


def _write_recipes(room: Room, lines: tuple[Line, ...], shelf_of: ShelfOf) -> tuple[Ints, Ints]:
    """Write the recipes line by line, and return where those of each line begin and how many they are.

    Lines of a plant share theirs as one object, which is looked at once.
    """
    menus = [(id(line.recipes), line.from_store, line.to_store) for line in lines]
    menu_of, _ = numbered(menus)
    different = [*dict(zip(menus, lines, strict=True)).values()]
    first, counts, lots = flat([line.recipes for line in different])
    stores = [(line.from_store, line.to_store) for line in different for _ in line.recipes]
    first_input, inputs, taken = shared(
        [(each.inputs, from_store) for each, (from_store, _) in zip(lots, stores, strict=True)],
        lambda pair: [(shelf_of[pair[1], material], material, amount) for material, amount in pair[0]],
    )
    room.filled("inputs", taken)
    counts_of = counts[menu_of]
    place = ranges(first[menu_of], counts_of)
    recipes = room.zeros("recipes", len(place))
    recipes["ticks"] = ints([min(each.ticks, NEVER) for each in lots])[place]
    recipes["load_kw"] = ints([each.load_kw for each in lots])[place]
    recipes["output"] = ints([each.output for each in lots])[place]
    output_shelves = [shelf_of[to, each.output] for each, (_, to) in zip(lots, stores, strict=True)]
    recipes["output_shelf"] = ints(output_shelves)[place]
    recipes["first_input"], recipes["inputs"] = first_input[place], inputs[place]
    return counts_of.cumsum() - counts_of, counts_of


def write_feeders(room: Room, system: System, lines: Records, grids: Records) -> None:
    """Number the feeders grid by grid, and tell lines theirs."""
    feeders = room.zeros("feeders", int(grids["feeders"].sum()))
    first = [*grids["first_feeder"].tolist(), 0]
    feeder_of = ints([NONE if line.grid < 0 else first[line.grid] + line.feeder for line in system.lines])
    lines["feeder"] = feeder_of
    feeders["first_line"], feeders["lines"], feeder_lines = members(feeder_of, len(feeders))
    room.filled("feeder_lines", feeder_lines)
    bounds = np.append(feeders["first_line"], len(feeder_lines))
    grids["first_line"] = bounds[grids["first_feeder"]]
    grids["lines"] = bounds[grids["first_feeder"] + grids["feeders"]] - grids["first_line"]


def write_commissionings(room: Room, system: System) -> None:
    """Write the plants that start during the run, by tick."""
    waiting: dict[int, list[int]] = defaultdict(list)
    for number, line in enumerate(system.lines):
        if line.commissioned > system.first_tick:
            waiting[line.plant].append(number)
    plants = sorted(waiting.values(), key=lambda lines: system.lines[lines[0]].commissioned)
    commissionings = room.zeros("commissionings", len(plants))
    commissionings["tick"] = [system.lines[lines[0]].commissioned for lines in plants]
    commissionings["first_line"], commissionings["lines"], lines = flat(plants)
    room.filled("commissioned_lines", lines)


def is_open_at(calendar: Calendar, tick: int) -> bool:
    """Return whether a calendar is open when a run begins at a tick."""
    return bool(calendar.open) and calendar.open[0][0] <= tick
