"""Lines: loading, running, failing, unloading (clauses 8 to 15)."""

import math

from simulator.engines.compiled.bars import (
    AWAITING_MATERIAL,
    AWAITING_POWER,
    BLOCKED,
    NOT_AT_WORK,
    OFF_SHIFT,
    READY,
    UNDER_REPAIR,
    lowest,
)
from simulator.engines.compiled.calendar import schedule
from simulator.engines.compiled.chance import duration_ticks, ticks, uniform
from simulator.engines.compiled.layout import (
    FAILURE,
    FLOW,
    FULL_SPEED,
    REJECT,
    REPAIR,
    STREAMS_OF_A_LINE,
    WORK,
    Tables,
)
from simulator.engines.compiled.marks import (
    CHANGED,
    DONE,
    EMPTY,
    LOADED,
    SHORT_OF_CREWS,
    TOUCHED,
    mark,
)
from simulator.engines.compiled.pool import release, send
from simulator.engines.compiled.rows import write
from simulator.engines.compiled.stores import put, take
from simulator.engines.compiled.waiting import (
    crew_list,
    crew_node,
    leave,
    recipe_node,
    room,
    room_list,
    room_node,
    stock_list,
    wait,
)
from simulator.jit import njit
from simulator.model.system import NEVER, State
from simulator.path import Kind
from simulator.streams.elementary import log

INFINITY = math.inf
USED, UNLOADED = int(Kind.USED), int(Kind.UNLOADED)
REJECTED, MADE = int(Kind.REJECTED), int(Kind.MADE)
STATE_RUNNING, STATE_AWAITING_POWER = int(State.RUNNING), int(State.AWAITING_POWER)


@njit
def stream_of(line: int, kind: int) -> int:
    """Return the stream of one kind of a line's numbers."""
    return STREAMS_OF_A_LINE * line + kind


@njit
def may_work(t: Tables, number: int) -> bool:
    """Return whether a line may load and connect (clause 11)."""
    return t.bars[number] & NOT_AT_WORK == 0


@njit
def wants_power(t: Tables, number: int) -> bool:
    """Return whether a line is loaded, open, healthy and lit, and not connected yet."""
    return t.bars[number] == READY


@njit
def state_of(t: Tables, number: int) -> int:
    """Return the first state that holds (clause 11)."""
    line = t.lines[number]
    state = lowest(t.bars[number])
    return STATE_AWAITING_POWER if state == STATE_RUNNING and line.speed == 0 else state


# --- bound events ---


@njit
def reach_end_of_run(t: Tables, number: int) -> None:
    """Carry out what a line was scheduled for: its lot is done, it fails, or its repair ends."""
    if t.bars[number] & UNDER_REPAIR:
        _end_repair(t, number)
    else:
        account(t, number)


@njit
def account(t: Tables, number: int) -> None:
    """Count the ticks run since the run began; the lot is done first, then the line fails (clause 2)."""
    line = t.lines[number]
    run = t.clock[0].now - line.run_began
    line.run_began = t.clock[0].now
    if line.speed == 0 or run == 0:
        return
    line.left -= run * line.speed
    line.to_failure -= run
    if line.left <= 0:
        _finish_lot(t, number)
    if line.to_failure == 0:
        _fail(t, number)


@njit
def _finish_lot(t: Tables, number: int) -> None:
    line = t.lines[number]
    inspect(t, number)
    t.bars[number] |= BLOCKED
    line.since = t.clock[0].now
    disconnect(t, number)
    mark(t, DONE, number)


@njit
def inspect(t: Tables, number: int) -> None:
    """Count a lot as done, and its good items (clause 9)."""
    line = t.lines[number]
    t.clock[0].bound_events += 1
    line.good = line.lot
    if line.reject > 0.0:
        u = uniform(t, stream_of(number, REJECT), line.lot_number)
        line.good -= min(int(line.lot * line.reject + u), line.lot)


@njit
def _fail(t: Tables, number: int) -> None:
    line = t.lines[number]
    t.bars[number] |= UNDER_REPAIR
    line.failed_since = t.clock[0].now
    t.clock[0].bound_events += 1
    disconnect(t, number)
    region = t.regions[line.region]
    if region.limited == 1:
        wait(t, crew_node(t, number), crew_list(t, line.region), line.failed_since, 1)
        mark(t, SHORT_OF_CREWS, line.region)
    else:
        begin_repair(t, number)


