"""The rows of an instant as they happen, and the path they are added to in the order of their key (clause 23)."""

from simulator.engines.compiled.layout import Tables
from simulator.engines.compiled.sorting import sort
from simulator.jit import njit
from simulator.model.system import NONE
from simulator.path import Kind

STATE = int(Kind.STATE)

KIND_SHIFT = 48
ENTITY_SHIFT = 16
MATERIAL_MASK = 0xFFFF
ENTITY_MASK = 0xFFFFFFFF


@njit
def write(t: Tables, kind: int, entity: int, material: int, amount: int) -> None:
    """Add an amount to this instant's rows; one of zero is no row."""
    if amount != 0:
        write_value(t, kind, entity, material, amount)


@njit
def write_value(t: Tables, kind: int, entity: int, material: int, amount: int) -> None:
    """Add a value to this instant's rows, zero or not."""
    clock = t.clock[0]
    entry = t.entries[clock.entry_count]
    entry.first = (kind << KIND_SHIFT) | (entity << ENTITY_SHIFT) | (material + 1)
    entry.second = amount
    clock.entry_count += 1


@njit
def write_state(t: Tables, line: int, state: int) -> None:
    """Add a state to the path, before all other rows of this instant and in the order of the lines."""
    row = t.rows[t.clock[0].row_count]
    row.tick, row.kind, row.entity, row.material, row.amount = t.clock[0].now, STATE, line, NONE, state
    t.clock[0].row_count += 1


@njit
def end_instant(t: Tables) -> None:
    """Add this instant's other rows to the path, sorted, those of one key summed."""
    clock = t.clock[0]
    sort(t.entries, t.spare, clock.entry_count)
    length = clock.row_count
    last = -1
    for place in range(clock.entry_count):
        entry = t.entries[place]
        if entry.first == last:
            t.rows[length - 1].amount += entry.second
            continue
        last = entry.first
        row = t.rows[length]
        row.tick = clock.now
        row.kind = last >> KIND_SHIFT
        row.entity = (last >> ENTITY_SHIFT) & ENTITY_MASK
        row.material = (last & MATERIAL_MASK) - 1
        row.amount = entry.second
        length += 1
    clock.row_count = length
    clock.entry_count = 0
