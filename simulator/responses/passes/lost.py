"""What lines would have made in the time they did not run."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from simulator.jit import njit
from simulator.responses.passes.exact import MOST_PARTS, add, rounded

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


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
def total(numbers: Floats, group: Ints, wanted: int) -> float:
    """Return the sum, rounded once, of the numbers of one group; shape (cases, members), group by member."""
    parts = np.empty(MOST_PARTS)
    count = 0
    for case in range(numbers.shape[0]):
        for member in range(numbers.shape[1]):
            if group[member] == wanted and numbers[case, member] != 0.0:
                count = add(parts, count, numbers[case, member])
    return rounded(parts, count)


@njit(nogil=True)
def totals(numbers: Floats, group: Ints, found: Floats) -> None:
    """Fill in the sum of the numbers of every kind in every group; shapes (kinds, cases, members), (groups, kinds)."""
    for which in range(found.shape[0]):
        for kind in range(found.shape[1]):
            found[which, kind] = total(numbers[kind], group, which)


@njit(nogil=True)
def totals_by_case(numbers: Floats, found: Floats) -> None:
    """Fill in the sum of the numbers of every kind in every case; shapes (kinds, cases, members), (cases, kinds)."""
    all_alike = np.zeros(numbers.shape[2], dtype=np.int64)
    for case in range(found.shape[0]):
        for kind in range(found.shape[1]):
            found[case, kind] = total(numbers[kind, case : case + 1], all_alike, 0)
