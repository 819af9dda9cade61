"""The three phases, instant after instant (CONTRACT.md, world view)."""

from simulator.engines.compiled.allocation import allocate
from simulator.engines.compiled.bars import NOT_COMMISSIONED
from simulator.engines.compiled.calendar import next_event, schedule, take, tick_of
from simulator.engines.compiled.chance import ticks
from simulator.engines.compiled.layout import Tables
from simulator.engines.compiled.lines import ask, draw_failure, leave_shop, reach_end_of_run, set_open
from simulator.engines.compiled.links import fall_due, interval, reach_end_of_link
from simulator.engines.compiled.marks import CHANGED, mark
from simulator.engines.compiled.power import change_month, curtail, darken, rotate, schedule_month
from simulator.engines.compiled.repeating import goes_on
from simulator.engines.compiled.rows import end_instant
from simulator.engines.compiled.suppliers import add_dated, deliver, disrupt
from simulator.jit import njit
from simulator.model.system import NEVER

FINISHED, PATH_FULL, POOL_FULL = range(3)
"""Why the kernel returned: the run ended, or an instant might need more rows or places than are left."""


@njit
def prepare(t: Tables) -> None:
    """Put on the calendar what is known at the first tick, and have every line ask."""
    clock = t.clock[0]
    schedule(t, clock.start, clock.now)
    for supplier in range(len(t.suppliers)):
        _prepare_supplier(t, supplier)
    for link in range(len(t.links)):
        first = t.links[link].first
        schedule(t, clock.vehicles_due + link, clock.now + interval(t, link) if first == NEVER else first)
    for grid in range(len(t.grids)):
        _prepare_grid(t, grid)
    for calendar in range(len(t.calendars)):
        _schedule_change(t, calendar)
    if len(t.additions):
        schedule(t, clock.additions, t.additions[0].tick)
    if len(t.commissionings):
        schedule(t, clock.commissionings, t.commissionings[0].tick)
    for line in range(len(t.lines)):
        draw_failure(t, line)
        ask(t, line)


@njit
def _prepare_supplier(t: Tables, supplier: int) -> None:
    clock, found = t.clock[0], t.suppliers[supplier]
    if found.dated > 0:
        first = t.dated[found.first_dated].tick
    elif found.first != NEVER:
        first = found.first
    else:
        first = clock.now + ticks(t, found.every, 0)
    schedule(t, clock.deliveries + supplier, first)
    if found.disruption_every >= 0:
        wait = ticks(t, found.disruption_every, 0)
        schedule(t, clock.disruptions + supplier, clock.now + wait)


@njit
def _prepare_grid(t: Tables, grid: int) -> None:
    clock, found = t.clock[0], t.grids[grid]
    mark(t, CHANGED, grid)
    schedule_month(t, grid)
    if found.every >= 0:
        wait = ticks(t, found.every, 0)
        schedule(t, clock.curtailments + grid, clock.now + wait)
    if found.rotation >= 0:
        darken(t, grid)


@njit(nogil=True, whole=True)
def unfold(t: Tables) -> int:
    """Carry on to the run's end; return FINISHED, or what there must be more of before it goes on."""
    clock = t.clock[0]
    rows_an_instant, lots_an_instant = len(t.entries), len(t.lines) + len(t.links)
    while True:
        event = next_event(t)
        now = tick_of(event)
        if now >= clock.end_tick:
            return FINISHED
        if clock.row_count + rows_an_instant > len(t.rows):
            return PATH_FULL
        if clock.free_count < lots_an_instant:
            return POOL_FULL
        clock.now = now
        slot = take(t, event)
        event = next_event(t)
        if tick_of(event) == now or slot >= clock.deliveries or not goes_on(t, slot):
            _carry_out(t, slot)
            event = next_event(t)
            while tick_of(event) == now:
                _carry_out(t, take(t, event))
                event = next_event(t)
            allocate(t)
        end_instant(t)


@njit
def _carry_out(t: Tables, slot: int) -> None:
    """Carry out a bound event; slots stand in the order of clause 2."""
    clock = t.clock[0]
    if slot < clock.deliveries:
        reach_end_of_run(t, slot)
    elif slot < clock.months:
        _carry_out_transport(t, slot)
    elif slot < clock.calendars:
        _carry_out_power(t, slot)
    elif slot < clock.commissionings:
        _change_calendar(t, slot - clock.calendars)
    elif slot < clock.start:
        _commission(t)
    elif slot >= clock.comings:
        _come(t, slot - clock.comings)


@njit
def _come(t: Tables, place: int) -> None:
    """Have a lot in flow or a vehicle come."""
    if t.pool[place].sender < len(t.lines):
        leave_shop(t, place)
    else:
        reach_end_of_link(t, place)


@njit
def _carry_out_transport(t: Tables, slot: int) -> None:
    clock = t.clock[0]
    if slot < clock.disruptions:
        deliver(t, slot - clock.deliveries)
    elif slot < clock.additions:
        disrupt(t, slot - clock.disruptions)
    elif slot < clock.vehicles_due:
        add_dated(t)
    else:
        fall_due(t, slot - clock.vehicles_due)


@njit
def _carry_out_power(t: Tables, slot: int) -> None:
    clock = t.clock[0]
    if slot < clock.curtailments:
        change_month(t, slot - clock.months)
    elif slot < clock.rotations:
        curtail(t, slot - clock.curtailments)
    else:
        rotate(t, slot - clock.rotations)


@njit
def _change_calendar(t: Tables, calendar: int) -> None:
    """Open or close all lines of a calendar (clause 18)."""
    found = t.calendars[calendar]
    t.clock[0].bound_events += 1
    found.is_open = 1 - found.is_open
    for place in range(found.first_line, found.first_line + found.lines):
        set_open(t, t.calendar_lines[place], found.is_open)
    found.next_change += 1
    _schedule_change(t, calendar)


@njit
def _schedule_change(t: Tables, calendar: int) -> None:
    """Schedule the next opening or closing; they take turns, two a stretch."""
    found = t.calendars[calendar]
    if found.next_change < 2 * found.stretches:
        stretch = t.stretches[found.first_stretch + found.next_change // 2]
        tick = stretch.opens if found.next_change % 2 == 0 else stretch.closes
        schedule(t, t.clock[0].calendars + calendar, tick)


@njit
def _commission(t: Tables) -> None:
    """Start the lines of all plants commissioned now, and schedule the next (clause 2: one event a plant)."""
    for place in range(len(t.commissionings)):
        found = t.commissionings[place]
        if found.tick > t.clock[0].now:
            schedule(t, t.clock[0].commissionings, found.tick)
            return
        if found.tick == t.clock[0].now:
            t.clock[0].bound_events += 1
            for at in range(found.first_line, found.first_line + found.lines):
                t.bars[t.commissioned_lines[at]] &= ~NOT_COMMISSIONED
                ask(t, t.commissioned_lines[at])
