"""Grids: supply over time, darkness, and who goes without (clauses 6, 15 to 17)."""

from simulator.engines.compiled.bars import AWAITING_POWER, DARK
from simulator.engines.compiled.calendar import schedule
from simulator.engines.compiled.chance import number, ticks, uniform
from simulator.engines.compiled.layout import FULL_SPEED, SLOW, Tables
from simulator.engines.compiled.lines import account, connect, start_run, stop, wants_power
from simulator.engines.compiled.marks import CHANGED, LOADED, TOUCHED, mark
from simulator.engines.compiled.rows import write_value
from simulator.engines.compiled.sorting import sort
from simulator.engines.compiled.waiting import grid_list, grid_node, leave, wait
from simulator.jit import njit
from simulator.model.system import NONE, TICKS_PER_DAY
from simulator.path import Kind

SUPPLY, DRAWN, SPEED = int(Kind.SUPPLY), int(Kind.DRAWN), int(Kind.SPEED)


@njit
def change_month(t: Tables, grid: int) -> None:
    """Put the supply of the next month in force."""
    found = t.grids[grid]
    found.monthly_kw = t.steps[found.first_step + found.next_step].amount
    found.next_step += 1
    schedule_month(t, grid)
    _change_supply(t, grid)


@njit
def schedule_month(t: Tables, grid: int) -> None:
    """Schedule the next month whose supply differs, if there is one."""
    found = t.grids[grid]
    if found.next_step < found.steps:
        schedule(t, t.clock[0].months + grid, t.steps[found.first_step + found.next_step].tick)


@njit
def curtail(t: Tables, grid: int) -> None:
    """Begin a curtailment, or end it; they take turns."""
    found = t.grids[grid]
    index = found.curtailments // 2
    if found.curtailments % 2 == 0:
        found.curtailed_by = number(t, found.depth, index)
        wait_ticks = ticks(t, found.lasting, index)
    else:
        found.curtailed_by = 0.0
        wait_ticks = ticks(t, found.every, index + 1)
    found.curtailments += 1
    schedule(t, t.clock[0].curtailments + grid, t.clock[0].now + wait_ticks)
    _change_supply(t, grid)


@njit
def _change_supply(t: Tables, grid: int) -> None:
    found = t.grids[grid]
    t.clock[0].bound_events += 1
    found.supply_kw = int(found.monthly_kw * (1.0 - found.curtailed_by) + 0.5)  # clause 9
    found.has_freed = 1
    mark(t, CHANGED, grid)


@njit
def rotate(t: Tables, grid: int) -> None:
    """Change the dark feeders."""
    t.clock[0].bound_events += 1
    darken(t, grid)


@njit
def darken(t: Tables, grid: int) -> None:
    """Set the dark feeders of the period that begins (clause 16), and schedule the next."""
    found = t.grids[grid]
    period = found.next_period
    day = period * found.period // TICKS_PER_DAY
    dark = int(found.feeders * found.unpowered_share + uniform(t, found.rotation, day))
    first = int(found.feeders * uniform(t, found.rotation_start, period))
    for place in range(found.feeders):
        turn = first + place if first + place < found.feeders else first + place - found.feeders
        _set_dark(t, found.first_feeder + turn, 1 if place < dark else 0)
    found.next_period += 1
    start = found.next_period * found.period - t.clock[0].since_year_one
    schedule(t, t.clock[0].rotations + grid, start)


@njit
def _set_dark(t: Tables, number: int, dark: int) -> None:
    """Stop the lines of a feeder gone dark; have those of one lit again ask for power.

    They need not be stopped in the C phase: what is due of lines at an instant is carried out before rotations.
    """
    feeder = t.feeders[number]
    if feeder.dark == dark:
        return
    feeder.dark = dark
    for at in range(feeder.first_line, feeder.first_line + feeder.lines):
        line = t.feeder_lines[at]
        t.bars[line] ^= DARK
        if dark == 1:
            stop(t, line)
        elif wants_power(t, line):
            mark(t, LOADED, line)


# --- what the C phase does with a grid ---


