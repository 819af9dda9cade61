"""What is worked out once for all replications whose systems have the same outline."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from simulator.model.system import DELIVERED, NEVER, NONE
from simulator.path import GRID_KINDS, LINE_KINDS, LINK_KINDS, STORE_KINDS, SUPPLIER_KINDS, Kind
from simulator.responses import products
from simulator.responses.outline import Outline
from simulator.responses.passes.goods import CELL, Series
from simulator.responses.passes.records import Records
from simulator.responses.periods import months, week_edges

Ints = npt.NDArray[np.int64]

KINDS = max(Kind) + 1
OF_GOODS = (*LINE_KINDS[1:], *SUPPLIER_KINDS, *STORE_KINDS, *LINK_KINDS)
"""Kinds whose amounts are added up."""
ADDING, TAKING = (Kind.MADE, Kind.SUPPLIED, Kind.ADDED, Kind.RECEIVED), (Kind.USED, Kind.SHIPPED)
"""Kinds that change what stores hold."""


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Names, numbers and tables of an outline, equal to itself alone, so that finding what it has is quick."""

    outline: Outline
    outputs: list[int]
    inputs: list[int]
    exports: list[int]
    carried: list[int]
    products: list[int]
    months: tuple[str, ...]
    edges: Ints
    """Where months begin and end, in ticks, then a tick that no row reaches; shape (months + 2,)."""
    weeks: Ints
    """Where weeks begin and end, in ticks; shape (weeks + 1,)."""
    holdings: Ints
    """The number of the holding of a store and a material, -1 where none is kept; shape (stores, materials)."""
    places: tuple[tuple[int, int], ...]
    """Store and material of each holding."""
    leaving: list[int]
    """The links that leave the system."""
    entities: Ints
    """How many entities there are of a kind, without lines; by kind."""
    rows: dict[Kind, slice]
    """Where the entities of a kind, or the stores of its lines, have their sums, see `passes.goods.Goods`."""
    row_of: Ints
    """The row of the sums of an entity, without lines; shape (kinds, entities)."""
    cells: Records
    """See `Goods`; before the path begins."""
    series: Ints
    link: Ints
    """See `Goods`."""

    @property
    def without_store(self) -> int:
        """What stands for the store of a line that has none."""
        return len(self.outline.stores)


@lru_cache(maxsize=64)
def layout_of(outline: Outline) -> Layout:
    """Return the layout of an outline, one and the same for equal outlines."""
    labels, edges = months(outline)
    holdings = _holdings(outline)
    entities = _entities(outline)
    rows = _rows(outline, entities)
    return Layout(
        outline=outline,
        outputs=products.outputs(outline),
        inputs=products.inputs(outline),
        exports=products.exports(outline),
        carried=products.carried(outline),
        products=products.products(outline),
        months=tuple(labels),
        edges=np.append(edges, NEVER),
        weeks=week_edges(outline),
        holdings=holdings,
        places=tuple(
            (place, number) for place, each in enumerate(outline.stores) for number in each.materials
        ),
        leaving=[number for number, link in enumerate(outline.links) if link.to_store == DELIVERED],
        entities=entities,
        rows=rows,
        row_of=_row_of(entities, rows),
        cells=_cells(outline, holdings, rows),
        series=_series(outline, rows),
        link=_link(rows),
    )


def _holdings(outline: Outline) -> Ints:
    found = np.full((len(outline.stores), len(outline.materials)), -1, dtype=np.int64)
    count = 0
    for store, each in enumerate(outline.stores):
        for material in each.materials:
            found[store, material] = count
            count += 1
    return found


def _entities(outline: Outline) -> Ints:
    found = np.zeros(KINDS, dtype=np.int64)
    found[list(SUPPLIER_KINDS)] = len(outline.suppliers)
    found[list(STORE_KINDS)] = len(outline.stores)
    found[list(LINK_KINDS)] = len(outline.links)
    found[list(GRID_KINDS)] = len(outline.grids)
    return found


def _rows(outline: Outline, entities: Ints) -> dict[Kind, slice]:
    found, first = {}, 0
    for kind in OF_GOODS:
        count = len(outline.stores) + 1 if kind in LINE_KINDS else int(entities[kind])
        found[kind] = slice(first, first + count)
        first += count
    return found


def _row_of(entities: Ints, rows: dict[Kind, slice]) -> Ints:
    found = np.zeros((KINDS, entities.max()), dtype=np.int64)
    for kind, own in rows.items():
        if kind not in LINE_KINDS:
            found[kind, : entities[kind]] = np.arange(own.start, own.stop)
    return found


def _cells(outline: Outline, holdings: Ints, rows: dict[Kind, slice]) -> Records:
    holding = _holding(outline, holdings, rows)
    found = np.zeros(holding.shape, dtype=CELL)
    found["holding"] = holding
    found["sign"] = _sign(rows)[:, np.newaxis]
    return found


def _sign(rows: dict[Kind, slice]) -> Ints:
    found = np.zeros(max(each.stop for each in rows.values()), dtype=np.int64)
    for kind, own in rows.items():
        found[own] = (kind in ADDING) - (kind in TAKING)
    return found


def _holding(outline: Outline, holdings: Ints, rows: dict[Kind, slice]) -> Ints:
    """Return the holding that each row changes; what changes no stock changes one after the last."""
    in_no_store = int((holdings >= 0).sum())
    found = np.full(
        (max(each.stop for each in rows.values()), len(outline.materials) + 1), in_no_store, dtype=np.int64
    )
    every_store = list(range(len(outline.stores)))
    stores = {
        Kind.USED: [*every_store, NONE],
        Kind.MADE: [*every_store, NONE],
        Kind.SUPPLIED: [each.store for each in outline.suppliers],
        Kind.ADDED: every_store,
        Kind.SHIPPED: [each.from_store for each in outline.links],
        Kind.RECEIVED: [each.to_store for each in outline.links],
    }
    for kind, numbers in stores.items():
        for row, store in enumerate(numbers, start=rows[kind].start):
            if kind != Kind.RECEIVED or store != DELIVERED:
                found[row] = -1
                found[row, 1:] = -1 if store == NONE else holdings[store]
    return found


def _series(outline: Outline, rows: dict[Kind, slice]) -> Ints:
    found = np.zeros(max(each.stop for each in rows.values()), dtype=np.int64)
    found[rows[Kind.MADE]] = Series.MADE
    found[rows[Kind.DEPARTED]] = Series.DEPARTED
    found[rows[Kind.LOADS]] = Series.LOADS
    for row, link in enumerate(outline.links, start=rows[Kind.RECEIVED].start):
        found[row] = Series.DELIVERED if link.to_store == DELIVERED else 0
    return found


def _link(rows: dict[Kind, slice]) -> Ints:
    found = np.zeros(max(each.stop for each in rows.values()), dtype=np.int64)
    for kind in LINK_KINDS:
        found[rows[kind]] = np.arange(rows[kind].stop - rows[kind].start)
    return found


@lru_cache(maxsize=64)
def cuts_of(layout: Layout, more: frozenset[int]) -> Ints:
    """Return the ticks of a run at which weeks and months begin and end, with `more` as far as they lie in it."""
    cuts = np.unique(np.concatenate([layout.weeks, layout.edges[:-1], np.array([*more], dtype=np.int64)]))
    found: Ints = cuts[(cuts >= 0) & (cuts <= layout.edges[-2])]
    return found
