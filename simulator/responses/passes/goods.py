"""The goods that rows speak of: their sums, and what stores hold."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.jit import njit
from simulator.responses.passes.words import NO_STRAY, Words, entity_of, kind_of, material_of

Ints = npt.NDArray[np.int64]


class Goods(NamedTuple):
    """Sums of amounts, and the stocks they change.

    Rows of a path are added up in rows of a table of sums, one for each entity of a kind; lines share one
    for each store.
    """

    row_of: Ints
    """The row of `sums` of an entity; shape (kinds, entities)."""
    sums: Ints
    """Amounts by material + 1; shape (rows, 1 + materials)."""
    sign: Ints
    """1 when amounts add to a stock, -1 when they take from it, else 0; by row."""
    series: Ints
    """Not 0 for rows whose rows of the path are to be reported."""
    holding: Ints
    """The holding whose stock is changed, below 0 where none is kept; shape as `sums`."""
    stock: Ints
    """By holding; the last is for what is in no store."""
    levels: Ints
    """Stocks to watch: amounts that lots take, rising, between LOWEST and HIGHEST; shape (holdings, levels)."""
    level: Ints
    """The place of the last level that a stock reaches; by holding."""


@njit(nogil=True)
def count_goods(
    words: Words,
    rows: Ints,
    cuts: Ints,
    goods: Goods,
    warm_up: Ints,
    stock_at: Ints,
    reported: Ints,
    crossings: Ints,
) -> tuple[int, int, int]:
    """Add up goods from tick 0 on, and follow what stores hold.

    `rows` are the numbers of the rows of goods. Filled in are `goods`; `warm_up`, the sums of the rows before
    tick 0; `stock_at`, the stocks before each of the ticks `cuts`, which rise from 0, shape (cuts, holdings);
    the numbers of the rows `reported` from tick 0 on; and, in order, the tick, the holding and its new stock
    whenever a stock reaches a level or falls below it, as rows of `crossings`, shape (rows, 3).

    Returns how many rows were reported, how many crossings there were, and the number of a row that moves
    what no store keeps, at which the pass stopped, else `NO_STRAY`.
    """
    row_of, sums, sign, series, holdings, stock, levels, level = goods
    cut, count, crossed = 0, 0, 0
    for row in rows:
        tick, word, amount = words[row, 0], words[row, 1], words[row, 2]
        while cut < len(cuts) and tick >= cuts[cut]:
            _cut(cut, sums, warm_up, stock, stock_at)
            count = count if cut else 0
            cut += 1
        place, column = row_of[kind_of(word), entity_of(word)], material_of(word) + 1
        if not 0 <= column < sums.shape[1] or holdings[place, column] < 0:
            return count, crossed, row
        sums[place, column] += amount
        holding = holdings[place, column]
        there = stock[holding] + sign[place] * amount
        stock[holding] = there
        at = level[holding]
        if there < levels[holding, at] or there >= levels[holding, at + 1]:
            while there < levels[holding, at]:
                at -= 1
            while there >= levels[holding, at + 1]:
                at += 1
            level[holding] = at
            crossings[crossed, 0], crossings[crossed, 1], crossings[crossed, 2] = tick, holding, there
            crossed += 1
        reported[count] = row  # the next overwrites it, unless it counts
        count += series[place] != 0
    while cut < len(cuts):
        _cut(cut, sums, warm_up, stock, stock_at)
        count = count if cut else 0
        cut += 1
    return count, crossed, NO_STRAY


@njit(nogil=True)
def _cut(cut: int, sums: Ints, warm_up: Ints, stock: Ints, stock_at: Ints) -> None:
    """Keep the stocks before a cut, and at the first the sums of the warm-up, after which they begin anew."""
    for holding in range(len(stock)):
        stock_at[cut, holding] = stock[holding]
    if cut == 0:
        for place in range(sums.shape[0]):
            for column in range(sums.shape[1]):
                warm_up[place, column] = sums[place, column]
                sums[place, column] = 0
