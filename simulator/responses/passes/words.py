"""The rows of a path as 64-bit words, and what they speak of."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from simulator.jit import njit

Ints = npt.NDArray[np.int64]
Words = Ints
"""Shape (rows, 3): tick; kind, material and entity; amount."""

NO_STRAY = -1
"""Says that no row was found that speaks of what the system has not."""


def words_of(rows: npt.NDArray[np.void]) -> Words:
    """Return rows of dtype ROW as words, without a copy where they lie one after the other."""
    return np.ascontiguousarray(rows).view(np.int64).reshape(len(rows), 3)


@njit(nogil=True)
def kind_of(word: int) -> int:
    """Return the kind that a row's second word holds."""
    return word & 0xFFFF


@njit(nogil=True)
def material_of(word: int) -> int:
    """Return the material that a row's second word holds."""
    return (word << 32) >> 48


@njit(nogil=True)
def entity_of(word: int) -> int:
    """Return the entity that a row's second word holds."""
    return word >> 32


@njit(nogil=True)
def row_from(words: Words, tick: int) -> int:
    """Return the number of the first row from a tick on."""
    low, high = 0, len(words)
    while low < high:
        middle = (low + high) // 2
        if words[middle, 0] < tick:
            low = middle + 1
        else:
            high = middle
    return low
