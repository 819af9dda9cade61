"""What was made, delivered and sent off: in each week, and in the window of each claim."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.jit import njit
from simulator.responses.passes.words import Words, entity_of, kind_of, material_of
from simulator.responses.periods import TICKS_PER_WEEK


class Series(IntEnum):
    """What weekly series and claims speak of; 0 is none of it."""

    MADE = 1
    DELIVERED = 2
    DEPARTED = 3
    LOADS = 4


LAST_OF_MATERIALS = int(Series.DELIVERED)
NEVER_MET = -1


class Asked(NamedTuple):
    """What claims speak of; by claim."""

    wanted: npt.NDArray[np.bool_]
    """Whether a series counts, and of it a material or a link; shape (series, materials or links, claims)."""
    start: npt.NDArray[np.int64]
    stop: npt.NDArray[np.int64]
    """The window, in ticks, without its end."""
    at_least: npt.NDArray[np.float64]


@njit(nogil=True)
def by_week(
    words: Words,
    reported: npt.NDArray[np.int64],
    row_of: npt.NDArray[np.int64],
    series: npt.NDArray[np.int64],
    amounts: npt.NDArray[np.int64],
) -> None:
    """Add up what was made and delivered in each week.

    `reported` are numbers of rows of `words`, `row_of` is as in `Goods`, `series` by such a row; `amounts` is
    filled, shape (series, materials, weeks).
    """
    for row in reported:
        word = words[row, 1]
        what = series[row_of[kind_of(word), entity_of(word)]]
        if what <= LAST_OF_MATERIALS:
            amounts[what, material_of(word), words[row, 0] // TICKS_PER_WEEK] += words[row, 2]


@njit(nogil=True)
def reach(
    words: Words,
    reported: npt.NDArray[np.int64],
    row_of: npt.NDArray[np.int64],
    series: npt.NDArray[np.int64],
    asked: Asked,
    reached: npt.NDArray[np.int64],
    met: npt.NDArray[np.int64],
) -> None:
    """Add up what claims speak of, and find the ticks at which they were met.

    `reached` is, by claim, what there was before the window, and is left as what there was at its end; `met`
    is filled with ticks, `NEVER_MET` where there is none. A claim that was met before its window is met at
    its start.
    """
    wanted, start, stop, at_least = asked
    for claim in range(len(reached)):
        met[claim] = start[claim] if reached[claim] >= at_least[claim] else NEVER_MET
    for row in reported:
        tick, word = words[row, 0], words[row, 1]
        what = series[row_of[kind_of(word), entity_of(word)]]
        key = material_of(word) if what <= LAST_OF_MATERIALS else entity_of(word)
        for claim in range(len(reached)):
            if wanted[what, key, claim] and start[claim] <= tick < stop[claim]:
                reached[claim] += words[row, 2]
                if met[claim] == NEVER_MET and reached[claim] >= at_least[claim]:
                    met[claim] = tick
