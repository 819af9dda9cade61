"""Stores: what comes in may serve lines that starve, what goes out may make room for lines that are blocked."""

from simulator.engines.compiled.layout import Tables
from simulator.engines.compiled.marks import EMPTIED, REFILLED, TO_LEAVE, mark
from simulator.engines.compiled.waiting import room_list, stock_list
from simulator.jit import njit
from simulator.model.system import NEVER


@njit
def put(t: Tables, shelf: int, amount: int) -> None:
    """Add to the stock of a shelf."""
    found = t.shelves[shelf]
    found.stock += amount
    if found.stock >= t.lists[stock_list(shelf)].least:
        mark(t, REFILLED, shelf)
    for place in range(found.first_link, found.first_link + found.links):
        link = t.shelf_links[place]
        if t.links[link].waiting_since != NEVER:
            mark(t, TO_LEAVE, link)


@njit
def is_awaited(t: Tables, shelf: int, amount: int) -> bool:
    """Return whether so much more stock of a shelf may serve a line that starves, or a vehicle that waits."""
    found = t.shelves[shelf]
    if found.stock + amount >= t.lists[stock_list(shelf)].least:
        return True
    for place in range(found.first_link, found.first_link + found.links):
        if t.links[t.shelf_links[place]].waiting_since != NEVER:
            return True
    return False


@njit
def take(t: Tables, shelf: int, amount: int) -> None:
    """Take from the stock of a shelf."""
    t.shelves[shelf].stock -= amount
    t.clock[0].room_grew = 1
    if t.lists[room_list(t, shelf)].head >= 0:
        mark(t, EMPTIED, shelf)


@njit
def releasable(t: Tables, shelf: int) -> int:
    """Return what links may take (clause 19)."""
    found = t.shelves[shelf]
    return max(0, found.stock - found.floor)
