"""One pass over the rows of a path, which follows lines, stocks, shortages and power."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from simulator.jit import njit
from simulator.model.system import NONE
from simulator.responses.passes.goods import Goods, Kept, find_levels, keep
from simulator.responses.passes.power import Grids, draw
from simulator.responses.passes.shortage import Needs, look_again_at_all, read_clock
from simulator.responses.passes.states import AWAITING_MATERIAL, STATES, Lines, leave_state, turn_month
from simulator.responses.passes.words import (
    NO_STRAY,
    Theme,
    Words,
    entity_of,
    kind_of,
    material_of,
    row_from,
)

Ints = npt.NDArray[np.int64]
OF_STATES, OF_GOODS, OF_POWER = int(Theme.STATES), int(Theme.GOODS), int(Theme.POWER)


@njit(nogil=True)
def follow(
    words: Words,
    themes: Ints,
    entities: Ints,
    edges: Ints,
    cuts: Ints,
    lines: Lines,
    goods: Goods,
    kept: Kept,
    needs: Needs,
    need_of: Ints,
    missing: Ints,
    grids: Grids,
) -> int:
    """Follow a path to the end of its run.

    `themes` and `entities`, the theme and how many entities there are, are by kind. Months begin and end at
    `edges`, in ticks, of which the last but one is the run's end; `cuts` rise from 0 to that end, and every
    edge is one. `need_of` is by line, NONE for lines whose shortages are not asked for. Filled in are
    `lines`, `goods`, `kept`, `grids`, and `missing`, for how long each line was short of each input of its
    need, shape (lines, inputs).

    Returns the number of a row that holds no state, or speaks of a kind or an entity that there is not, or
    moves what no store keeps, at which the pass stopped, else `NO_STRAY`.
    """
    state, begun, longest, ticks = lines
    row_of, sums, sign, series, link, holdings, stock, levels, between = goods
    kept_stock, kept_series, warm_up = kept
    material, holding_of, amount_of, first, since, clock = needs
    drawn_kw, drawn_since, kwh, rest = grids
    look_again_at_all(material, holding_of, amount_of, first, since, clock, stock, 0)
    month, month_begun, row = 0, 0, 0
    for cut in range(len(cuts)):
        until = row_from(words, cuts[cut])
        while row < until:
            tick, word, amount = max(words[row, 0], 0), words[row, 1], words[row, 2]
            kind, entity = kind_of(word), entity_of(word)
            if kind >= len(themes) or not 0 <= entity < entities[kind]:
                return row
            theme = themes[kind]
            if theme == OF_STATES:
                if not 0 <= amount < STATES:
                    return row
                side = int(state[entity] == AWAITING_MATERIAL) - int(amount == AWAITING_MATERIAL)
                leave_state(state, begun, longest, ticks, entity, tick, month, month_begun)
                state[entity], begun[entity] = amount, tick
                if side and need_of[entity] != NONE:
                    read_clock(first, since, clock, missing, need_of[entity], entity, side, tick)
            elif theme == OF_GOODS:
                place, column = row_of[kind, entity], material_of(word) + 1
                if not 0 <= column < sums.shape[1] or holdings[place, column] < 0:
                    return row
                sums[place, column] += amount
                holding = holdings[place, column]
                there = stock[holding] + sign[place] * amount
                stock[holding] = there
                if not between[holding, 0] <= there < between[holding, 1]:
                    find_levels(levels, between, holding, there)
                    look_again_at_all(material, holding_of, amount_of, first, since, clock, stock, tick)
            elif theme == OF_POWER:
                draw(drawn_kw, drawn_since, kwh, rest, entity, tick, amount)
            row += 1
        keep(cut, sums, series, link, stock, kept_stock, kept_series, warm_up)
        if 0 < cut < len(cuts) - 1 and cuts[cut] == edges[month + 1]:
            turn_month(state, begun, ticks, edges, month)
            month, month_begun = month + 1, cuts[cut]
    _finish(lines, needs, need_of, missing, grids, cuts[len(cuts) - 1], month, month_begun)
    return NO_STRAY


@njit(nogil=True)
def _finish(
    lines: Lines,
    needs: Needs,
    need_of: Ints,
    missing: Ints,
    grids: Grids,
    end: int,
    month: int,
    month_begun: int,
) -> None:
    """Count what lasts to the end of a run."""
    state, begun, longest, ticks = lines
    drawn_kw, drawn_since, kwh, rest = grids
    for line in range(len(state)):
        leave_state(state, begun, longest, ticks, line, end, month, month_begun)
        if state[line] == AWAITING_MATERIAL and need_of[line] != NONE:
            read_clock(needs.first, needs.since, needs.clock, missing, need_of[line], line, 1, end)
    for grid in range(len(drawn_kw)):
        draw(drawn_kw, drawn_since, kwh, rest, grid, end, 0)
