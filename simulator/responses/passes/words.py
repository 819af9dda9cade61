"""The rows of a path as 64-bit words, sorted by what they speak of."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
import numpy.typing as npt

from simulator.jit import njit
from simulator.path import GRID_KINDS, Kind

Ints = npt.NDArray[np.int64]
Words = Ints
"""Shape (rows, 3): tick; kind, material and entity; amount."""

NO_STRAY = -1
"""Says that no row was found that speaks of what the system has not."""


class Theme(IntEnum):
    """What a pass reads."""

    UNREAD = 0
    """No number speaks of these rows."""
    STATES = 1
    GOODS = 2
    POWER = 3


STATES, GOODS, POWER = int(Theme.STATES), int(Theme.GOODS), int(Theme.POWER)
THEMES = np.array(
    [
        Theme.STATES
        if kind == Kind.STATE
        else Theme.POWER
        if kind == Kind.DRAWN
        else Theme.UNREAD
        if kind in (0, Kind.UNLOADED, *GRID_KINDS)
        else Theme.GOODS
        for kind in range(max(Kind) + 1)
    ],
    dtype=np.int64,
)
"""By kind."""


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


@njit(nogil=True)
def sort(
    words: Words, end: int, themes: Ints, entities: Ints, states: Ints, goods: Ints, power: Ints
) -> tuple[int, int, int, int]:
    """Sort the rows before a tick by theme.

    `themes` and `entities`, the theme and how many entities there are, are by kind. Filled in are the numbers
    of the rows of `states`, of `goods` and of `power`, which are longer than `words`. Returns how many rows
    each has, and the number of a row of a kind or an entity that there is not, at which the pass stopped, else
    `NO_STRAY`.
    """
    in_states, in_goods, in_power = 0, 0, 0
    for row in range(row_from(words, end)):
        kind, entity = kind_of(words[row, 1]), entity_of(words[row, 1])
        if kind >= len(themes) or not 0 <= entity < entities[kind]:
            return in_states, in_goods, in_power, row
        theme = themes[kind]
        # written to all three without a branch, which would be foreseen badly; the next overwrites it
        states[in_states], goods[in_goods], power[in_power] = row, row, row
        in_states += theme == STATES
        in_goods += theme == GOODS
        in_power += theme == POWER
    return in_states, in_goods, in_power, NO_STRAY
