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
def totals(numbers: Floats, group: Ints, every: Floats, by_group: Floats, by_case: Floats) -> None:
    """Fill in sums by kind, by group and kind, and by case and kind, each rounded once.

    `numbers` has shape (kinds, cases, members), and `group` is by member.
    """
    of_case, of_all = np.empty((2, MOST_PARTS))
    of_group = np.empty((len(by_group), MOST_PARTS))
    counts = np.empty(len(by_group), dtype=np.int64)
    for kind in range(numbers.shape[0]):
        counts[:] = 0
        count_of_all = 0
        for case in range(numbers.shape[1]):
            count = 0
            for member in range(numbers.shape[2]):
                number, own = numbers[kind, case, member], group[member]
                if number != 0.0:
                    count = add(of_case, count, number)
                    counts[own] = add(of_group[own], counts[own], number)
            by_case[case, kind] = rounded(of_case, count)
            for part in range(count):
                count_of_all = add(of_all, count_of_all, of_case[part])
        every[kind] = rounded(of_all, count_of_all)
        for each in range(len(by_group)):
            by_group[each, kind] = rounded(of_group[each], counts[each])
