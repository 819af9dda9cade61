"""One pass over the rows of a path, which follows lines, stocks, shortages and power."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from simulator.jit import njit
from simulator.model.system import NONE
from simulator.path import LINK_KINDS, Kind
from simulator.responses.passes.goods import Goods, Kept, find_levels, keep
from simulator.responses.passes.power import draw
from simulator.responses.passes.records import Records
from simulator.responses.passes.shortage import look_again_at_all, read_clock
from simulator.responses.passes.states import AWAITING_MATERIAL, STATES, leave_state, turn_month
from simulator.responses.passes.words import NO_STRAY, Words, entity_of, kind_of, material_of, row_from

Ints = npt.NDArray[np.int64]
STATE, USED, UNLOADED, DRAWN = int(Kind.STATE), int(Kind.USED), int(Kind.UNLOADED), int(Kind.DRAWN)
LAST_OF_GOODS = int(max(LINK_KINDS))
"""From USED up to this kind, rows speak of amounts that are added up, but for those that are unloaded."""


@njit(nogil=True)
def follow(
    words: Words,
    entities: Ints,
    edges: Ints,
    cuts: Ints,
    lines: Records,
    ticks: Ints,
    goods: Goods,
    kept: Kept,
    needs: Records,
    inputs: Records,
    missing: Ints,
    grids: Records,
) -> int:
    """Follow a path to the end of its run.

    `entities` is how many there are by kind. Months begin and end at `edges`, in ticks, of which the last but
    one is the run's end; `cuts` rise from 0 to that end, and every edge is one. Filled in are `lines`, of
    type LINE, with their `ticks` by month, line and state; `goods` and what is `kept` of them; `needs` and
    `inputs`, of types NEED and INPUT; `missing`, for how long each line was short of each material, shape
    (lines, materials); and `grids`, of type GRID.

    Returns the number of a row that holds no state, or speaks of a kind or an entity that there is not, or
    moves what no store keeps, at which the pass stopped, else `NO_STRAY`.
    """
    row_of, cells, series, link, holdings, levels = goods
    kept_stock, kept_series, warm_up = kept
    look_again_at_all(needs, inputs, holdings, 0)
    month, row = 0, 0
    for cut in range(len(cuts)):
        until = row_from(words, cuts[cut])
        stray = _read(
            words[row:until],
            entities,
            lines,
            ticks[month],
            edges[month],
            row_of,
            cells,
            holdings,
            levels,
            needs,
            inputs,
            missing,
            grids,
        )
        if stray != NO_STRAY:
            return row + stray
        row = until
        keep(cut, cells, series, link, holdings, kept_stock, kept_series, warm_up)
        if 0 < cut < len(cuts) - 1 and cuts[cut] == edges[month + 1]:
            turn_month(lines, ticks[month], edges[month], edges[month + 1])
            month += 1
    _finish(lines, ticks[month], edges[month], needs, inputs, missing, grids, cuts[len(cuts) - 1])
    return NO_STRAY


@njit(nogil=True)
def _read(
    words: Words,
    entities: Ints,
    lines: Records,
    ticks: Ints,
    month_begun: int,
    row_of: Ints,
    cells: Records,
    holdings: Records,
    levels: Ints,
    needs: Records,
    inputs: Records,
    missing: Ints,
    grids: Records,
) -> int:
    """Read some rows of one month; return the number of one that cannot be, else `NO_STRAY`."""
    for row in range(len(words)):
        tick, word, amount = max(words[row, 0], 0), words[row, 1], words[row, 2]
        kind, entity = kind_of(word), entity_of(word)
        if kind == STATE:  # half of all rows
            if not 0 <= entity < len(lines) or not 0 <= amount < STATES:
                return row
            line = lines[entity]
            side = int(line["state"] == AWAITING_MATERIAL) - int(amount == AWAITING_MATERIAL)
            leave_state(line, ticks, entity, tick, month_begun)
            line["state"] = amount
            line["begun"] = tick
            if side and line["need"] != NONE:
                read_clock(needs, inputs, missing, line["need"], entity, side, tick)
            continue
        if kind >= len(entities) or not 0 <= entity < entities[kind]:
            return row
        if USED <= kind <= LAST_OF_GOODS and kind != UNLOADED:
            place, column = row_of[kind, entity], material_of(word) + 1
            if not 0 <= column < cells.shape[1] or cells[place, column]["holding"] < 0:
                return row
            cell = cells[place, column]
            cell["sum"] += amount
            holding = holdings[cell["holding"]]
            holding["stock"] += cell["sign"] * amount
            if not holding["above"] <= holding["stock"] < holding["below"]:
                find_levels(levels, holdings, cell["holding"])
                look_again_at_all(needs, inputs, holdings, tick)
        elif kind == DRAWN:
            draw(grids[entity], tick, amount)
    return NO_STRAY


@njit(nogil=True)
def _finish(
    lines: Records,
    ticks: Ints,
    month_begun: int,
    needs: Records,
    inputs: Records,
    missing: Ints,
    grids: Records,
    end: int,
) -> None:
    """Count what lasts to the end of a run."""
    for number in range(len(lines)):
        line = lines[number]
        leave_state(line, ticks, number, end, month_begun)
        if line["state"] == AWAITING_MATERIAL and line["need"] != NONE:
            read_clock(needs, inputs, missing, line["need"], number, 1, end)
    for grid in range(len(grids)):
        draw(grids[grid], end, 0)