@njit
def begin_repair(t: Tables, number: int) -> None:
    """Schedule the end of a repair that begins now."""
    repair = ticks(t, stream_of(number, REPAIR), t.lines[number].repairs_ended)
    schedule(t, number, t.clock[0].now + repair)


@njit
def _end_repair(t: Tables, number: int) -> None:
    line = t.lines[number]
    t.bars[number] &= ~UNDER_REPAIR
    line.repairs_ended += 1
    t.clock[0].bound_events += 1
    draw_failure(t, number)
    if t.regions[line.region].limited == 1:
        t.regions[line.region].free += 1
        mark(t, SHORT_OF_CREWS, line.region)
    ask(t, number)


@njit
def draw_failure(t: Tables, number: int) -> None:
    """Draw the running ticks to the next failure (clause 10)."""
    line = t.lines[number]
    if line.failure_mean_h != INFINITY:
        u = uniform(t, stream_of(number, FAILURE), line.repairs_ended)
        line.to_failure = duration_ticks(-line.failure_mean_h * log(1.0 - u))
    else:
        line.to_failure = NEVER


@njit
def set_open(t: Tables, number: int, is_open: int) -> None:
    """Open or close a line; a closed line keeps its lot and draws no power."""
    if is_open == 1:
        t.bars[number] &= ~OFF_SHIFT
        ask(t, number)
    else:
        t.bars[number] |= OFF_SHIFT
        stop(t, number)
        mark(t, TOUCHED, number)


@njit
def ask(t: Tables, number: int) -> None:
    """Have an empty line ask for a lot, a loaded one for power if there is light; else it asks when there is again."""
    line = t.lines[number]
    mark(t, TOUCHED, number)
    if line.recipe < 0:
        mark(t, EMPTY, number)
    elif wants_power(t, number):
        mark(t, LOADED, number)


# --- what the C phase does with a line ---


@njit
def connect(t: Tables, number: int) -> None:
    """Draw power and run."""
    line = t.lines[number]
    t.bars[number] &= ~AWAITING_POWER
    line.connected_since = t.clock[0].now
    if line.grid >= 0:
        t.grids[line.grid].load_kw += line.load_kw
        mark(t, CHANGED, line.grid)
    mark(t, TOUCHED, number)
    start_run(t, number)


@njit
def start_run(t: Tables, number: int) -> None:
    """Schedule the end of the lot or the failure, whichever comes first at the present speed (clauses 10, 15)."""
    line = t.lines[number]
    line.run_began = t.clock[0].now
    line.speed = t.grids[line.grid].speed if line.grid >= 0 else FULL_SPEED
    if line.speed == 0:
        schedule(t, number, NEVER)
    else:
        schedule(t, number, line.run_began + min(_ticks_left(line.left, line.speed), line.to_failure))


@njit
def _ticks_left(left: int, speed: int) -> int:
    """Return the whole ticks in which what is left is done at a speed."""
    if speed == FULL_SPEED:  # most often, and a constant divides in a fraction of the time
        return (left + FULL_SPEED - 1) // FULL_SPEED
    return (left + speed - 1) // speed


@njit
def disconnect(t: Tables, number: int) -> None:
    """Draw no more power; others may fit now."""
    line = t.lines[number]
    mark(t, TOUCHED, number)
    if not t.bars[number] & AWAITING_POWER:
        t.bars[number] |= AWAITING_POWER
        schedule(t, number, NEVER)
        if line.grid >= 0:
            t.grids[line.grid].load_kw -= line.load_kw
            t.grids[line.grid].has_freed = 1
            mark(t, CHANGED, line.grid)


@njit
def stop(t: Tables, number: int) -> None:
    """Disconnect and keep what is done of the lot (clause 12)."""
    if not t.bars[number] & AWAITING_POWER:
        account(t, number)
        disconnect(t, number)


@njit
def unload(t: Tables, number: int) -> bool:
    """Bring the good items of a done lot into the store, or into flow; return whether there was room (clause 13)."""
    line = t.lines[number]
    recipe = t.recipes[line.recipe]
    shelf = recipe.output_shelf
    if line.good > room(t, shelf):
        wait(t, room_node(number), room_list(t, shelf), line.since, line.good)
        line.lacks_room = 1
        return False
    if line.lacks_room == 1:
        leave(t, room_node(number))
        line.lacks_room = 0
    bring_out(t, number)
    line.recipe = -1
    t.bars[number] = t.bars[number] & ~BLOCKED | AWAITING_MATERIAL
    line.since = t.clock[0].now
    mark(t, TOUCHED, number)
    mark(t, EMPTY, number)
    return True


