"""Links: vehicles fall due, leave with what there is, arrive, are received whole (clause 21)."""

from simulator.engines.compiled.calendar import schedule
from simulator.engines.compiled.chance import ticks
from simulator.engines.compiled.layout import Tables
from simulator.engines.compiled.marks import TO_LEAVE, clear, mark, marked
from simulator.engines.compiled.pool import release, send
from simulator.engines.compiled.rows import write
from simulator.engines.compiled.sorting import sort
from simulator.engines.compiled.stores import put, releasable, take
from simulator.engines.compiled.suppliers import VEHICLES, arrive
from simulator.engines.compiled.waiting import room
from simulator.jit import njit
from simulator.model.system import NEVER, NONE
from simulator.path import Kind

SHIPPED, RECEIVED, DEPARTED = int(Kind.SHIPPED), int(Kind.RECEIVED), int(Kind.DEPARTED)
ARRIVED, LOADS, MISSED = int(Kind.ARRIVED), int(Kind.LOADS), int(Kind.MISSED)


@njit
def fall_due(t: Tables, link: int) -> None:
    """Have a vehicle wait for a load, unless one waits already; schedule the next."""
    clock, found = t.clock[0], t.links[link]
    clock.bound_events += 1
    if found.waiting_since == NEVER:
        found.waiting_since = clock.now
        found.waiting_number = found.number
        mark(t, TO_LEAVE, link)
    else:
        write(t, MISSED, link, NONE, 1)
    found.number += 1
    schedule(t, clock.vehicles_due + link, clock.now + interval(t, link))


@njit
def interval(t: Tables, link: int) -> int:
    """Return the ticks to the next vehicle, by the law in force now."""
    found = t.links[link]
    law = found.first_law
    for place in range(found.first_law, found.first_law + found.laws):
        if t.laws[place].tick <= t.clock[0].now:
            law = place
    return ticks(t, t.laws[law].stream, found.number)


@njit
def dispatch_all(t: Tables) -> bool:
    """Try all vehicles that may leave, in rank order; return whether one left."""
    count = t.mark_counts[TO_LEAVE]
    for place in range(count):
        link, candidate = marked(t, TO_LEAVE, place), t.candidates[place]
        candidate.first, candidate.second, candidate.third = t.links[link].waiting_since, link, 0
    clear(t, TO_LEAVE)
    sort(t.candidates, t.spare, count)
    changed = False
    for place in range(count):
        if _dispatch(t, t.candidates[place].second):
            changed = True
    return changed


@njit
def _dispatch(t: Tables, link: int) -> bool:
    """Send the waiting vehicle if its materials together reach the minimum; return whether it left."""
    clock, found = t.clock[0], t.links[link]
    there = 0
    for at in range(found.first_cargo, found.first_cargo + found.cargo):
        there += releasable(t, t.cargo[at].from_shelf)
    if there < found.minimum:
        return False
    arrival = clock.now + ticks(t, found.transit, found.waiting_number)
    place = send(t, len(t.lines) + link, arrival, found.waiting_number, 0)
    space = found.load
    for at in range(found.cargo):
        cargo = t.cargo[found.first_cargo + at]
        amount = min(space, releasable(t, cargo.from_shelf))
        t.pool_cargo[place * clock.most_cargo + at] = amount
        if amount > 0:
            take(t, cargo.from_shelf, amount)
            space -= amount
            write(t, SHIPPED, link, cargo.material, amount)
    write(t, DEPARTED, link, NONE, 1)
    if found.loads_of > 0:
        write(t, LOADS, link, NONE, -(-(found.load - space) // found.loads_of))
    found.waiting_since = NEVER
    return True


@njit
def reach_end_of_link(t: Tables, place: int) -> None:
    """Have a vehicle arrive; it keeps its place in the pool until it is received."""
    vehicle = t.pool[place]
    link = vehicle.sender - len(t.lines)
    write(t, ARRIVED, link, NONE, 1)
    arrive(t, VEHICLES, link, vehicle.number, 0, 0, 0, place)


@njit
def receive_vehicle(t: Tables, at: int) -> bool:
    """Unload a vehicle whole if there is room for each material; return whether there was."""
    link, place = t.arrivals[at].position, t.arrivals[at].place
    found = t.links[link]
    first = place * t.clock[0].most_cargo
    if found.to_delivered == 0:
        for number in range(found.cargo):
            amount = t.pool_cargo[first + number]
            if amount > 0 and amount > room(t, t.cargo[found.first_cargo + number].to_shelf):
                return False
    for number in range(found.cargo):
        amount = t.pool_cargo[first + number]
        if amount > 0:
            cargo = t.cargo[found.first_cargo + number]
            if found.to_delivered == 0:
                put(t, cargo.to_shelf, amount)
            write(t, RECEIVED, link, cargo.material, amount)
    release(t, place)
    return True
