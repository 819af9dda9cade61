"""What claims speak of, measured."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from simulator.errors import ModelError
from simulator.model.claims import LINK_QUANTITIES, Claim
from simulator.model.system import TICKS_PER_DAY, System
from simulator.path import SamplePath
from simulator.responses.columns import unit_of
from simulator.responses.layout import Layout
from simulator.responses.outline import Outline, outline_of
from simulator.responses.passes.goods import Series
from simulator.responses.passes.reported import NEVER_MET, Asked, reach
from simulator.responses.products import counting_as
from simulator.responses.register import Meaning
from simulator.responses.trace import layout_of_path, trace

Ints = npt.NDArray[np.int64]
SERIES = {
    "made": Series.MADE,
    "available": Series.MADE,
    "delivered": Series.DELIVERED,
    "departures": Series.DEPARTED,
    "loads": Series.LOADS,
}
"""The rows that add to a claim's quantity."""


@dataclass(frozen=True, slots=True, eq=False)
class Asking:
    """Claims as they are asked of all replications of one outline."""

    columns: tuple[str, ...]
    """Two for each claim."""
    asked: Asked
    first: tuple[int, ...]
    """The tick of 00:00 of the first day of each window."""
    available: tuple[tuple[int, int, tuple[int, ...]], ...]
    """Of each claim about what is available, its place, the start of its window, and the holdings it means."""
    cuts: frozenset[int]
    """Starts and ends of windows."""


def measure_claims(path: SamplePath, claims: Mapping[str, Claim]) -> dict[str, float]:
    """Measure what claims speak of, from 00:00 of `from` up to and without 24:00 of `by` (clause 19).

    Gives for every claim the amount there was in the window, and the days from 00:00 of the window's first
    day to the instant at which the claim was met, NaN if never. Only what lies within the run counts. Raises
    ModelError for a material or a link that the system has not.
    """
    layout = layout_of_path(path)
    asking = _asking(layout, tuple(claims.items()))
    found = trace(path, cuts=asking.cuts)
    reached, met = np.zeros((2, len(asking.first)), dtype=np.int64)
    for place, start, holdings in asking.available:
        stock = found.stock_before(min(start, path.system.end_tick))
        reached[place] = _above_floors(path.system, stock, holdings)
    reach(
        found.words,
        found.cuts,
        found.kept.series,
        found.row_of,
        layout.series,
        asking.asked,
        reached,
        met,
    )
    days = [
        math.nan if tick == NEVER_MET else (tick - first) / TICKS_PER_DAY
        for tick, first in zip(met.tolist(), asking.first, strict=True)
    ]
    numbers = [number for pair in zip(map(float, reached.tolist()), days, strict=True) for number in pair]
    return dict(zip(asking.columns, numbers, strict=True))


@lru_cache(maxsize=64)
def _asking(layout: Layout, claims: tuple[tuple[str, Claim], ...]) -> Asking:
    outline = layout.outline
    width = max(len(outline.materials), len(outline.links))
    wanted = np.zeros((len(Series) + 1, width, len(claims)), dtype=bool)
    first, start, stop = [], [], []
    available = []
    for place, (_, claim) in enumerate(claims):
        meant = _links(outline, claim) if claim.quantity in LINK_QUANTITIES else _materials(outline, claim)
        wanted[SERIES[claim.quantity], meant, place] = True
        first.append((claim.from_ - outline.start).days * TICKS_PER_DAY)
        start.append(max(first[-1], 0))
        stop.append((claim.by + timedelta(days=1) - outline.start).days * TICKS_PER_DAY)
        if claim.quantity == "available":
            holdings = tuple(each for each, (_, kept) in enumerate(layout.places) if kept in meant)
            available.append((place, start[-1], holdings))
    asked = Asked(
        wanted,
        np.array(start, dtype=np.int64),
        np.array(stop, dtype=np.int64),
        np.array([claim.at_least for _, claim in claims], dtype=np.float64),
    )
    columns = tuple(column for name, _ in claims for column in _columns(name))
    return Asking(columns, asked, tuple(first), tuple(available), frozenset(start + stop))


def _columns(name: str) -> tuple[str, str]:
    return f"claims.{name}", f"claims.{name}.met_days"


def _materials(outline: Outline, claim: Claim) -> list[int]:
    names = [material.name for material in outline.materials]
    return counting_as(outline, _numbers(claim.materials, names, "material"))


def _links(outline: Outline, claim: Claim) -> list[int]:
    return _numbers(claim.links, [link.name for link in outline.links], "link")


def _numbers(wanted: tuple[str, ...], names: list[str], what: str) -> list[int]:
    unknown = [name for name in wanted if name not in names]
    if unknown:
        there = ", ".join(names) or "none"
        raise ModelError(f"a claim speaks of {what} {unknown[0]}; the system has {there}")
    return [names.index(name) for name in wanted]


def _above_floors(system: System, stock: Ints, holdings: Sequence[int]) -> int:
    """Return what there is above the floors of some holdings."""
    floors = [holding.floor for store in system.stores for holding in store.holdings]
    return sum(max(0, int(stock[each]) - floors[each]) for each in holdings)


def claim_meanings(system: System, name: str, claim: Claim) -> dict[str, Meaning]:
    """Return the columns of a claim, with their meaning."""
    if claim.quantity in LINK_QUANTITIES:
        of, unit = " and ".join(claim.links), "vehicles" if claim.quantity == "departures" else "containers"
    else:
        materials = _materials(outline_of(system), claim)
        of = " and ".join(system.materials[number].name for number in materials)
        unit = unit_of(system, materials[0])
    what = f"{claim.quantity} of {of}"
    met = f"Days from 00:00 of {claim.from_} until {what} reached {claim.at_least:,.12g}; NaN if never"
    amount_column, met_column = _columns(name)
    return {
        amount_column: (unit, f"{what} from {claim.from_} to {claim.by}"),
        met_column: ("d", met),
    }
