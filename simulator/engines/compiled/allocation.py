"""The C phase: what is scarce goes out in rank order until nothing more can start (clauses 3 and 4)."""

from simulator.engines.compiled.layout import Tables
from simulator.engines.compiled.lines import begin_repair, load, may_work, starve_no_more, state_of, unload
from simulator.engines.compiled.links import dispatch_all, receive_vehicle
from simulator.engines.compiled.marks import (
    CHANGED,
    DONE,
    EMPTIED,
    EMPTY,
    LOADED,
    REFILLED,
    SHORT_OF_CREWS,
    TO_LEAVE,
    TOUCHED,
    are_many,
    clear,
    is_marked,
    marked,
    put_in_order,
    take_only,
)
from simulator.engines.compiled.power import (
    ask_for_power,
    is_contested,
    offer_power,
    settle,
    shed,
)
from simulator.engines.compiled.rows import write_state
from simulator.engines.compiled.suppliers import VEHICLES, receive_delivery
from simulator.engines.compiled.waiting import (
    begin_walk,
    begin_walk_of_lists,
    crew_list,
    crew_node,
    grid_list,
    leave,
    next_in_rank,
    room_list,
    stock_list,
    walk_list,
)
from simulator.jit import njit


@njit
def allocate(t: Tables) -> None:
    """Carry out the C phase of an instant, and write the states that differ after it."""
    if t.clock[0].somebody_asks == 0 and t.clock[0].arrival_count == 0:
        return
    for place in range(t.mark_counts[CHANGED]):
        shed(t, marked(t, CHANGED, place))
    while _pass(t):
        pass
    _connect(t)
    for place in range(t.mark_counts[CHANGED]):
        settle(t, marked(t, CHANGED, place))
    clear(t, CHANGED)
    _write_states(t)
    t.clock[0].somebody_asks = 0


@njit
def _write_states(t: Tables) -> None:
    """Write the states that differ from the last, by line."""
    if are_many(t, TOUCHED):
        for number in range(len(t.lines)):
            if is_marked(t, TOUCHED, number):
                _tell_state(t, number)
    else:
        put_in_order(t, TOUCHED)
        for place in range(t.mark_counts[TOUCHED]):
            _tell_state(t, marked(t, TOUCHED, place))
    clear(t, TOUCHED)


@njit
def _tell_state(t: Tables, number: int) -> None:
    state = state_of(t, number)
    if state != t.states[number]:
        t.states[number] = state
        write_state(t, number, state)


@njit
def _pass(t: Tables) -> bool:
    """Try each kind of start once, in this order; return whether anything changed."""
    changed = False
    if t.clock[0].arrival_count and _receive(t):
        changed = True
    if (t.mark_counts[DONE] or t.mark_counts[EMPTIED]) and _unload(t):
        changed = True
    if t.mark_counts[SHORT_OF_CREWS] and _send_crews(t):
        changed = True
    if (t.mark_counts[EMPTY] or t.mark_counts[REFILLED]) and _load(t):
        changed = True
    if t.mark_counts[TO_LEAVE] and dispatch_all(t):
        changed = True
    return changed


@njit
def _receive(t: Tables) -> bool:
    """Receive what arrived, in rank order; vehicles without room stay where they are in it."""
    clock = t.clock[0]
    if clock.room_grew == 0 and t.arrivals[clock.arrival_count - 1].tick < clock.now:
        return False  # all have been tried since there was more room
    clock.room_grew = 0
    count, kept = clock.arrival_count, 0
    for at in range(count):
        if t.arrivals[at].what == VEHICLES:
            if not receive_vehicle(t, at):
                t.arrivals[kept] = t.arrivals[at]
                kept += 1
        else:
            receive_delivery(t, at)
    clock.arrival_count = kept
    return kept < count


@njit
def _unload(t: Tables) -> bool:
    if t.mark_counts[DONE] == 1 and t.mark_counts[EMPTIED] == 0:
        return unload(t, take_only(t, DONE))
    begin_walk(t, DONE)
    for place in range(t.mark_counts[EMPTIED]):
        walk_list(t, room_list(t, marked(t, EMPTIED, place)))
    clear(t, EMPTIED)
    changed = False
    line = next_in_rank(t)
    while line >= 0:
        if unload(t, line):
            changed = True
        line = next_in_rank(t)
    return changed


@njit
def _send_crews(t: Tables) -> bool:
    begin_walk_of_lists(t)
    for place in range(t.mark_counts[SHORT_OF_CREWS]):
        walk_list(t, crew_list(t, marked(t, SHORT_OF_CREWS, place)))
    clear(t, SHORT_OF_CREWS)
    changed = False
    line = next_in_rank(t)
    while line >= 0:
        leave(t, crew_node(t, line))
        t.regions[t.lines[line].region].free -= 1
        begin_repair(t, line)
        changed = True
        line = next_in_rank(t)
    return changed


@njit
def _load(t: Tables) -> bool:
    if t.mark_counts[EMPTY] == 1 and t.mark_counts[REFILLED] == 0:
        return _try_to_load(t, take_only(t, EMPTY))
    begin_walk(t, EMPTY)
    for place in range(t.mark_counts[REFILLED]):
        walk_list(t, stock_list(marked(t, REFILLED, place)))
    clear(t, REFILLED)
    changed = False
    line = next_in_rank(t)
    while line >= 0:
        if _try_to_load(t, line):
            changed = True
        line = next_in_rank(t)
    return changed


@njit
def _try_to_load(t: Tables, line: int) -> bool:
    if t.lines[line].recipe >= 0 or not may_work(t, line):
        starve_no_more(t, line)
        return False
    return load(t, line)


@njit
def _connect(t: Tables) -> None:
    """Connect in rank order; where nobody else asks for the power of a grid, or it has enough for all, in any."""
    asking = t.mark_counts[LOADED]
    if asking > 1:
        for place in range(asking):
            ask_for_power(t, marked(t, LOADED, place))
    contested = False
    for place in range(t.mark_counts[CHANGED]):
        contested |= is_contested(t, marked(t, CHANGED, place))
    if contested:
        _connect_by_rank(t)
        return
    for place in range(asking):
        offer_power(t, marked(t, LOADED, place))
    clear(t, LOADED)


@njit
def _connect_by_rank(t: Tables) -> None:
    begin_walk(t, LOADED)
    for place in range(t.mark_counts[CHANGED]):
        grid = marked(t, CHANGED, place)
        if t.grids[grid].has_freed == 1:
            walk_list(t, grid_list(t, grid))
    line = next_in_rank(t)
    while line >= 0:
        offer_power(t, line)
        line = next_in_rank(t)
