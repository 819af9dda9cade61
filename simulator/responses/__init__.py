"""What is measured: numbers that are pure functions of a sample path, and the register of them."""

# importing these modules registers their responses, in the order of the columns
from simulator.responses import materials, transport, stores, supply, hours, lost_output  # isort: skip
from simulator.responses.kinds import Rows, counted, rows
from simulator.responses.measures import Measures, describe, measure
from simulator.responses.register import Response, registered, response, restored_register, unregister
from simulator.responses.trajectories import (
    Opening,
    Power,
    Stretches,
    holdings,
    intervals,
    opening,
    power,
    stocks,
)

__all__ = [
    "Measures",
    "Opening",
    "Power",
    "Response",
    "Rows",
    "Stretches",
    "counted",
    "describe",
    "holdings",
    "intervals",
    "measure",
    "opening",
    "power",
    "registered",
    "response",
    "restored_register",
    "rows",
    "stocks",
    "unregister",
]

BUILT_IN = (materials, transport, stores, supply, hours, lost_output)
OWN = tuple(registered())
"""The names of the package's own responses."""
