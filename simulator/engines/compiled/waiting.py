"""Lines that wait for something scarce, in lists by rank, and the walk that offers it to them (clauses 3, 4).

A list belongs to what is waited for: the stock of a shelf, the room of a shelf, the power of a grid, the crews
of a region. Offering starts where something came free, merges those lists with the lines that ask for the first
time, and passes over whoever needs more than there is; a list is left as soon as nobody on it can be served.
"""

from simulator.engines.compiled.layout import Tables
from simulator.engines.compiled.marks import clear, marked
from simulator.engines.compiled.sorting import comes_before, sort
from simulator.jit import njit
from simulator.model.system import NEVER


@njit
def stock_list(shelf: int) -> int:
    """Return the list of those who wait for stock of a shelf."""
    return shelf


@njit
def room_list(t: Tables, shelf: int) -> int:
    """Return the list of those who wait for room on a shelf."""
    return len(t.shelves) + shelf


@njit
def grid_list(t: Tables, grid: int) -> int:
    """Return the list of those who wait for power of a grid."""
    return 2 * len(t.shelves) + grid


@njit
def crew_list(t: Tables, region: int) -> int:
    """Return the list of those who wait for a crew of a region."""
    return 2 * len(t.shelves) + len(t.grids) + region


@njit
def room_node(line: int) -> int:
    """Return the place of a line in a list for room."""
    return line


@njit
def grid_node(t: Tables, line: int) -> int:
    """Return the place of a line in a list for power."""
    return len(t.lines) + line


@njit
def crew_node(t: Tables, line: int) -> int:
    """Return the place of a line in a list for a crew."""
    return 2 * len(t.lines) + line


@njit
def recipe_node(t: Tables, recipe: int) -> int:
    """Return the place of a line in a list for an input of one of its recipes."""
    return 3 * len(t.lines) + recipe


@njit
def available(t: Tables, number: int) -> int:
    """Return how much there is of what a list waits for."""
    shelves, grids = len(t.shelves), len(t.grids)
    if number < shelves:
        return t.shelves[number].stock
    if number < 2 * shelves:
        return room(t, number - shelves)
    if number < 2 * shelves + grids:
        grid = t.grids[number - 2 * shelves]
        return grid.supply_kw - grid.load_kw
    return t.regions[number - 2 * shelves - grids].free


@njit
def room(t: Tables, shelf: int) -> int:
    """Return what fits on a shelf besides its stock and the lots in flow (clause 13)."""
    found = t.shelves[shelf]
    return found.capacity - found.stock - found.reserved


@njit
def wait(t: Tables, node: int, number: int, since: int, need: int) -> None:
    """Have a node's line wait in a list for as much as it needs, ranked by the tick since which it could go on."""
    entry = t.nodes[node]
    if entry.list == number and entry.need == need and entry.tick == since:
        return
    leave(t, node)
    entry.list, entry.tick, entry.need = number, since, need
    chain = t.lists[number]
    before = chain.tail
    while before >= 0 and _ranks_before(t, node, before):
        before = t.nodes[before].previous
    after = chain.head if before < 0 else t.nodes[before].next
    entry.previous, entry.next = before, after
    if before < 0:
        chain.head = node
    else:
        t.nodes[before].next = node
    if after < 0:
        chain.tail = node
    else:
        t.nodes[after].previous = node
    chain.least = min(chain.least, need)
    chain.seen = min(chain.seen, need)


@njit
def leave(t: Tables, node: int) -> None:
    """Have a node's line wait no longer; a walk that has come to it goes on behind it."""
    entry = t.nodes[node]
    if entry.list < 0:
        return
    for walk in range(t.clock[0].walk_count):
        if t.walks[walk].node == node:
            t.walks[walk].node = entry.next
    chain = t.lists[entry.list]
    if entry.previous < 0:
        chain.head = entry.next
    else:
        t.nodes[entry.previous].next = entry.next
    if entry.next < 0:
        chain.tail = entry.previous
    else:
        t.nodes[entry.next].previous = entry.previous
    entry.list = -1
    if chain.head < 0:
        chain.least = NEVER


@njit
def _ranks_before(t: Tables, a: int, b: int) -> bool:
    """Return whether one node ranks before another: by priority, tick, line number."""
    one, other = t.nodes[a], t.nodes[b]
    return comes_before(one.priority, one.tick, one.line, other.priority, other.tick, other.line)


# --- the walk ---


@njit
def begin_walk(t: Tables, asking: int) -> None:
    """Offer to the lines with a mark, which is cleared; those of lists are added with `walk_list`."""
    clock = t.clock[0]
    clock.walk_count = 0
    clock.candidate_at = 0
    clock.candidate_count = t.mark_counts[asking]
    for place in range(clock.candidate_count):
        number, candidate = marked(t, asking, place), t.candidates[place]
        line = t.lines[number]
        candidate.first, candidate.second, candidate.third = line.priority, line.since, number
    clear(t, asking)
    sort(t.candidates, t.spare, clock.candidate_count)


@njit
def begin_walk_of_lists(t: Tables) -> None:
    """Offer to nobody but the lines of lists."""
    t.clock[0].walk_count = 0
    t.clock[0].candidate_at = 0
    t.clock[0].candidate_count = 0


@njit
def walk_list(t: Tables, number: int) -> None:
    """Offer to the lines of a list as well."""
    if t.lists[number].head >= 0:
        t.walks[t.clock[0].walk_count].list = number
        t.walks[t.clock[0].walk_count].node = t.lists[number].head
        t.clock[0].walk_count += 1
        t.lists[number].seen = NEVER


@njit
def next_in_rank(t: Tables) -> int:
    """Return the next line to try, in rank order over all lists walked; -1 when there is none."""
    clock = t.clock[0]
    line, priority, tick, chosen = -1, 0, 0, -1
    if clock.candidate_at < clock.candidate_count:
        candidate = t.candidates[clock.candidate_at]
        priority, tick, line = candidate.first, candidate.second, candidate.third
    for walk in range(clock.walk_count):
        node = _next_served(t, walk)
        if node < 0:
            continue
        entry = t.nodes[node]
        if line < 0 or comes_before(entry.priority, entry.tick, entry.line, priority, tick, line):
            line, priority, tick, chosen = entry.line, entry.priority, entry.tick, walk
    if chosen >= 0:
        node = t.walks[chosen].node
        chain = t.lists[t.walks[chosen].list]
        chain.seen = min(chain.seen, t.nodes[node].need)
        t.walks[chosen].node = t.nodes[node].next
        if t.walks[chosen].node < 0:
            chain.least = chain.seen
    elif line >= 0:
        clock.candidate_at += 1
    return line


@njit
def _next_served(t: Tables, walk: int) -> int:
    """Return the node that a walk comes to, past those that need more than there is; -1 at the end."""
    node = t.walks[walk].node
    if node < 0:
        return -1
    number = t.walks[walk].list
    chain = t.lists[number]
    there = available(t, number)
    if there < chain.least:
        t.walks[walk].node = -1
        return -1
    while node >= 0 and t.nodes[node].need > there:
        chain.seen = min(chain.seen, t.nodes[node].need)
        node = t.nodes[node].next
    t.walks[walk].node = node
    if node < 0:
        chain.least = chain.seen
    return node
