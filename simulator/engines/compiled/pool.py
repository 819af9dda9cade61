"""Lots in flow and vehicles on their way: a chain for each line and each link, by the tick they come."""

from simulator.engines.compiled.calendar import schedule
from simulator.engines.compiled.layout import Tables
from simulator.jit import njit
from simulator.model.system import NONE


@njit
def send(t: Tables, chain: int, tick: int, number: int, amount: int) -> int:
    """Have something come at a tick, after what comes then already; return its place in the pool."""
    clock, ends = t.clock[0], t.chains[chain]
    clock.free_count -= 1
    place = t.free[clock.free_count]
    sent = t.pool[place]
    before = ends.last  # few that left earlier come later, so the search begins with the last
    while before != NONE and t.pool[before].tick > tick:
        before = t.pool[before].previous
    after = ends.first if before == NONE else t.pool[before].next
    sent.tick, sent.number, sent.amount, sent.previous, sent.next = tick, number, amount, before, after
    if after == NONE:
        ends.last = place
    else:
        t.pool[after].previous = place
    if before == NONE:
        ends.first = place
        schedule(t, clock.chains + chain, tick)
    else:
        t.pool[before].next = place
    return place


@njit
def take_next(t: Tables, chain: int) -> int:
    """Take what comes now off a chain, and return its place; NONE when nothing more comes now."""
    clock, ends = t.clock[0], t.chains[chain]
    place = ends.first
    if place == NONE:
        return NONE
    if t.pool[place].tick > clock.now:
        schedule(t, clock.chains + chain, t.pool[place].tick)
        return NONE
    ends.first = t.pool[place].next
    if ends.first == NONE:
        ends.last = NONE
    else:
        t.pool[ends.first].previous = NONE
    return place


@njit
def release(t: Tables, place: int) -> None:
    """Have a place of the pool free again."""
    t.free[t.clock[0].free_count] = place
    t.clock[0].free_count += 1
