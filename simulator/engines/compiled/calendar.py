"""When everything happens next: blocks of minima over the next tick of every slot.

A slot is one thing that can be scheduled. What stands for it is its key, the tick and the slot in one number, so
that the least key is the event to carry out next (clause 2). Eight slots make a block, whose least key is kept one
level up; eight blocks make one of the next level, and so on to a single number, the least key of all.
"""

import numpy as np

from simulator.engines.compiled.layout import Ints, Tables
from simulator.errors import ModelError
from simulator.jit import njit
from simulator.model.system import NEVER

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
    if slots > MOST_SLOTS or end_tick > FAR:
        raise ModelError(
            f"{slots:,} things to schedule until tick {end_tick:,}: the compiled engine takes {MOST_SLOTS:,} until "
            f"tick {FAR:,}, some 69 years; give a smaller system or a shorter horizon, or ask for engine: reference"
        )
    sizes = level_sizes(slots)
    return np.full(sum(sizes), FAR << SLOT_BITS), np.cumsum([0, *sizes[:-1]])


@njit
def schedule(t: Tables, slot: int, tick: int) -> None:
    """Have a slot happen at a tick, instead of when it would have; NEVER takes it off the calendar."""
    t.keys[slot] = (min(tick, FAR) << SLOT_BITS) | slot
    block = slot >> FAN_BITS
    if not t.stale[block]:
        t.stale[block] = 1
        t.stale_blocks[t.clock[0].stale_count] = block
        t.clock[0].stale_count += 1


@njit
def next_event(t: Tables) -> int:
    """Return the least key of all, of which `tick_of` and `slot_of` tell what happens next."""
    while t.clock[0].stale_count:
        t.clock[0].stale_count -= 1
        block = t.stale_blocks[t.clock[0].stale_count]
        t.stale[block] = 0
        _refresh(t, block)
    return t.keys[len(t.keys) - 1]


@njit
def tick_of(key: int) -> int:
    """Return when the event of a key happens."""
    return key >> SLOT_BITS


@njit
def take(t: Tables, key: int) -> int:
    """Take the event of a key off the calendar; return its slot."""
    slot = key & SLOT_MASK
    schedule(t, slot, NEVER)
    return slot


@njit
def _refresh(t: Tables, block: int) -> None:
    """Carry the least key of a block up, as far as it makes a difference."""
    keys, levels = t.keys, t.levels
    for level in range(len(levels) - 1):
        least = _least_of_block(t, levels[level] + (block << FAN_BITS))
        above = levels[level + 1] + block
        if keys[above] == least:
            return
        keys[above] = least
        block >>= FAN_BITS


@njit
def _least_of_block(t: Tables, first: int) -> int:
    """Return the least of eight keys, by pairs, which need not wait for each other."""
    k = t.keys
    one = min(min(k[first], k[first + 1]), min(k[first + 2], k[first + 3]))
    other = min(min(k[first + 4], k[first + 5]), min(k[first + 6], k[first + 7]))
    return min(one, other)
