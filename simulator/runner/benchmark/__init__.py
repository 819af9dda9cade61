"""What a replication costs on this machine: by engine, in parallel, with the size of a system."""

from simulator.runner.benchmark.calibration import machine
from simulator.runner.benchmark.growing import Grown, Growth, growth
from simulator.runner.benchmark.pairing import ENGINES, SideBySide, side_by_side
from simulator.runner.benchmark.resident import Memory, memory
from simulator.runner.benchmark.workers import Parallel, parallel

__all__ = [
    "ENGINES",
    "Grown",
    "Growth",
    "Memory",
    "Parallel",
    "SideBySide",
    "growth",
    "machine",
    "memory",
    "parallel",
    "side_by_side",
]
