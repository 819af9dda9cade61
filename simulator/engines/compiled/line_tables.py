"""The lines of a system as arrays: what they carry out, how they speed up, what they wait for."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from simulator.engines.compiled.bars import AWAITING_MATERIAL, NOT_COMMISSIONED, OFF_SHIFT, READY
from simulator.engines.compiled.flat import flat, ints, members, ranges, shared
from simulator.engines.compiled.layout import FULL_SPEED, LINE, Ints, Records
from simulator.engines.compiled.room import Room
from simulator.model.system import NEVER, NONE, Calendar, Line, System

ShelfOf = dict[tuple[int, int], int]
"""The number of the shelf of a store and a material."""


@dataclass(frozen=True, slots=True)
class LineKinds:
    """The lines of a system by kind: those of one kind differ in name, plant and feeder alone."""

    of: list[int]
    """The kind of each line."""
    number_of: Ints
    """The same, as an array."""
    lines: list[Line]
    """One line of each kind."""

    @classmethod
    def among(cls, lines: Sequence[Line]) -> Self:
        """Return the kinds of lines; parts that are one object are told apart by it, which is quicker."""
        keys = [
            (
                id(line.recipes),
                line.commissioned,
                line.region,
                line.grid,
                line.calendar,
                line.priority,
                line.lot,
                line.load_kw,
                line.reject,
                line.from_store,
                line.to_store,
                id(line.work),
                id(line.flow),
                id(line.breakdown),
                id(line.ramp),
            )
            for line in lines
        ]
        numbers: dict[tuple[float, ...], int] = {}
        found = [numbers.setdefault(key, len(numbers)) for key in keys]
        return cls(found, ints(found), [*dict(zip(found, lines, strict=True)).values()])


def write_lines(room: Room, system: System, kinds: LineKinds, shelf_of: ShelfOf) -> None:
    """Write the lines, their recipes and their ramps."""
    found = kinds.lines
    models = np.zeros(len(found), LINE)
    for name in ("priority", "lot", "grid", "region", "reject", "load_kw", "commissioned"):
        models[name] = [getattr(line, name) for line in found]
    models["failure_mean_h"] = [
        math.inf if line.breakdown is None else line.breakdown.failure_mean_h for line in found
    ]
    models["has_work"] = [line.work is not None for line in found]
    models["has_flow"] = [line.flow is not None for line in found]
    open_at_start = [*(is_open_at(each, system.first_tick) for each in system.calendars), True]
    bars = [
        READY
        | NOT_COMMISSIONED * (line.commissioned > system.first_tick)
        | OFF_SHIFT * (not open_at_start[line.calendar])
        | AWAITING_MATERIAL * bool(line.recipes)
        for line in found
    ]
    models["since"] = system.first_tick
    models["lot_number"] = NONE
    models["shed_at"] = NEVER
    models["recipe"] = [NONE if line.recipes else 0 for line in found]
    models["left"] = [0 if line.recipes else NEVER * FULL_SPEED for line in found]
    models["first_ramp"], models["ramps"], ramps = shared([line.ramp for line in found], list)
    room.filled("ramps", ramps)
    lines = room.zeros("lines", len(kinds.of))
    whole = f"V{LINE.itemsize}"  # a record as one value is copied at once
    lines.view(whole)[:] = models.view(whole)[kinds.number_of]
    room.filled("bars", ints(bars)[kinds.number_of])
    room.filled("states", np.full(len(kinds.of), NONE))
    lines["first_recipe"], lines["recipes"] = _write_recipes(room, kinds, shelf_of)


def _write_recipes(room: Room, kinds: LineKinds, shelf_of: ShelfOf) -> tuple[Ints, Ints]:
    """Write the recipes line by line, and return where those of each line begin and how many they are."""
    first, counts, lots = flat([line.recipes for line in kinds.lines])
    stores = [(line.from_store, line.to_store) for line in kinds.lines for _ in line.recipes]
    first_input, inputs, taken = shared(
        [(each.inputs, from_store) for each, (from_store, _) in zip(lots, stores, strict=True)],
        lambda pair: [(shelf_of[pair[1], material], material, amount) for material, amount in pair[0]],
    )
    room.filled("inputs", taken)
    counts_of = counts[kinds.number_of]
    place = ranges(first[kinds.number_of], counts_of)
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
    bounds, feeder_lines = members(feeder_of, len(feeders))
    feeders["first_line"], feeders["lines"] = bounds[:-1], bounds[1:] - bounds[:-1]
    room.filled("feeder_lines", feeder_lines)
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