@njit
def shed(t: Tables, grid: int) -> None:
    """Shed lines while load exceeds supply, where it does not slow all alike (clause 3).

    Walk from the lowest rank up until the load fits, then back, keeping every line that fits after all (clause 6).
    """
    found = t.grids[grid]
    if found.policy == SLOW or found.load_kw <= found.supply_kw:
        return
    count = 0
    for at in range(found.first_line, found.first_line + found.lines):
        number = t.feeder_lines[at]
        line = t.lines[number]
        if not t.bars[number] & AWAITING_POWER:
            last = t.candidates[count]
            last.first, last.second, last.third = -line.priority, -line.connected_since, -number
            count += 1
    sort(t.candidates, t.spare, count)
    load, chosen = found.load_kw, 0
    while chosen < count and load > found.supply_kw:
        load -= t.lines[-t.candidates[chosen].third].load_kw
        chosen += 1
    for place in range(chosen - 1, -1, -1):
        number = -t.candidates[place].third
        line = t.lines[number]
        if load + line.load_kw <= found.supply_kw:
            load += line.load_kw
        else:
            stop(t, number)
            line.shed_at = t.clock[0].now
            wait_for_power(t, number)


@njit
def ask_for_power(t: Tables, number: int) -> None:
    """Add what a line that wants power draws to what is wanted of its grid."""
    grid = t.lines[number].grid
    if grid >= 0 and wants_power(t, number):
        t.grids[grid].wanted_kw += t.lines[number].load_kw
        mark(t, CHANGED, grid)


@njit
def is_contested(t: Tables, grid: int) -> bool:
    """Return whether lines wait for power that came free, or a grid has not enough for all that want it."""
    found = t.grids[grid]
    if found.has_freed == 1 and t.lists[grid_list(t, grid)].head >= 0:
        return True
    return found.policy != SLOW and found.load_kw + found.wanted_kw > found.supply_kw


@njit
def offer_power(t: Tables, number: int) -> None:
    """Connect a line that wants power, if what it draws fits; a slow grid takes all."""
    line = t.lines[number]
    if not wants_power(t, number):
        wait_no_more(t, number)
        return
    if line.grid >= 0:
        grid = t.grids[line.grid]
        short = grid.policy != SLOW and grid.load_kw + line.load_kw > grid.supply_kw
        if short or line.shed_at == t.clock[0].now:
            wait_for_power(t, number)
            return
        wait_no_more(t, number)
    connect(t, number)


@njit
def wait_for_power(t: Tables, number: int) -> None:
    """Put a line among those that wait for power of its grid."""
    line = t.lines[number]
    line.lacks_power = 1
    wait(t, grid_node(t, number), grid_list(t, line.grid), line.since, line.load_kw)


@njit
def wait_no_more(t: Tables, number: int) -> None:
    """Take a line off the list of those that wait for power, if it stands there."""
    if t.lines[number].lacks_power == 1:
        leave(t, grid_node(t, number))
        t.lines[number].lacks_power = 0


@njit
def settle(t: Tables, grid: int) -> None:
    """Set the speed, then write what differs from the last instant (clauses 15, 23)."""
    found = t.grids[grid]
    drawn = found.load_kw
    if found.policy == SLOW:
        _set_speed(t, grid)
        drawn = found.load_kw * found.speed // FULL_SPEED
    found.has_freed = 0
    found.wanted_kw = 0
    if drawn != found.drawn_written:
        found.drawn_written = drawn
        write_value(t, DRAWN, grid, NONE, drawn)
    if found.supply_kw != found.supply_written:
        found.supply_written = found.supply_kw
        write_value(t, SUPPLY, grid, NONE, found.supply_kw)
    if found.speed != found.speed_written:
        found.speed_written = found.speed
        write_value(t, SPEED, grid, NONE, found.speed)


@njit
def _set_speed(t: Tables, grid: int) -> None:
    """Slow all lines alike when load exceeds supply (clause 15)."""
    found = t.grids[grid]
    speed = FULL_SPEED
    if found.load_kw > 0:
        speed = min(FULL_SPEED, FULL_SPEED * found.supply_kw // found.load_kw)
    if speed == found.speed:
        return
    found.speed = speed
    for at in range(found.first_line, found.first_line + found.lines):
        line = t.feeder_lines[at]
        if not t.bars[line] & AWAITING_POWER:
            account(t, line)
            start_run(t, line)
            mark(t, TOUCHED, line)
