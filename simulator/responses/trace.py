"""What one pass over a sample path finds, kept for as long as the path lives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from simulator.errors import RunError
from simulator.model.system import NONE, System
from simulator.path import LINE_KINDS, Kind, SamplePath
from simulator.responses.kinds import once_a_path
from simulator.responses.layout import ADDING, KINDS, TAKING, Layout, cuts_of, layout_of
from simulator.responses.outline import outline_of
from simulator.responses.passes.following import follow
from simulator.responses.passes.goods import Goods, Kept, holdings_before, kept_at
from simulator.responses.passes.power import GRID
from simulator.responses.passes.records import Records
from simulator.responses.passes.shortage import Lot, inputs_of, levels_of, needs_before
from simulator.responses.passes.states import STATES, lines_before
from simulator.responses.passes.words import NO_STRAY, Words, words_of
from simulator.responses.trajectories import stray

Ints = npt.NDArray[np.int64]
FACTS = attrgetter("role", "region", "calendar", "commissioned", "lot", "from_store", "to_store")


@dataclass(frozen=True, slots=True, eq=False)
class LineFacts:
    """What the lines of a system are; arrays by line."""

    role: Ints
    region: Ints
    calendar: Ints
    commissioned: Ints
    lot: Ints
    from_store: Ints
    to_store: Ints
    makes: npt.NDArray[np.bool_]
    """Whether a line makes something."""
    final: Ints
    """The numbers of the lines that make something and whose role is final."""
    lot_ticks: Ints
    """Of the first recipe of final lines, else 0."""
    need: Ints
    """The place in `lots` of what the first recipe of a final line takes, else NONE."""
    lots: tuple[Lot, ...]
    """Each store, and what a lot takes from it, that final lines have."""


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """What happened in a path, added up from tick 0 to the end of the run."""

    layout: Layout
    facts: LineFacts
    ticks: Ints
    """The time of lines in each state by month; shape (months, lines, states)."""
    longest: Ints
    """The ticks of the longest wait of each line."""
    missing: Ints
    """Ticks that final lines were first short of a material; shape (lines, materials)."""
    grids: Records
    """Of type `passes.power.GRID`."""
    row_of: Ints
    """See `Goods`."""
    sums: Ints
    """Of all amounts from tick 0 on; shape as `Goods.cells`."""
    cuts: Ints
    """The ticks before which it was noted what was so: 0, the end, where weeks and months begin, and others."""
    kept: Kept
    """What was so before them."""
    words: Words

    @property
    def stock(self) -> Ints:
        """The stock of every holding at the end."""
        return self.kept.stock[-1, :-1]

    def stock_before(self, cut: int) -> Ints:
        """Return the stock of every holding before a tick that is a cut."""
        stock: Ints = self.kept.stock[np.searchsorted(self.cuts, cut), :-1]
        return stock

    def amounts(self, kind: Kind) -> Ints:
        """Return the sums of a kind by entity, of lines by store, and by material; shape (entities, materials)."""
        return self.sums[self.layout.rows[kind], 1:]

    def numbers(self, kind: Kind) -> Ints:
        """Return the sums of a kind by entity, of whatever material or none; shape (entities,)."""
        numbers: Ints = self.sums[self.layout.rows[kind]].sum(axis=1)
        return numbers

    def amounts_with_warm_up(self, kind: Kind) -> Ints:
        """Return what `amounts` gives and what the warm-up adds to it."""
        return self.amounts(kind) + self.kept.warm_up[self.layout.rows[kind], 1:]


_kept: WeakKeyDictionary[SamplePath, Trace] = WeakKeyDictionary()


def trace(path: SamplePath, *, cuts: Iterable[int] = ()) -> Trace:
    """Return what one pass over a path finds, cut also before some ticks from 0 to the end.

    Raises RunError when the path moves what a store does not keep, or speaks of what the system has not.
    """
    found = _kept.get(path)
    if found is None or not all(cut in found.cuts for cut in cuts):
        found = _kept[path] = _followed(path, frozenset(cuts))
    return found


@once_a_path
def layout_of_path(path: SamplePath) -> Layout:
    """Return the layout of the system of a path."""
    return layout_of(outline_of(path.system))


def _followed(path: SamplePath, more_cuts: frozenset[int]) -> Trace:
    system = path.system
    layout = layout_of_path(path)
    facts = line_facts(system)
    words = words_of(path.rows)
    lines = lines_before(facts.need)
    ticks = np.zeros((max(len(layout.months), 1), len(lines), STATES), dtype=np.int64)
    grids = np.zeros(len(system.grids), dtype=GRID)
    inputs, levels = _taken(layout, facts.lots)
    inputs = inputs.copy()
    goods = _goods(system, layout, facts, levels)
    cuts = cuts_of(layout, more_cuts)
    kept = kept_at(len(cuts), goods, links=len(system.links))
    missing = np.zeros((len(lines), len(system.materials)), dtype=np.int64)
    entities = layout.entities.copy()
    entities[list(LINE_KINDS)] = len(lines)
    needs = needs_before(facts.lots)
    wrong = follow(
        words, entities, layout.edges, cuts, lines, ticks, goods, kept, needs, inputs, missing, grids
    )
    _refuse(path, wrong)
    return Trace(
        layout,
        facts,
        ticks,
        lines["longest"].copy(),
        missing,
        grids,
        goods.row_of,
        goods.cells["sum"] - kept.warm_up,
        cuts,
        kept,
        words,
    )


@lru_cache(maxsize=64)
def _taken(layout: Layout, lots: tuple[Lot, ...]) -> tuple[Records, Ints]:
    """Return the inputs of needs and the levels of stocks, worked out once for replications with the same lots."""
    inputs = inputs_of(lots, layout.holdings)
    return inputs, levels_of(inputs, len(layout.places) + 1)


def line_facts(system: System) -> LineFacts:
    """Return what the lines of a system are."""
    lines = system.lines
    facts = np.fromiter(chain.from_iterable(map(FACTS, lines)), dtype=np.int64, count=7 * len(lines))
    role, region, calendar, commissioned, lot, from_store, to_store = np.ascontiguousarray(
        facts.reshape(-1, 7).T
    )
    finals = [role.final for role in system.roles]
    final = [number for number, line in enumerate(lines) if line.recipes and finals[line.role]]
    lot_ticks = np.zeros(len(lines), dtype=np.int64)
    need = np.full(len(lines), NONE, dtype=np.int64)
    lots: dict[Lot, int] = {}
    for number in final:
        line = lines[number]
        recipe = line.recipes[0]
        lot_ticks[number] = recipe.ticks
        need[number] = lots.setdefault((line.from_store, recipe.inputs), len(lots))
    return LineFacts(
        role,
        region,
        calendar,
        commissioned,
        lot,
        from_store,
        to_store,
        np.array([bool(line.recipes) for line in lines], dtype=bool),
        np.array(final, dtype=np.int64),
        lot_ticks,
        need,
        tuple(lots),
    )


def _goods(system: System, layout: Layout, facts: LineFacts, levels: Ints) -> Goods:
    """Return the goods before the path begins."""
    holdings = holdings_before([holding.initial for store in system.stores for holding in store.holdings])
    row_of = np.zeros((KINDS, max(layout.row_of.shape[1], len(facts.role))), dtype=np.int64)
    row_of[:, : layout.row_of.shape[1]] = layout.row_of
    for kind, store in (
        (Kind.USED, facts.from_store),
        (Kind.REJECTED, facts.to_store),
        (Kind.MADE, facts.to_store),
    ):
        own = np.where(store == NONE, layout.without_store, store)
        row_of[kind, : len(store)] = layout.rows[kind].start + own
    return Goods(row_of, layout.cells.copy(), layout.series, layout.link, holdings, levels)


def _refuse(path: SamplePath, place: int) -> None:
    """Raise RunError for a row that cannot be, given its number."""
    if place == NO_STRAY:
        return
    row = path.rows[place]
    kind, entity, material = int(row["kind"]), int(row["entity"]), int(row["material"])
    if kind in (*ADDING, *TAKING) and 0 <= material < len(path.system.materials):
        raise stray(path, Kind(kind), entity, material)
    raise RunError(
        f"row {place} of the path is no row of this system: kind {kind}, entity {entity}, "
        f"material {material}, amount {row['amount']}"
    )
