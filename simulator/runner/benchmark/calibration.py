"""What the machine is, with two fixed tasks by which figures of different days can be compared."""

import os
import platform
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

STEPS = 5_000_000
"""Steps of the loop in plain Python."""
TIMEOUTS = 200_000
"""Timeouts of the process in SimPy."""


def machine() -> dict[str, str | int | float]:
    """Return the processor, the processors at hand, versions, the load of the last minute, and calibration.

    `loop_seconds` is what adding up `STEPS` numbers in plain Python takes, `timeouts_seconds` what `TIMEOUTS`
    timeouts of one SimPy process take, the quickest of three each.
    """
    from simulator.engines.reference.timeouts import wait_in_turn

    return {
        "processor": _processor(),
        "processors": os.cpu_count() or 1,
        "python": platform.python_version(),
        "numba": version("numba"),
        "numpy": version("numpy"),
        "load": round(os.getloadavg()[0], 2),
        "loop_seconds": min(_seconds(_add_up, STEPS) for _ in range(3)),
        "timeouts_seconds": min(_seconds(wait_in_turn, TIMEOUTS) for _ in range(3)),
    }


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    names = [
        line.partition(":")[2].strip()
        for line in (facts.read_text(encoding="utf-8").splitlines() if facts.is_file() else [])
        if line.startswith("model name")
    ]
    return names[0] if names else platform.processor() or platform.machine()


def _seconds(task: Callable[[int], object], count: int) -> float:
    began = time.perf_counter()
    task(count)
    return time.perf_counter() - began


def _add_up(count: int) -> int:
    total = 0
    for number in range(count):
        total += number
    return total
