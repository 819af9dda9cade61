"""What must always hold, as functions of a path and its system that raise BrokenInvariant otherwise."""

from simulator.model.system import System
from simulator.path import SamplePath
from simulator.testing.broken import BrokenInvariant
from simulator.testing.invariants.balances import balance, floors
from simulator.testing.invariants.fixed_point import fixed_point
from simulator.testing.invariants.lots import capacity, inputs
from simulator.testing.invariants.power import power
from simulator.testing.invariants.rows import order
from simulator.testing.invariants.states import open_hours, states

__all__ = [
    "INVARIANTS",
    "BrokenInvariant",
    "balance",
    "capacity",
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
"""All of them; each takes for granted what those before it check."""


def everything(path: SamplePath, system: System) -> None:
    """Check all invariants, in order; raises BrokenInvariant at the first that does not hold."""
    for invariant in INVARIANTS:
        invariant(path, system)
