"""How what is measured becomes whole: items, kilograms, kilowatts, ticks."""

import math
from collections.abc import Callable

from simulator import streams
from simulator.errors import ModelError
from simulator.model.materials import Store
from simulator.model.system import NO_LIMIT, TICKS_PER_HOUR

MOST = 1 << 52
"""Every whole number of a description is below this: exact as a float, far from overflow in sums."""

duration_ticks: Callable[[float], int] = getattr(streams.duration_ticks, "py_func", streams.duration_ticks)
"""`streams.duration_ticks` as Python runs it: for single numbers quicker than a call of machine code."""


def whole(number: float, where: str) -> int:
    """Return a number rounded half up; raises ModelError naming `where` when it is not below `MOST`."""
    if not number < MOST:
        raise ModelError(f"{where} comes to {number:g}; give less than {MOST:,}")
    return math.floor(number + 0.5)


def elapsed_ticks(hours: float, where: str) -> int:
    """Return elapsed hours in ticks, 0 for none; raises ModelError naming `where` when they are too many."""
    return whole(hours * TICKS_PER_HOUR, where)


def capacity(store: Store, material: str, where: str) -> int:
    """Return the most of a material that a store keeps, `NO_LIMIT` when it has no limit."""
    found = store.holds[material].capacity
    return NO_LIMIT if found is None else whole(found.number, f"{where}.holds.{material}.capacity")
