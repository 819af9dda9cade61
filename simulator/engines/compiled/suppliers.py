"""What comes in from outside: suppliers, their disruptions, dated additions (clause 20)."""

from simulator.engines.compiled.calendar import schedule
from simulator.engines.compiled.chance import number, ticks
from simulator.engines.compiled.layout import Tables
from simulator.engines.compiled.rows import write
from simulator.engines.compiled.stores import put
from simulator.engines.compiled.waiting import room
from simulator.jit import njit
from simulator.path import Kind

MOST_DELIVERED = 1 << 52
SUPPLIERS, ADDITIONS, VEHICLES = 0, 1, 2
"""The order in which arrivals of one instant are received (clause 4)."""
SUPPLIED, TURNED_AWAY, LOST = int(Kind.SUPPLIED), int(Kind.TURNED_AWAY), int(Kind.LOST)
ADDED, ADDED_LOST = int(Kind.ADDED), int(Kind.ADDED_LOST)


@njit
def deliver(t: Tables, supplier: int) -> None:
    """Have a supplier's delivery arrive, and schedule the next."""
    found = t.suppliers[supplier]
    if found.dated > 0:
        _deliver_dated(t, supplier)
        return
    clock = t.clock[0]
    until_next = ticks(t, found.every, found.number + 1)
    if found.has_share == 1:
        amount = found.share_of_use * _coming_use(t, supplier, until_next)
    else:
        amount = number(t, found.quantity, found.number)
    _arrive(t, supplier, found.number, amount)
    found.number += 1
    schedule(t, clock.deliveries + supplier, clock.now + until_next)


@njit
def _deliver_dated(t: Tables, supplier: int) -> None:
    """Have all deliveries dated now arrive."""
    found = t.suppliers[supplier]
    clock = t.clock[0]
    while found.next_dated < found.dated:
        step = t.dated[found.first_dated + found.next_dated]
        if step.tick > clock.now:
            schedule(t, clock.deliveries + supplier, step.tick)
            return
        _arrive(t, supplier, found.next_dated, float(step.amount))
        found.next_dated += 1


@njit
def _coming_use(t: Tables, supplier: int, until_next: int) -> float:
    """Return what the store's lines would use until the next delivery if nothing but the calendar held them."""
    found = t.suppliers[supplier]
    now = t.clock[0].now
    until = min(now + until_next, t.clock[0].end_tick)
    use = 0.0
    for place in range(found.first_user, found.first_user + found.users):
        user = t.users[place]
        ticks_open = _open_ticks(t, user.calendar, max(now, user.commissioned), until)
        use += float(ticks_open) * user.needed / user.ticks
    return use


@njit
def _open_ticks(t: Tables, calendar: int, start: int, until: int) -> int:
    """Return how many ticks from `start` to before `until` a calendar is open."""
    if until <= start:
        return 0
    if calendar < 0:
        return until - start
    return _open_before(t, calendar, until) - _open_before(t, calendar, start)


@njit
def _open_before(t: Tables, calendar: int, tick: int) -> int:
    """Return how many ticks a calendar is open before one."""
    low = t.calendars[calendar].first_stretch
    first, high = low, low + t.calendars[calendar].stretches
    while low < high:
        middle = (low + high) // 2
        if t.stretches[middle].opens < tick:
            low = middle + 1
        else:
            high = middle
    if low == first:
        return 0
    last = t.stretches[low - 1]
    return last.open_before + min(tick, last.closes) - last.opens


@njit
def _arrive(t: Tables, supplier: int, index: int, amount: float) -> None:
    """Put a delivery among the arrivals, in whole units, scaled by the month's factor (clause 9)."""
    found = t.suppliers[supplier]
    if found.has_monthly == 1:
        amount *= t.monthly[12 * supplier + month(t)]
    whole = int(min(amount + 0.5, float(MOST_DELIVERED)))
    arrive(t, SUPPLIERS, supplier, index, whole, found.shelf, found.material, 0)


@njit
def month(t: Tables) -> int:
    """Return the month of the present day, 0 for January."""
    clock = t.clock[0]
    while clock.month + 1 < len(t.month_starts) and t.month_starts[clock.month + 1].tick <= clock.now:
        clock.month += 1
    return t.month_starts[clock.month].amount


@njit
def add_dated(t: Tables) -> None:
    """Have all additions dated now arrive, and schedule the next."""
    clock = t.clock[0]
    while clock.next_addition < len(t.additions):
        found = t.additions[clock.next_addition]
        if found.tick > clock.now:
            schedule(t, clock.additions, found.tick)
            return
        arrive(t, ADDITIONS, found.store, found.position, found.amount, found.shelf, found.material, 0)
        clock.next_addition += 1


@njit
def disrupt(t: Tables, supplier: int) -> None:
    """Begin a disruption, or end it; they take turns."""
    found = t.suppliers[supplier]
    index = found.disruptions // 2
    if found.disruptions % 2 == 0:
        wait_ticks = ticks(t, found.disruption_lasting, index)
    else:
        wait_ticks = ticks(t, found.disruption_every, index + 1)
    found.disruptions += 1
    found.disrupted = found.disruptions % 2
    t.clock[0].bound_events += 1
    schedule(t, t.clock[0].disruptions + supplier, t.clock[0].now + wait_ticks)


@njit
def arrive(
    t: Tables, what: int, position: int, index: int, amount: int, shelf: int, material: int, place: int
) -> None:
    """Put an arrival in its place among those that wait to be received (clause 4)."""
    clock = t.clock[0]
    clock.bound_events += 1
    at = clock.arrival_count
    while at > 0 and _ranks_after(t, at - 1, what, position, index):
        t.arrivals[at] = t.arrivals[at - 1]
        at -= 1
    found = t.arrivals[at]
    found.tick, found.what, found.position, found.number = clock.now, what, position, index
    found.amount, found.shelf, found.material, found.place = amount, shelf, material, place
    clock.arrival_count += 1


@njit
def _ranks_after(t: Tables, at: int, what: int, position: int, index: int) -> bool:
    """Return whether an arrival ranks after one of this instant."""
    found = t.arrivals[at]
    if found.tick != t.clock[0].now:
        return False
    if found.what != what:
        return found.what > what
    if found.position != position:
        return found.position > position
    return found.number > index


@njit
def receive_delivery(t: Tables, at: int) -> None:
    """Put in what fits of a delivery or an addition; it never waits."""
    found = t.arrivals[at]
    taken, turned_away = ADDED, ADDED_LOST
    if found.what == SUPPLIERS:
        taken, turned_away = SUPPLIED, TURNED_AWAY
        if t.suppliers[found.position].disrupted == 1:
            write(t, LOST, found.position, found.material, found.amount)
            return
    fits = min(found.amount, room(t, found.shelf))
    put(t, found.shelf, fits)
    write(t, taken, found.position, found.material, fits)
    write(t, turned_away, found.position, found.material, found.amount - fits)
