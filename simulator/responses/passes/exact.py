"""Sums of floats rounded once, as by `math.fsum`."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from simulator.jit import njit

Floats = npt.NDArray[np.float64]
MOST_PARTS = 2100
"""Parts do not overlap, so there are never more of them than a double has bits, from the least to the largest."""


@njit(nogil=True)
def add(parts: Floats, count: int, number: float) -> int:
    """Add a finite number to a sum kept as `count` parts; return how many there are now.

    Parts are floats of rising magnitude that do not overlap and whose sum is exact (Shewchuk 1997).
    """
    kept = 0
    for place in range(count):
        part = parts[place]
        if abs(number) < abs(part):
            number, part = part, number
        high = number + part
        low = part - (high - number)
        if low != 0.0:
            parts[kept] = low
            kept += 1
        number = high
    if number != 0.0:
        parts[kept] = number
        kept += 1
    return kept


@njit(nogil=True)
def rounded(parts: Floats, count: int) -> float:
    """Return the float nearest to a sum kept in parts, the even one of two that are as near."""
    if count == 0:
        return 0.0
    place = count - 1
    high: float = parts[place]
    low = 0.0
    while place > 0:
        place -= 1
        before, part = high, parts[place]
        high = before + part
        low = part - (high - before)
        if low != 0.0:
            break
    if place > 0 and ((low < 0.0 and parts[place - 1] < 0.0) or (low > 0.0 and parts[place - 1] > 0.0)):
        twice = low * 2.0
        other = high + twice
        if twice == other - high:  # half way between two floats, and what is left tips the scales
            high = other
    return high
