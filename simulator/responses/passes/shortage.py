"""Which input a waiting line was first short of.

What is missing is the first input, in recipe order, of which the store has less than a lot takes. Lines that
need the same from one store share a *need*, and a need has one clock for each of its inputs: for how long
that input was the first missing. What a clock shows when a line stops waiting, less what it showed when the
line began to wait, is the time that this line was short of that input.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.jit import njit
from simulator.model.system import NONE

Ints = npt.NDArray[np.int64]
Lot = tuple[int, tuple[tuple[int, int], ...]]
"""A store, and what a lot takes from it: material, amount; in recipe order."""
LOWEST, HIGHEST = -(1 << 62), 1 << 62


class Needs(NamedTuple):
    """What lots take; by need, and by the place of an input in the recipe."""

    material: Ints
    """NONE after the last input."""
    holding: Ints
    """Where an input is kept; NONE when the store keeps none of it, so that it is always missing."""
    amount: Ints
    first: Ints
    """The place of the first input missing now; NONE for none."""
    since: Ints
    """The tick at which the clocks were set."""
    clock: Ints
    """Ticks until then."""


def needs_of(lots: Sequence[Lot], holdings: Ints) -> Needs:
    """Return what lots take, before the path begins.

    `holdings` has the number of the holding of each store and material, NONE where there is none.
    """
    shape = (len(lots), max((len(inputs) for _, inputs in lots), default=0) + 1)
    material, holding, amount = np.full((3, *shape), NONE, dtype=np.int64)
    for need, (store, inputs) in enumerate(lots):
        for place, (number, taken) in enumerate(inputs):
            material[need, place] = number
            holding[need, place] = holdings[store, number]
            amount[need, place] = taken
    first, since = np.full((2, len(lots)), NONE, dtype=np.int64)
    since[:] = 0
    return Needs(material, holding, amount, first, since, np.zeros(shape, dtype=np.int64))


def levels_of(needs: Needs, holdings: int) -> Ints:
    """Return the amounts that lots take of each holding, rising, from LOWEST to HIGHEST; shape (holdings, levels)."""
    taken: list[set[int]] = [set() for _ in range(holdings)]
    for holding, amount in zip(needs.holding.ravel().tolist(), needs.amount.ravel().tolist(), strict=True):
        if holding != NONE:
            taken[holding].add(amount)
    levels = np.full((holdings, max(map(len, taken), default=0) + 2), HIGHEST, dtype=np.int64)
    levels[:, 0] = LOWEST
    for holding, amounts in enumerate(taken):
        levels[holding, 1 : len(amounts) + 1] = sorted(amounts)
    return levels


@njit(nogil=True)
def find_shortages(
    waits: Ints, crossings: Ints, stock: Ints, need_of: Ints, needs: Needs, missing: Ints
) -> None:
    """Fill in how long each line was short of each material; `missing` has shape (lines, materials).

    `waits` are tick, line, and -1 when it begins to wait for material or 1 when it stops; `crossings` are
    tick, holding and new stock, of every change after which lots find enough or no longer enough; both by
    tick. `stock` is by holding before the first of them. `need_of` is by line, NONE for lines whose shortages
    are not asked for. What happens at one instant lasts no time, so its order does not matter.
    """
    material, holding, amount, first, since, clock = needs
    for need in range(len(first)):
        look_again(material, holding, amount, first, since, clock, stock, need, 0)
    crossed = 0
    for row in range(len(waits)):
        tick, line, side = waits[row, 0], waits[row, 1], waits[row, 2]
        need = need_of[line]
        if need == NONE:
            continue
        while crossed < len(crossings) and crossings[crossed, 0] <= tick:
            stock[crossings[crossed, 1]] = crossings[crossed, 2]
            for each in range(len(first)):
                look_again(
                    material, holding, amount, first, since, clock, stock, each, max(crossings[crossed, 0], 0)
                )
            crossed += 1
        set_clock(first, since, clock, need, tick)
        place = 0
        while material[need, place] != NONE:
            missing[line, material[need, place]] += side * clock[need, place]
            place += 1


@njit(nogil=True)
def look_again(
    material: Ints,
    holding: Ints,
    amount: Ints,
    first: Ints,
    since: Ints,
    clock: Ints,
    stock: Ints,
    need: int,
    tick: int,
) -> None:
    """Find what is from a tick on the first input missing of a need."""
    place = 0
    while holding[need, place] != NONE and stock[holding[need, place]] >= amount[need, place]:
        place += 1
    found = NONE if material[need, place] == NONE else place
    if found != first[need]:
        set_clock(first, since, clock, need, tick)
        first[need] = found


@njit(nogil=True)
def set_clock(first: Ints, since: Ints, clock: Ints, need: int, tick: int) -> None:
    """Let the clocks of a need show the time of a tick."""
    if first[need] != NONE:
        clock[need, first[need]] += tick - since[need]
    since[need] = tick
