"""The electricity that grids gave, to the kilowatt tick."""

from __future__ import annotations

from typing import Any

from simulator.jit import njit
from simulator.model.system import TICKS_PER_HOUR
from simulator.responses.passes.records import Records, record

GRID = record("drawn_kw since kwh rest")
"""A grid: what it gives; the tick from which on that has not been counted; what it has given.

A sum of kilowatts times ticks may not fit into 64 bits, so it is kept as kilowatt hours and a rest in kilowatt
ticks, less than a kilowatt hour, and is exact: rounded once, to the nearest float, it is what `math.fsum` of
the exact products gives.
"""


@njit(nogil=True)
def draw(grid: Any, tick: int, kw: int) -> None:
    """Count what a grid has given up to a tick, from which on it gives `kw`."""
    ticks = tick - grid["since"]
    rests = grid["rest"] + grid["drawn_kw"] * (ticks % TICKS_PER_HOUR)
    grid["kwh"] += grid["drawn_kw"] * (ticks // TICKS_PER_HOUR) + rests // TICKS_PER_HOUR
    grid["rest"] = rests % TICKS_PER_HOUR
    grid["drawn_kw"] = kw
    grid["since"] = tick


def energy_kwh(grids: Records) -> list[float]:
    """Return the electricity that each grid gave, in kWh."""
    wholes = zip(grids["kwh"].tolist(), grids["rest"].tolist(), strict=True)
    return [float(whole * TICKS_PER_HOUR + rest) / TICKS_PER_HOUR for whole, rest in wholes]
