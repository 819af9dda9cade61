"""What was made, delivered and sent off in the window of each claim."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.jit import njit
from simulator.responses.passes.goods import LAST_OF_MATERIALS
from simulator.responses.passes.words import Words, entity_of, kind_of, material_of, row_from

Ints = npt.NDArray[np.int64]
NEVER_MET = -1


class Asked(NamedTuple):
    """What claims speak of; by claim."""

    wanted: npt.NDArray[np.bool_]
    """Whether a series counts, and of it a material or a link; shape (series, materials or links, claims)."""
    start: Ints
    stop: Ints
    """The window, in ticks, without its end."""
    at_least: npt.NDArray[np.float64]


@njit(nogil=True)
def reach(
    words: Words, cuts: Ints, kept: Ints, row_of: Ints, series: Ints, asked: Asked, reached: Ints, met: Ints
) -> None:
    """Add up what claims speak of, and find the ticks at which they were met.

    `kept` is what each series came to by each of the ticks `cuts`, among which are the starts and the stops
    of the windows as far as they lie in the run; `row_of` and `series` are as in `Goods`. `reached` is, by
    claim, what there was before the window, and is left as what there was at its end; `met` is filled with
    ticks, `NEVER_MET` where there is none. A claim that was met before its window is met at its start.
    """
    wanted, start, stop, at_least = asked
    sums = np.empty(len(cuts), dtype=np.int64)
    for claim in range(len(reached)):
        met[claim] = start[claim] if reached[claim] >= at_least[claim] else NEVER_MET
        _add_up(kept, wanted[:, :, claim], sums)
        for cut in range(len(cuts) - 1):
            if not start[claim] <= cuts[cut] < stop[claim]:
                continue
            before = reached[claim]
            reached[claim] += sums[cut + 1] - sums[cut]
            if met[claim] == NEVER_MET and reached[claim] >= at_least[claim]:
                own = wanted[:, :, claim]
                met[claim] = _tick_met(words, cuts[cut], row_of, series, own, before, at_least[claim])


@njit(nogil=True)
def _add_up(kept: Ints, wanted: npt.NDArray[np.bool_], sums: Ints) -> None:
    """Fill in what all that is wanted came to by each cut."""
    sums[:] = 0
    for what in range(wanted.shape[0]):
        for key in range(wanted.shape[1]):
            if wanted[what, key]:
                for cut in range(len(sums)):
                    sums[cut] += kept[cut, what, key]


@njit(nogil=True)
def _tick_met(
    words: Words,
    start: int,
    row_of: Ints,
    series: Ints,
    wanted: npt.NDArray[np.bool_],
    reached: int,
    at_least: float,
) -> int:
    """Return the tick, from `start` on, at which what is wanted comes to enough, given what there is before."""
    row = row_from(words, start) - 1
    while reached < at_least:
        row += 1
        word = words[row, 1]
        what = series[row_of[kind_of(word), entity_of(word)]]  # 0 of kinds that have no sums
        if wanted[what, material_of(word) if what <= LAST_OF_MATERIALS else entity_of(word)]:
            reached += words[row, 2]
    tick: int = words[row, 0]
    return tick
