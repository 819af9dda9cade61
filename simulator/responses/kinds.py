"""The rows of a sample path, kind by kind."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Self, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from simulator.path import Kind, SamplePath

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
T = TypeVar("T")


def once_a_path(function: Callable[[SamplePath], T]) -> Callable[[SamplePath], T]:
    """Let a function of a path keep what it gave for as long as the path lives.

    Several responses start from the same trajectories; what is kept must not refer to the path.
    """
    kept: WeakKeyDictionary[SamplePath, T] = WeakKeyDictionary()

    @wraps(function)
    def remembered(path: SamplePath) -> T:
        if path not in kept:
            kept[path] = function(path)
        return kept[path]

    return remembered


def read_only(array: Ints) -> Ints:
    """Return the array, closed to writing: it is shared by all who ask."""
    array.flags.writeable = False
    return array


def places(chosen: Mask | slice) -> Ints | slice:
    """Return where a mask is true, or the slice: several arrays are cut by places faster than by a mask."""
    return chosen if isinstance(chosen, slice) else np.flatnonzero(chosen)


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Rows of one kind by tick, then entity, then material: four arrays of int64, shape (n,)."""

    tick: Ints
    entity: Ints
    material: Ints
    amount: Ints

    def part(self, chosen: Mask | slice) -> Self:
        """Return some of the rows: where a mask of shape (n,) is true, or a slice of them."""
        at = places(chosen)
        return type(self)(self.tick[at], self.entity[at], self.material[at], self.amount[at])

    def within(self, start: int, stop: int) -> Self:
        """Return the rows of the instants from `start` up to and without `stop`."""
        first, last = np.searchsorted(self.tick, (start, stop))
        return self.part(slice(first, last))


def rows(path: SamplePath, kind: Kind) -> Rows:
    """Return the rows of a kind, those of the warm-up among them."""
    return _by_kind(path)[kind]


def counted(path: SamplePath, kind: Kind) -> Rows:
    """Return the rows of a kind that responses count: those from tick 0 on (clause 22)."""
    return rows(path, kind).within(0, path.system.end_tick)


@once_a_path
def _by_kind(path: SamplePath) -> dict[Kind, Rows]:
    kinds = path.rows["kind"].astype(np.uint8)  # the stable sort of small numbers takes linear time
    order = np.argsort(kinds, kind="stable")
    names = ("tick", "entity", "material", "amount")
    table = Rows(*(read_only(path.rows[name][order].astype(np.int64)) for name in names))
    ends = np.cumsum(np.bincount(kinds, minlength=max(Kind) + 1))
    return {kind: table.part(slice(ends[kind - 1], ends[kind])) for kind in Kind}


def sums(index: Ints, amounts: Ints, count: int) -> Ints:
    """Return the exact sum of the amounts of each index; shape (count,)."""
    total = np.zeros(count, dtype=np.int64)
    np.add.at(total, index, amounts)
    return total


def stable_order(numbers: Ints, count: int) -> Ints:
    """Return the order that sorts whole numbers below `count`, those that are equal left as they stand."""
    return np.argsort(numbers.astype(np.min_scalar_type(max(count - 1, 0))), kind="stable")
