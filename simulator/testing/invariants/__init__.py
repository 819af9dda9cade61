"""What must always hold, as functions of a path and its system that raise BrokenInvariant otherwise."""

from simulator.model.system import System
from simulator.path import SamplePath
from simulator.testing.broken import BrokenInvariant
from simulator.testing.invariants.balances import balance, floors
from simulator.testing.invariants.fixed_point import fixed_point
from simulator.testing.invariants.lots import capacity, inputs
from simulator.testing.invariants.power import Address, darkness, power
from simulator.testing.invariants.rows import order
from simulator.testing.invariants.states import open_hours, states

__all__ = [
    "INVARIANTS",
    "BrokenInvariant",
    "balance",
    "capacity",
    "darkness",
    "everything",
    "fixed_point",
    "floors",
    "inputs",
    "open_hours",
    "order",
    "power",
    "states",
]

INVARIANTS = (order, states, open_hours, inputs, capacity, balance, floors, power, fixed_point)
"""Those that a path and its system are enough for; each takes for granted what those before it check."""


def everything(path: SamplePath, system: System, address: Address | None = None) -> None:
    """Check all invariants, in order; raises BrokenInvariant at the first that does not hold.

    With the address of the path, its seed and its replication, `darkness` is checked, too.
    """
    for invariant in INVARIANTS:
        invariant(path, system)
    if address is not None:
        darkness(path, system, address)
