"""Parts of parts as flat arrays: where those of each whole begin, how many they are, and all of them."""

from collections.abc import Callable, Hashable, Sequence
from itertools import chain
from typing import TypeVar

import numpy as np

from simulator.engines.compiled.layout import Ints

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


def ints(numbers: Sequence[int] | Sequence[tuple[int, ...]]) -> Ints:
    """Return numbers, or rows of as many each, as an array."""
    return np.array(numbers, dtype=np.int64)


def flat(parts: Sequence[Sequence[T]]) -> tuple[Ints, Ints, list[T]]:
    """Return where the parts of each whole begin, how many they are, and all of them."""
    counts = ints([len(each) for each in parts])
    return counts.cumsum() - counts, counts, [*chain.from_iterable(parts)]


def shared(keys: Sequence[K], parts: Callable[[K], Sequence[T]]) -> tuple[Ints, Ints, list[T]]:
    """Return as `flat` does the parts of each key, those of keys that are equal once."""
    numbers: dict[K, int] = {}
    number_of = ints([numbers.setdefault(key, len(numbers)) for key in keys])
    first, counts, found = flat([parts(key) for key in numbers])
    return first[number_of], counts[number_of], found


def ranges(first: Ints, counts: Ints) -> Ints:
    """Return the numbers from each first one on, so many of each."""
    ends = counts.cumsum()
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(first - ends + counts, counts)


def members(group_of: Ints, groups: int) -> tuple[Ints, Ints]:
    """Return where the members of each group begin, with the end of the last, and all of them; -1 is in no group."""
    order = group_of.argsort(kind="stable")
    bounds = group_of[order].searchsorted(np.arange(groups + 1))
    return bounds - bounds[0], order[bounds[0] :]
