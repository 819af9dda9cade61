"""When everything happens next: blocks of minima over the next tick of every slot.

A slot is one thing that can be scheduled. What stands for it is its key, the tick and the slot in one number, so
that the least key is the event to carry out next (clause 2). Eight slots make a block, whose least key is kept one
level up; eight blocks make one of the next level, and so on to a single number, the least key of all.
"""

from itertools import pairwise

import numpy as np

from simulator.engines.compiled.layout import Ints, Tables
from simulator.errors import ModelError
from simulator.jit import njit
from simulator.model.system import TICKS_PER_DAY

FAN_BITS = 3
FAN = 1 << FAN_BITS
"""Slots of a block: as many as a line of a processor's cache holds."""
SLOT_BITS = 22
MOST_SLOTS = 1 << SLOT_BITS
SLOT_MASK = MOST_SLOTS - 1
FAR = (1 << 63 - SLOT_BITS) - 1
"""The last tick that a key can hold, after 69 years; what comes later comes never."""


def level_sizes(slots: int) -> list[int]:
    """Return how many keys each level has, from the slots up to one; all but the last whole blocks."""
    sizes = [_whole_blocks(slots)]
    while sizes[-1] > FAN:
        sizes.append(_whole_blocks(sizes[-1] // FAN))
    return [*sizes, 1]


def _whole_blocks(count: int) -> int:
    return -(-max(count, 1) // FAN) * FAN


def empty_calendar(slots: int, end_tick: int) -> tuple[Ints, Ints]:
    """Return keys at which nothing happens, and where their levels begin.

    Raises ModelError when there are more slots than a key can name, or when the run ends later than it can say.
    """
    if slots > MOST_SLOTS:
        raise ModelError(
            f"there are {slots:,} things to schedule, and the compiled engine takes {MOST_SLOTS:,}; give a smaller "
            "system, or take the reference engine (--engine reference)"
        )
    if end_tick > FAR:
        raise ModelError(
            f"the run ends after {-(-end_tick // TICKS_PER_DAY):,} days, and the compiled engine takes "
            f"{FAR // TICKS_PER_DAY:,}, some 69 years; give a shorter horizon, or take the reference engine "
            "(--engine reference)"
        )
    sizes = level_sizes(slots)
    return np.full(sum(sizes), FAR << SLOT_BITS), np.cumsum([0, *sizes[:-1]])


def carry_up(keys: Ints, levels: Ints) -> None:
    """Have every level say the least keys of the one below."""
    for below, level in pairwise(levels):
        least = keys[below:level].reshape(-1, FAN).min(axis=1)
        keys[level : level + len(least)] = least


@njit
def schedule(t: Tables, slot: int, tick: int) -> None:
    """Have a slot happen at a tick, instead of when it would have; NEVER takes it off the calendar."""
    key = (min(tick, FAR) << SLOT_BITS) | slot
    before = t.keys[slot]
    t.keys[slot] = key
    if key < before:
        _bring_forward(t, slot, key)
    elif key > before:
        _put_off(t, slot, before)


@njit
def next_event(t: Tables) -> int:
    """Return the least key of all, of which `tick_of` and `slot_of` tell what happens next."""
    return t.keys[len(t.keys) - 1]


@njit
def tick_of(key: int) -> int:
    """Return when the event of a key happens."""
    return key >> SLOT_BITS


@njit
def take(t: Tables, key: int) -> int:
    """Take the event of a key off the calendar; return its slot."""
    slot = key & SLOT_MASK
    t.keys[slot] = (FAR << SLOT_BITS) | slot
    _put_off(t, slot, key)
    return slot


@njit
def _bring_forward(t: Tables, slot: int, key: int) -> None:
    """Carry the key of a slot, which is less than before, up as far as it is the least."""
    keys, levels = t.keys, t.levels
    place = slot
    for level in range(1, len(levels)):
        place >>= FAN_BITS
        above = levels[level] + place
        if keys[above] <= key:
            return
        keys[above] = key


@njit
def _put_off(t: Tables, slot: int, before: int) -> None:
    """Carry the least keys of the blocks of a slot up, as far as that was its own key before."""
    keys, levels = t.keys, t.levels
    place = slot
    for level in range(1, len(levels)):
        place >>= FAN_BITS
        above = levels[level] + place
        if keys[above] != before:
            return
        keys[above] = _least_of_block(t, levels[level - 1] + (place << FAN_BITS))


@njit
def _least_of_block(t: Tables, first: int) -> int:
    """Return the least of eight keys, by pairs, which need not wait for each other."""
    k = t.keys
    one = min(min(k[first], k[first + 1]), min(k[first + 2], k[first + 3]))
    other = min(min(k[first + 4], k[first + 5]), min(k[first + 6], k[first + 7]))
    return min(one, other)
