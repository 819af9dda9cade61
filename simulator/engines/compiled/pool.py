"""Lots in flow and vehicles on their way: a chain for each line and each link, by the tick they come."""

from simulator.engines.compiled.calendar import schedule
from simulator.engines.compiled.layout import Tables
from simulator.jit import njit
from simulator.model.system import NEVER, NONE


@njit
def send(t: Tables, chain: int, tick: int, number: int, amount: int) -> int:
    """Have something come at a tick, after what comes then already; return its place in the pool."""
    clock, ends = t.clock[0], t.chains[chain]
    clock.free_count -= 1
    place = t.free[clock.free_count]
    sent = t.pool[place]
    sent.tick, sent.number, sent.amount, sent.next = tick, number, amount, NONE
    if ends.first == NONE:
        ends.first = ends.last = place
        ends.first_tick = ends.last_tick = tick
    elif ends.last_tick <= tick:
        t.pool[ends.last].next = place
        ends.last, ends.last_tick = place, tick
    elif tick < ends.first_tick:
        sent.next = ends.first
        ends.first, ends.first_tick = place, tick
    else:
        before = ends.first
        while t.pool[t.pool[before].next].tick <= tick:
            before = t.pool[before].next
        sent.next = t.pool[before].next
        t.pool[before].next = place
    schedule(t, clock.chains + chain, ends.first_tick)
    return place


@njit
def take_next(t: Tables, chain: int) -> int:
    """Take what comes now off a chain, and return its place; NONE when nothing more comes now."""
    clock, ends = t.clock[0], t.chains[chain]
    place = ends.first
    if place == NONE or ends.first_tick > clock.now:
        schedule(t, clock.chains + chain, NEVER if place == NONE else ends.first_tick)
        return NONE
    ends.first = t.pool[place].next
    if ends.first != NONE:
        ends.first_tick = t.pool[ends.first].tick
    return place


@njit
def release(t: Tables, place: int) -> None:
    """Have a place of the pool free again."""
    t.free[t.clock[0].free_count] = place
    t.clock[0].free_count += 1
