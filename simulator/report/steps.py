"""The steps in which a person chooses a range of a column: round numbers, or the values that it takes."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from simulator.analysis.intervals import Floats

MOST: Final = 60
"""Steps at the most; a code of one byte has room for 127."""
TAIL: Final = 0.005
"""So much of the values at each end may share a step, where they lie far out."""
FAR: Final = 1.5
"""A tail lies far out when all values take more than so many times the room of those between the tails."""
ABSENT: Final = 255
"""The code of a value that is not there."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Rising numbers of which two are the ends of a range."""

    values: tuple[float, ...]
    labels: tuple[str, ...]
    """As a person would write them, without unit."""
    whole: bool
    """Whether they are all the values that there are; else they are edges, with values between them."""

    @property
    def ends(self) -> tuple[str, str]:
        """What to write at both ends of a picture; of a step that is wider than the others both its edges."""
        low, high = self.labels[0], self.labels[-1]
        if self.whole or len(self.values) < 4:
            return low, high
        gaps = np.diff(self.values)
        usual = FAR * float(np.median(gaps))
        return (
            f"{low} to {self.labels[1]}" if gaps[0] > usual else low,
            f"{self.labels[-2]} to {high}" if gaps[-1] > usual else high,
        )

    def codes(self, values: Floats) -> npt.NDArray[np.uint8]:
        """Return where each value lies, shape (n,): 2 k on the number k, 2 k + 1 between it and the next, 255 for NaN.

        So `values[low] <= value <= values[high]` just where `2 low <= code <= 2 high`.
        """
        edges = np.array(self.values)
        there = ~np.isnan(values)
        place = np.minimum(np.searchsorted(edges, values, side="left"), len(edges) - 1)
        codes = np.where(edges[place] == values, 2 * place, 2 * place - 1)
        return np.where(there, codes, ABSENT).astype(np.uint8)


def steps(values: Floats, unit: str) -> Steps:
    """Return the steps for values, NaN left out, of which there are at least one; days stay whole."""
    kept = values[~np.isnan(values)]
    distinct = np.unique(kept)
    if len(distinct) <= min(MOST, max(1, len(kept) // 2)):
        return Steps(tuple(distinct.tolist()), tuple(_exact(each, unit) for each in distinct.tolist()), True)
    return _edges(kept, unit, whole_numbers=bool(np.all(distinct == np.floor(distinct))))


def _edges(values: Floats, unit: str, *, whole_numbers: bool) -> Steps:
    least, most = float(values.min()), float(values.max())
    low, high = (float(each) for each in np.quantile(values, [TAIL, 1.0 - TAIL]))
    if most - least <= FAR * (high - low) or low == high:
        low, high = least, most
    factor, power = _round_step((high - low) / (MOST - 4), whole=whole_numbers or unit == "date")
    step = factor * 10.0**power
    inner = range(math.floor(low / step), math.ceil(high / step) + 1)
    outer = {math.floor(least / step), math.ceil(most / step), *inner}
    edges = [_times(count * factor, power) for count in sorted(outer)]
    # a quotient that was rounded the wrong way leaves the extreme just outside
    edges = [min(edges[0], least), *edges[1:-1], max(edges[-1], most)]
    decimals = max(0, -power)
    return Steps(tuple(edges), tuple(_rounded(each, unit, decimals) for each in edges), whole=False)


def _round_step(least: float, *, whole: bool) -> tuple[int, int]:
    """Return the smallest of 1, 2 and 5 times a power of ten, as factor and power, that is `least` or more."""
    if whole and least <= 1.0:
        return 1, 0
    power = math.floor(math.log10(least))
    for factor in (1, 2, 5):
        if factor * 10.0**power >= least * (1.0 - 1e-12):
            return factor, power
    return 1, power + 1


def _times(count: int, power: int) -> float:
    """Return the number nearest to `count` times a power of ten."""
    return float(count * 10**power) if power >= 0 else count / 10**-power


def _rounded(number: float, unit: str, decimals: int) -> str:
    if unit == "date":
        return date.fromordinal(round(number)).isoformat()
    return f"{number:,.{decimals}f}"


def _exact(number: float, unit: str) -> str:
    if unit == "date":
        return date.fromordinal(round(number)).isoformat()
    return f"{number:,.12g}"


def united(columns: Sequence[Floats]) -> Floats:
    """Return the values of one column in several scenarios as one; equal ones need to be there only once."""
    different = {column.tobytes(): column for column in columns}
    return np.concatenate(list(different.values()))
