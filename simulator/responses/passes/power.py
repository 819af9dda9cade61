"""The electricity that grids gave, to the kilowatt tick."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.jit import njit
from simulator.model.system import TICKS_PER_HOUR

Ints = npt.NDArray[np.int64]


class Grids(NamedTuple):
    """What grids have given; by grid.

    A sum of kilowatts times ticks may not fit into 64 bits, so it is kept as kilowatt hours and a rest, and
    is exact: rounded once, to the nearest float, it is what `math.fsum` of the exact products gives.
    """

    drawn_kw: Ints
    since: Ints
    """The tick from which on that has not been counted."""
    kwh: Ints
    rest: Ints
    """kW times ticks, less than a kWh."""


def grids_of(count: int) -> Grids:
    """Return so many grids before the path begins."""
    drawn_kw, since, kwh, rest = np.zeros((4, count), dtype=np.int64)
    return Grids(drawn_kw, since, kwh, rest)


@njit(nogil=True)
def draw(drawn_kw: Ints, since: Ints, kwh: Ints, rest: Ints, grid: int, tick: int, kw: int) -> None:
    """Count what a grid has given up to a tick, from which on it gives `kw`."""
    ticks = tick - since[grid]
    rests = rest[grid] + drawn_kw[grid] * (ticks % TICKS_PER_HOUR)
    kwh[grid] += drawn_kw[grid] * (ticks // TICKS_PER_HOUR) + rests // TICKS_PER_HOUR
    rest[grid] = rests % TICKS_PER_HOUR
    drawn_kw[grid] = kw
    since[grid] = tick


def energy_kwh(grids: Grids) -> list[float]:
    """Return the electricity that each grid gave, in kWh."""
    wholes = zip(grids.kwh.tolist(), grids.rest.tolist(), strict=True)
    return [float(whole * TICKS_PER_HOUR + rest) / TICKS_PER_HOUR for whole, rest in wholes]
