"""Sorting by Shell's method: in place, and quick where there is little to sort.

Gaps: M. Ciura, *Best increments for the average case of Shellsort* (2001), continued by a factor of 2.25.
"""

from simulator.engines.compiled.layout import Records
from simulator.jit import njit

GAPS = (1, 4, 10, 23, 57, 132, 301, 701, 1577, 3548, 7983, 17961)


@njit
def sort(entries: Records, count: int) -> None:
    """Sort the first entries by their three numbers."""
    gaps = 0
    while gaps < len(GAPS) and GAPS[gaps] < count:
        gaps += 1
    for place in range(gaps - 1, -1, -1):
        gap = GAPS[place]
        for at in range(gap, count):
            first, second, third = entries[at].first, entries[at].second, entries[at].third
            hole = at
            while hole >= gap and comes_before(
                first,
                second,
                third,
                entries[hole - gap].first,
                entries[hole - gap].second,
                entries[hole - gap].third,
            ):
                entries[hole] = entries[hole - gap]
                hole -= gap
            entries[hole].first = first
            entries[hole].second = second
            entries[hole].third = third


@njit
def comes_before(a: int, b: int, c: int, x: int, y: int, z: int) -> bool:
    """Return whether three numbers come before three others."""
    if a != x:
        return a < x
    if b != y:
        return b < y
    return c < z
