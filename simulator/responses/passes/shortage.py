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
def look_again_at_all(
    material: Ints, holding: Ints, amount: Ints, first: Ints, since: Ints, clock: Ints, stock: Ints, tick: int
) -> None:
    """Find what is from a tick on the first input missing of every need, given the stock of every holding."""
    for need in range(len(first)):
        place = 0
        while holding[need, place] != NONE and stock[holding[need, place]] >= amount[need, place]:
            place += 1
        found = NONE if material[need, place] == NONE else place
        if found != first[need]:
            set_clock(first, since, clock, need, tick)
            first[need] = found


@njit(nogil=True)
def read_clock(
    first: Ints, since: Ints, clock: Ints, missing: Ints, need: int, line: int, side: int, tick: int
) -> None:
    """Take what the clocks show from what a line was short of when it begins to wait, and add it when it stops.

    `missing` is by line, and shaped as `clock` is by need; `side` is -1 at the beginning and 1 at the end.
    """
    set_clock(first, since, clock, need, tick)
    for place in range(clock.shape[1]):
        missing[line, place] += side * clock[need, place]


@njit(nogil=True)
def set_clock(first: Ints, since: Ints, clock: Ints, need: int, tick: int) -> None:
    """Let the clocks of a need show the time of a tick."""
    clock[need, max(first[need], 0)] += (first[need] != NONE) * (tick - since[need])
    since[need] = tick


def by_material(missing: Ints, need_of: Ints, needs: Needs, materials: int) -> Ints:
    """Return for how long lines were short of each material, given it by the place of an input in the recipe."""
    found = np.zeros((len(need_of), materials + 1), dtype=np.int64)  # the last for places without an input
    lines = np.flatnonzero(need_of != NONE)
    for place in range(missing.shape[1]):
        found[lines, needs.material[need_of[lines], place]] += missing[lines, place]
    return found[:, :-1]
