"""Sorting: by insertion where there is little, else by merging the runs that are there already."""

from simulator.engines.compiled.layout import Records
from simulator.jit import njit

FEW = 12


@njit
def sort(entries: Records, spare: Records, count: int) -> None:
    """Sort the first entries by their three numbers; as many of `spare` are overwritten."""
    if count <= FEW:
        _insert(entries, count)
        return
    runs = 2
    while runs > 1:
        runs = 0
        start = 0
        while start < count:
            middle = _end_of_run(entries, start, count)
            stop = middle
            if middle < count:
                stop = _end_of_run(entries, middle, count)
                _merge(entries, spare, start, middle, stop)
            start = stop
            runs += 1


@njit
def _insert(entries: Records, count: int) -> None:
    for at in range(1, count):
        entry = entries[at]
        first, second, third = entry.first, entry.second, entry.third
        hole = at
        while hole > 0:
            other = entries[hole - 1]
            if not comes_before(first, second, third, other.first, other.second, other.third):
                break
            entries[hole] = other
            hole -= 1
        entry = entries[hole]
        entry.first, entry.second, entry.third = first, second, third


@njit
def _end_of_run(entries: Records, start: int, count: int) -> int:
    """Return the end of the longest part from `start` on that is in order."""
    end = start + 1
    while end < count and not _swapped(entries, end):
        end += 1
    return end


@njit
def _swapped(entries: Records, at: int) -> bool:
    one, other = entries[at], entries[at - 1]
    return comes_before(one.first, one.second, one.third, other.first, other.second, other.third)


@njit
def _merge(entries: Records, spare: Records, start: int, middle: int, stop: int) -> None:
    """Merge two runs that lie side by side; only the first is put aside."""
    for at in range(start, middle):
        spare[at] = entries[at]
    left, right, at = start, middle, start
    while left < middle and right < stop:
        one, other = entries[right], spare[left]
        if comes_before(one.first, one.second, one.third, other.first, other.second, other.third):
            entries[at] = one
            right += 1
        else:
            entries[at] = other
            left += 1
        at += 1
    while left < middle:
        entries[at] = spare[left]
        left += 1
        at += 1


@njit
def comes_before(a: int, b: int, c: int, x: int, y: int, z: int) -> bool:
    """Return whether three numbers come before three others."""
    if a != x:
        return a < x
    if b != y:
        return b < y
    return c < z
