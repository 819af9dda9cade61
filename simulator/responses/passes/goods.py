"""The goods that rows speak of: their sums, and what stores hold."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.jit import njit

Ints = npt.NDArray[np.int64]


class Series(IntEnum):
    """What weekly series and claims speak of; 0 is none of it."""

    MADE = 1
    DELIVERED = 2
    DEPARTED = 3
    LOADS = 4


LAST_OF_MATERIALS = int(Series.DELIVERED)
"""Series up to this one are by material, the others by link."""


class Goods(NamedTuple):
    """Sums of amounts, and the stocks they change.

    Rows of a path are added up in rows of a table of sums, one for each entity of a kind; lines share one
    for each store.
    """

    row_of: Ints
    """The row of `sums` of an entity; shape (kinds, entities)."""
    sums: Ints
    """Amounts by material + 1, from the beginning of the path; shape (rows, 1 + materials)."""
    sign: Ints
    """1 when amounts add to a stock, -1 when they take from it, else 0; by row."""
    series: Ints
    """The `Series` that a row belongs to, 0 for none."""
    link: Ints
    """The link of a row of a series by link."""
    holding: Ints
    """The holding whose stock is changed, below 0 where none is kept; shape as `sums`."""
    stock: Ints
    """By holding; the last is for what is in no store."""
    levels: Ints
    """Stocks to watch: amounts that lots take, rising, between LOWEST and HIGHEST; shape (holdings, levels)."""
    between: Ints
    """The last level that a stock reaches, the first that it does not; shape (holdings, 2)."""


class Kept(NamedTuple):
    """What was so just before certain ticks, the cuts."""

    stock: Ints
    """Shape (cuts, holdings)."""
    series: Ints
    """What a series came to by then; shape (cuts, series, materials or links)."""
    warm_up: Ints
    """All sums before the first cut; shape as `Goods.sums`."""


def kept_at(cuts: int, goods: Goods, *, links: int) -> Kept:
    """Return room for what was so at so many cuts."""
    width = max(goods.sums.shape[1] - 1, links)
    return Kept(
        np.zeros((cuts, len(goods.stock)), dtype=np.int64),
        np.zeros((cuts, len(Series) + 1, width), dtype=np.int64),
        np.zeros_like(goods.sums),
    )


@njit(nogil=True)
def find_levels(levels: Ints, between: Ints, holding: int, stock: int) -> None:
    """Find the levels that the stock of a holding now lies between."""
    at = 0
    while levels[holding, at + 1] <= stock:
        at += 1
    between[holding, 0], between[holding, 1] = levels[holding, at], levels[holding, at + 1]


@njit(nogil=True)
def keep(
    cut: int, sums: Ints, series: Ints, link: Ints, stock: Ints, kept_stock: Ints, kept: Ints, warm_up: Ints
) -> None:
    """Keep what is so at a cut."""
    for holding in range(len(stock)):
        kept_stock[cut, holding] = stock[holding]
    for place in range(sums.shape[0]):
        what = series[place]
        for column in range(sums.shape[1]):
            if cut == 0:
                warm_up[place, column] = sums[place, column]
            if what > LAST_OF_MATERIALS:
                kept[cut, what, link[place]] += sums[place, column]
            elif what and column:
                kept[cut, what, column - 1] += sums[place, column]
