"""When everything happens next: blocks of minima over the next tick of every slot.

A slot is one thing that can be scheduled. Sixteen slots make a block, whose earliest tick is kept one level up;
sixteen blocks make one of the next level, and so on to a single number, the earliest tick of all.
"""

import numpy as np

from simulator.engines.compiled.layout import Ints, Tables
from simulator.jit import njit
from simulator.model.system import NEVER

FAN = 16
"""Slots of a block."""


def level_sizes(slots: int) -> list[int]:
    """Return how many ticks each level has, from the slots up to one; all but the last whole blocks."""
    sizes = [_whole_blocks(slots)]
    while sizes[-1] > FAN:
        sizes.append(_whole_blocks(sizes[-1] // FAN))
    return [*sizes, 1]


def _whole_blocks(count: int) -> int:
    return -(-max(count, 1) // FAN) * FAN


def empty_calendar(slots: int) -> tuple[Ints, Ints]:
    """Return ticks at which nothing happens, and where their levels begin."""
    sizes = level_sizes(slots)
    return np.full(sum(sizes), NEVER), np.cumsum([0, *sizes[:-1]])


@njit
def schedule(t: Tables, slot: int, tick: int) -> None:
    """Have a slot happen at a tick, instead of when it would have; NEVER takes it off the calendar."""
    t.ticks[slot] = tick
    block = slot // FAN
    if not t.stale[block]:
        t.stale[block] = 1
        t.stale_blocks[t.clock[0].stale_count] = block
        t.clock[0].stale_count += 1


@njit
def earliest(t: Tables) -> int:
    """Return the earliest tick of all."""
    while t.clock[0].stale_count:
        t.clock[0].stale_count -= 1
        block = t.stale_blocks[t.clock[0].stale_count]
        t.stale[block] = 0
        _refresh(t, block)
    return t.ticks[t.levels[len(t.levels) - 1]]


@njit
def _refresh(t: Tables, block: int) -> None:
    """Carry the earliest tick of a block up, as far as it makes a difference."""
    ticks, levels = t.ticks, t.levels
    for level in range(len(levels) - 1):
        first = levels[level] + block * FAN
        low, other, third, fourth = NEVER, NEVER, NEVER, NEVER  # apart, they need not wait for each other
        for place in range(first, first + FAN, 4):
            low = min(low, ticks[place])
            other = min(other, ticks[place + 1])
            third = min(third, ticks[place + 2])
            fourth = min(fourth, ticks[place + 3])
        low = min(min(low, other), min(third, fourth))
        above = levels[level + 1] + block
        if ticks[above] == low:
            return
        ticks[above] = low
        block //= FAN


@njit
def take_due(t: Tables, now: int) -> int:
    """Take what is due at the earliest tick off the calendar; return how many slots, ascending, `due` has of it.

    Goes down from the one number at the top, level by level, to the blocks and slots with that tick. The two
    halves of `due` take turns; the slots end in the first.
    """
    due, ticks = t.due, t.ticks
    half, top = len(due) // 2, len(t.levels) - 1
    due[half * (top % 2)] = 0
    count = 1
    for level in range(top - 1, -1, -1):
        above, here, base = half * ((level + 1) % 2), half * (level % 2), t.levels[level]
        found = 0
        for place in range(above, above + count):
            first = due[place] * FAN
            for slot in range(first, first + FAN):
                due[here + found] = slot  # kept only if it is due: quicker than a branch nobody can predict
                found += int(ticks[base + slot] == now)
        count = found
    for place in range(count):
        schedule(t, due[place], NEVER)
    return count