@njit
def bring_out(t: Tables, number: int) -> None:
    """Bring the good items of a lot into the store, or into flow."""
    line = t.lines[number]
    recipe = t.recipes[line.recipe]
    write(t, UNLOADED, number, recipe.output, line.good)
    write(t, REJECTED, number, recipe.output, line.lot - line.good)
    if line.has_flow == 0:
        write(t, MADE, number, recipe.output, line.good)
        put(t, recipe.output_shelf, line.good)
    elif line.good > 0:
        _send_through_shop(t, number, recipe.output_shelf)


@njit
def _send_through_shop(t: Tables, number: int, shelf: int) -> None:
    """Keep room for good items until they arrive in the store."""
    clock, line = t.clock[0], t.lines[number]
    t.shelves[shelf].reserved += line.good
    arrival = clock.now + ticks(t, stream_of(number, FLOW), line.lot_number)
    send(t, number, arrival, line.recipe, line.good)


@njit
def leave_shop(t: Tables, place: int) -> None:
    """Bring a lot that leaves flow into the store it has room in."""
    lot = t.pool[place]
    recipe = t.recipes[lot.number]
    t.clock[0].bound_events += 1
    write(t, MADE, lot.sender, recipe.output, lot.amount)
    t.shelves[recipe.output_shelf].reserved -= lot.amount
    put(t, recipe.output_shelf, lot.amount)
    release(t, place)


@njit
def load(t: Tables, number: int) -> bool:
    """Load a lot of the first recipe whose inputs are all there; return whether there was one (clause 12)."""
    line = t.lines[number]
    for choice in range(line.first_recipe, line.first_recipe + line.recipes):
        lacking = first_lacking(t, choice)
        if lacking < 0:
            _start_lot(t, number, choice)
            return True
        missing = t.inputs[lacking]
        line.starves = 1
        wait(t, recipe_node(t, choice), stock_list(missing.shelf), line.since, missing.amount)
    return False


@njit
def first_lacking(t: Tables, recipe: int) -> int:
    """Return the first input of which its shelf has too little, -1 when all are there."""
    found = t.recipes[recipe]
    for place in range(found.first_input, found.first_input + found.inputs):
        if t.shelves[t.inputs[place].shelf].stock < t.inputs[place].amount:
            return place
    return -1


@njit
def starve_no_more(t: Tables, number: int) -> None:
    """Take a line off all lists for inputs."""
    line = t.lines[number]
    if line.starves == 1:
        for choice in range(line.first_recipe, line.first_recipe + line.recipes):
            leave(t, recipe_node(t, choice))
        line.starves = 0


@njit
def _start_lot(t: Tables, number: int, choice: int) -> None:
    starve_no_more(t, number)
    bring_in(t, number, choice)
    t.bars[number] &= ~AWAITING_MATERIAL
    mark(t, LOADED, number)
    mark(t, TOUCHED, number)


@njit
def bring_in(t: Tables, number: int, choice: int) -> None:
    """Take the inputs of a lot, and draw what work it is."""
    clock, line, recipe = t.clock[0], t.lines[number], t.recipes[choice]
    for place in range(recipe.first_input, recipe.first_input + recipe.inputs):
        need = t.inputs[place]
        take(t, need.shelf, need.amount)
        write(t, USED, number, need.material, need.amount)
    line.recipe = choice
    line.load_kw = recipe.load_kw
    line.lot_number += 1
    line.since = clock.now
    lot_ticks = recipe.ticks
    if line.has_work == 1:
        lot_ticks = ticks(t, stream_of(number, WORK), line.lot_number)
    line.left = _ramped(t, number, lot_ticks) * FULL_SPEED


@njit
def _ramped(t: Tables, number: int, lot_ticks: int) -> int:
    """Return the ticks of a lot loaded now, more in a new plant (clause 8); none longer than NEVER."""
    line = t.lines[number]
    age = t.clock[0].now - line.commissioned
    for place in range(line.first_ramp, line.first_ramp + line.ramps):
        if age < t.ramps[place].until:
            return min(-(-lot_ticks * 100 // t.ramps[place].per_cent), NEVER)
    return lot_ticks
