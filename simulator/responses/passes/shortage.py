"""Which input a waiting line was first short of.

What is missing is the first input, in recipe order, of which the store has less than a lot takes. Lines that
need the same from one store share a *need*, and a need has one clock for each of its inputs: for how long
that input was the first missing. What a clock shows when a line stops waiting, less what it showed when the
line began to wait, is the time that this line was short of that input.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from simulator.jit import njit
from simulator.model.system import NONE
from simulator.responses.passes.records import Records, record

Ints = npt.NDArray[np.int64]
Lot = tuple[int, tuple[tuple[int, int], ...]]
"""A store, and what a lot takes from it: material, amount; in recipe order."""
LOWEST, HIGHEST = -(1 << 62), 1 << 62


NEED = record("first since")
"""A need: the place of the first input missing now, NONE for none; the tick at which the clocks were set."""
INPUT = record("material holding amount clock")
"""An input of a need: its material, NONE after the last input; where it is kept, NONE when the store keeps none
of it, so that it is always missing; what a lot takes; what the clock shows, in ticks."""


def needs_before(lots: Sequence[Lot]) -> Records:
    """Return the needs before the path begins, of type NEED."""
    needs = np.zeros(len(lots), dtype=NEED)
    needs["first"] = NONE
    return needs


def inputs_of(lots: Sequence[Lot], holdings: Ints) -> Records:
    """Return the inputs of needs before the path begins, of type INPUT, by need and by place in the recipe.

    `holdings` has the number of the holding of each store and material, NONE where there is none.
    """
    none = (NONE, NONE, NONE, 0)
    most = max((len(inputs) for _, inputs in lots), default=0) + 1
    found = np.full((len(lots), most), np.array(none, dtype=INPUT))
    for need, (store, inputs) in enumerate(lots):
        for place, (material, amount) in enumerate(inputs):
            found[need, place] = (material, holdings[store, material], amount, 0)
    return found


def levels_of(inputs: Records, holdings: int) -> Ints:
    """Return the amounts that lots take of each holding, rising, from LOWEST to HIGHEST; shape (holdings, levels)."""
    taken: list[set[int]] = [set() for _ in range(holdings)]
    for holding, amount in zip(
        inputs["holding"].ravel().tolist(), inputs["amount"].ravel().tolist(), strict=True
    ):
        if holding != NONE:
            taken[holding].add(amount)
    levels = np.full((holdings, max(map(len, taken), default=0) + 2), HIGHEST, dtype=np.int64)
    levels[:, 0] = LOWEST
    for holding, amounts in enumerate(taken):
        levels[holding, 1 : len(amounts) + 1] = sorted(amounts)
    return levels


@njit(nogil=True)
def look_again_at_all(needs: Records, inputs: Records, holdings: Records, tick: int) -> None:
    """Find what is from a tick on the first input missing of every need, given the stock of every holding."""
    for need in range(len(needs)):
        place = 0
        while _is_there(inputs[need, place], holdings):
            place += 1
        found = NONE if inputs[need, place]["material"] == NONE else place
        if found != needs[need]["first"]:
            set_clock(needs, inputs, need, tick)
            needs[need]["first"] = found


@njit(nogil=True)
def _is_there(wanted: Any, holdings: Records) -> bool:
    """Return whether the store has what a lot takes of an input."""
    there: bool = wanted["holding"] != NONE and holdings[wanted["holding"]]["stock"] >= wanted["amount"]
    return there


@njit(nogil=True)
def read_clock(
    needs: Records, inputs: Records, missing: Ints, need: int, line: int, side: int, tick: int
) -> None:
    """Take what the clocks show from what a line was short of when it begins to wait, and add it when it stops.

    `missing` is by line and material; `side` is -1 at the beginning and 1 at the end.
    """
    set_clock(needs, inputs, need, tick)
    for place in range(inputs.shape[1] - 1):
        if inputs[need, place]["material"] != NONE:
            missing[line, inputs[need, place]["material"]] += side * inputs[need, place]["clock"]


@njit(nogil=True)
def set_clock(needs: Records, inputs: Records, number: int, tick: int) -> None:
    """Let the clocks of a need show the time of a tick."""
    need = needs[number]
    inputs[number, max(need["first"], 0)]["clock"] += (need["first"] != NONE) * (tick - need["since"])
    need["since"] = tick
