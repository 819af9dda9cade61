"""The goods that rows speak of: their sums, and what stores hold."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.jit import njit
from simulator.responses.passes.records import Records, record

Ints = npt.NDArray[np.int64]


class Series(IntEnum):
    """What weekly series and claims speak of; 0 is none of it."""

    MADE = 1
    DELIVERED = 2
    DEPARTED = 3
    LOADS = 4


LAST_OF_MATERIALS = int(Series.DELIVERED)
"""Series up to this one are by material, the others by link."""


CELL = record("sum holding sign")
"""The amounts of one row of sums and one material: their sum from the beginning of the path; the holding whose
stock they change, below 0 where none is kept; 1 when they add to it, -1 when they take from it, else 0."""
HOLDING = record("stock above below")
"""A stock; the last level that it reaches, the first that it does not."""


class Goods(NamedTuple):
    """Sums of amounts, and the stocks they change.

    Rows of a path are added up in rows of a table of sums, one for each entity of a kind; lines share one
    for each store.
    """

    row_of: Ints
    """The row of `cells` of an entity; shape (kinds, entities)."""
    cells: Records
    """Of type CELL, by row and material + 1; shape (rows, 1 + materials)."""
    series: Ints
    """The `Series` that a row belongs to, 0 for none."""
    link: Ints
    """The link of a row of a series by link."""
    holdings: Records
    """Of type HOLDING; the last is for what is in no store."""
    levels: Ints
    """Stocks to watch: amounts that lots take, rising, between LOWEST and HIGHEST; shape (holdings, levels)."""


class Kept(NamedTuple):
    """What was so just before certain ticks, the cuts."""

    stock: Ints
    """Shape (cuts, holdings)."""
    series: Ints
    """What a series came to by then; shape (cuts, series, materials or links)."""
    warm_up: Ints
    """All sums before the first cut; shape as `Goods.cells`."""


def kept_at(cuts: int, goods: Goods, *, links: int) -> Kept:
    """Return room for what was so at so many cuts."""
    width = max(goods.cells.shape[1] - 1, links)
    return Kept(
        np.zeros((cuts, len(goods.holdings)), dtype=np.int64),
        np.zeros((cuts, len(Series) + 1, width), dtype=np.int64),
        np.zeros(goods.cells.shape, dtype=np.int64),
    )


def holdings_before(stock: Sequence[int]) -> Records:
    """Return the holdings before the path begins, and one for what is in no store, given the stock of each."""
    holdings = np.zeros(len(stock) + 1, dtype=HOLDING)  # no levels yet: they are found at the first change
    holdings["stock"][:-1] = stock
    return holdings


@njit(nogil=True)
def find_levels(levels: Ints, holdings: Records, number: int) -> None:
    """Find the levels that the stock of a holding now lies between."""
    holding = holdings[number]
    at = 0
    while levels[number, at + 1] <= holding["stock"]:
        at += 1
    holding["above"] = levels[number, at]
    holding["below"] = levels[number, at + 1]


@njit(nogil=True)
def keep(
    cut: int,
    cells: Records,
    series: Ints,
    link: Ints,
    holdings: Records,
    kept_stock: Ints,
    kept: Ints,
    warm_up: Ints,
) -> None:
    """Keep what is so at a cut."""
    for number in range(len(holdings)):
        kept_stock[cut, number] = holdings[number]["stock"]
    for place in range(cells.shape[0]):
        what = series[place]
        for column in range(cells.shape[1]):
            if cut == 0:
                warm_up[place, column] = cells[place, column]["sum"]
            if what > LAST_OF_MATERIALS:
                kept[cut, what, link[place]] += cells[place, column]["sum"]
            elif what and column:
                kept[cut, what, column - 1] += cells[place, column]["sum"]
