"""Who asks for something at this instant, each once however often they ask."""

from simulator.engines.compiled.layout import Tables
from simulator.jit import njit

DONE, EMPTY, LOADED, TOUCHED, REFILLED, EMPTIED, TO_LEAVE, SHORT_OF_CREWS, CHANGED = range(9)
"""Lines that ask to unload, to load, to be connected; lines whose state may differ; shelves with stock for a
starving line, with room for a blocked one; links whose vehicle may leave; regions with failed lines and free
crews; grids whose supply, load or dark feeders changed."""
MARKS = 9


@njit
def mark(t: Tables, which: int, part: int) -> None:
    """Note that a part asks."""
    first = _first(t, which)
    if t.is_marked[first + part] == 0:
        t.is_marked[first + part] = 1
        t.clock[0].somebody_asks = 1
        t.marked[first + t.mark_counts[which]] = part
        t.mark_counts[which] += 1


@njit
def marked(t: Tables, which: int, place: int) -> int:
    """Return the part that asked at a place, from 0 on, among those of a mark."""
    return t.marked[_first(t, which) + place]


@njit
def take_only(t: Tables, which: int) -> int:
    """Return the only part that asked, and forget it."""
    part = marked(t, which, 0)
    t.is_marked[_first(t, which) + part] = 0
    t.mark_counts[which] = 0
    return part


@njit
def are_many(t: Tables, which: int) -> bool:
    """Return whether so many asked that it is quicker to look at all parts than to sort them."""
    return t.mark_counts[which] * t.mark_counts[which] > t.clock[0].parts


@njit
def is_marked(t: Tables, which: int, part: int) -> bool:
    """Return whether a part asked."""
    return t.is_marked[_first(t, which) + part] == 1


@njit
def put_in_order(t: Tables, which: int) -> None:
    """Have those who asked, who are few, stand by number."""
    marked, first = t.marked, _first(t, which)
    for at in range(first + 1, first + t.mark_counts[which]):
        part, hole = marked[at], at
        while hole > first and marked[hole - 1] > part:
            marked[hole] = marked[hole - 1]
            hole -= 1
        marked[hole] = part


@njit
def clear(t: Tables, which: int) -> None:
    """Forget all who asked."""
    first = _first(t, which)
    for place in range(first, first + t.mark_counts[which]):
        t.is_marked[first + t.marked[place]] = 0
    t.mark_counts[which] = 0


@njit
def _first(t: Tables, which: int) -> int:
    return which * t.clock[0].parts
