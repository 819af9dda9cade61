"""What stores hold at the end, gave up, and had no room for."""

import numpy as np

from simulator.model.system import System
from simulator.path import Kind, SamplePath
from simulator.responses.columns import by_holding, holding_keys
from simulator.responses.kinds import Ints, counted, sums
from simulator.responses.register import response
from simulator.responses.trajectories import holding_places, opening, stock_before


def _by_holding(amounts: Ints, system: System) -> dict[str, float]:
    return {key: int(amount) for key, amount in zip(holding_keys(system), amounts, strict=True)}


@response(columns=by_holding("{} in {} at the end"))
def stock(path: SamplePath, system: System) -> dict[str, float]:
    """What was in store at the end, by store and material."""
    return _by_holding(stock_before(path, system.end_tick), system)


@response(columns=by_holding("{} by which {} ended lower than it opened; 0 when it did not"))
def drawn_down(path: SamplePath, system: System) -> dict[str, float]:
    """Opening stock less stock at the end, where that is positive, by store and material."""
    drop = opening(path).stock - stock_before(path, system.end_tick)
    return _by_holding(np.maximum(drop, 0), system)


@response(columns=by_holding("Dated additions of {} that found no room in {}"))
def added_lost(path: SamplePath, system: System) -> dict[str, float]:
    """Dated additions that found no room, by store and material."""
    found = counted(path, Kind.ADDED_LOST)
    place = holding_places(system)[found.entity, found.material]
    return _by_holding(sums(place, found.amount, len(holding_keys(system))), system)
