"""Where two sample paths part: the first row that differs, in words."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

import numpy as np
import numpy.typing as npt

from simulator.model.system import NONE, State
from simulator.path import GRID_KINDS, Kind, SamplePath

NOTHING = "nothing more"
"""What a path has where it has ended."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The first thing that differs between two paths; `first` and `second` say it of each of them, in words."""

    place: int | None
    """The number of the row, from 0; None when rows are equal and bound events are not."""
    first: str
    second: str

    def told(self, first: str, second: str) -> str:
        """Return the difference in a line, the paths having these names."""
        where = "in bound events" if self.place is None else f"at row {self.place:,}"
        return f"{where}: {first} has {self.first}; {second} has {self.second}"


def first_difference(first: SamplePath, second: SamplePath) -> Difference | None:
    """Return the first row that differs between two paths of one system, or the bound events.

    None when the rows are equal byte for byte, and bound events are.
    """
    if first.tobytes() != second.tobytes():
        place = _parting(first.rows, second.rows)
        return Difference(place, in_words(first, place), in_words(second, place))
    if first.bound_events != second.bound_events:
        return Difference(None, f"{first.bound_events:,}", f"{second.bound_events:,}")
    return None


def in_words(path: SamplePath, place: int) -> str:
    """Return a row of a path in words: time, kind, entity, material, amount or state.

    What has no name in the system, as a faulty engine may write it, is told as a number.
    """
    if place >= len(path.rows):
        return NOTHING
    row = path.rows[place]
    tick, number, entity, amount = (int(row[name]) for name in ("tick", "kind", "entity", "amount"))
    when = datetime.combine(path.system.start, time()) + timedelta(milliseconds=tick)
    if number not in list(Kind):
        return f"{when}, kind {number}, entity {entity}: {amount:,}"
    kind = Kind(number)
    try:
        who = path.entity_name(kind, entity) if entity >= 0 else f"entity {entity}"
    except IndexError:
        who = f"entity {entity}"
    return f"{when}, {kind.name.lower()}, {who}: {_what(path, kind, int(row['material']), amount)}"


def _what(path: SamplePath, kind: Kind, material: int, amount: int) -> str:
    if kind is Kind.STATE:
        return State(amount).name.lower() if amount in list(State) else f"state {amount}"
    materials = path.system.materials
    if 0 <= material < len(materials):
        return f"{amount:,} {materials[material].unit} of {materials[material].name}"
    if material != NONE:
        return f"{amount:,} of material {material}"
    return f"{amount:,} thousandths" if kind is Kind.SPEED else f"{amount:,}{' kW' * (kind in GRID_KINDS)}"


def _parting(first: npt.NDArray[np.void], second: npt.NDArray[np.void]) -> int:
    """Return the number of the first row that differs, or of the first that only one of them has."""
    shared = min(len(first), len(second))
    differs = np.flatnonzero(first[:shared] != second[:shared])
    return int(differs[0]) if len(differs) else shared
