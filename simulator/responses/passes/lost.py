"""What lines would have made in the time they did not run."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from simulator.jit import njit
from simulator.responses.passes.exact import MOST_PARTS, add, rounded

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
EVERY = -1


@njit(nogil=True)
def items(ticks: Ints, chosen: Ints, lot: Ints, lot_ticks: Ints, found: Floats) -> None:
    """Fill in what chosen lines would make in some ticks, at so many items in so many ticks.

    `ticks` has any number of cases for every line, shape (cases, lines, kinds); `found` is shaped
    (kinds, cases, chosen lines).
    """
    for case in range(ticks.shape[0]):
        for place in range(len(chosen)):
            line = chosen[place]
            for kind in range(found.shape[0]):
                made = float(ticks[case, line, kind]) * float(lot[line]) / float(lot_ticks[line])
                found[kind, case, place] = made


@njit(nogil=True)
def total(numbers: Floats, kind: int, first: int, last: int, group: Ints, wanted: int) -> float:
    """Return the sum, rounded once, of the numbers of one kind, from a case up to another, and of one group.

    `numbers` has shape (kinds, cases, members), and `group` is by member; EVERY stands for all groups.
    """
    parts = np.empty(MOST_PARTS)
    count = 0
    for case in range(first, last):
        for member in range(numbers.shape[2]):
            if (group[member] == wanted or wanted == EVERY) and numbers[kind, case, member] != 0.0:
                count = add(parts, count, numbers[kind, case, member])
    return rounded(parts, count)


@njit(nogil=True)
def totals(numbers: Floats, group: Ints, every: Floats, by_group: Floats, by_case: Floats) -> None:
    """Fill in sums by kind, by group and kind, and by case and kind; `numbers` has shape (kinds, cases, members)."""
    cases = numbers.shape[1]
    for kind in range(numbers.shape[0]):
        every[kind] = total(numbers, kind, 0, cases, group, EVERY)
        for wanted in range(len(by_group)):
            by_group[wanted, kind] = total(numbers, kind, 0, cases, group, wanted)
        for case in range(cases):
            by_case[case, kind] = total(numbers, kind, case, case + 1, group, EVERY)
