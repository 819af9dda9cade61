"""Lots in flow and vehicles on their way: each has a place in the pool, which has a slot of the calendar."""

from simulator.engines.compiled.calendar import schedule
from simulator.engines.compiled.layout import Tables
from simulator.jit import njit


@njit
def send(t: Tables, sender: int, tick: int, number: int, amount: int) -> int:
    """Have something come at a tick; return its place in the pool."""
    clock = t.clock[0]
    clock.free_count -= 1
    place = t.free[clock.free_count]
    sent = t.pool[place]
    sent.sender, sent.number, sent.amount = sender, number, amount
    schedule(t, clock.comings + place, tick)
    return place


@njit
def release(t: Tables, place: int) -> None:
    """Have a place of the pool free again."""
    t.free[t.clock[0].free_count] = place
    t.clock[0].free_count += 1
