"""Lots in flow and vehicles on their way: for each line and each link a chain, by the tick they come."""

from simulator.engines.compiled.layout import Tables
from simulator.jit import njit
from simulator.model.system import NEVER, NONE


@njit
def send(t: Tables, first: int, tick: int, number: int, amount: int) -> tuple[int, int]:
    """Put what comes at a tick into the chain that begins at `first`; return where it is, and the new first."""
    clock = t.clock[0]
    clock.free_count -= 1
    place = t.free[clock.free_count]
    sent = t.pool[place]
    sent.tick, sent.number, sent.amount = tick, number, amount
    if first == NONE or tick < t.pool[first].tick:
        sent.next = first
        return place, place
    before = first
    while t.pool[before].next != NONE and t.pool[t.pool[before].next].tick <= tick:
        before = t.pool[before].next
    sent.next = t.pool[before].next
    t.pool[before].next = place
    return place, first


@njit
def tick_of(t: Tables, place: int) -> int:
    """Return when what is at the head of a chain comes; NEVER for an empty chain."""
    return NEVER if place == NONE else t.pool[place].tick


@njit
def release(t: Tables, place: int) -> None:
    """Have a place of the pool free again."""
    t.free[t.clock[0].free_count] = place
    t.clock[0].free_count += 1
