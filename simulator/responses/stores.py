"""What stores hold at the end, gave up, and had no room for."""

import numpy as np
import numpy.typing as npt

from simulator.model.system import System
from simulator.path import Kind, SamplePath
from simulator.responses.built_in import built_in
from simulator.responses.columns import by_holding
from simulator.responses.trace import trace

Ints = npt.NDArray[np.int64]


@built_in(by_holding("{} in {} at the end"))
def stock(path: SamplePath, system: System) -> Ints:
    """What was in store at the end, by store and material."""
    return trace(path).stock


@built_in(by_holding("{} by which {} ended lower than it opened; 0 when it did not"))
def drawn_down(path: SamplePath, system: System) -> Ints:
    """Opening stock less stock at the end, where that is positive, by store and material."""
    found = trace(path)
    drop: Ints = np.maximum(found.stock_before(0) - found.stock, 0)
    return drop


@built_in(by_holding("Dated additions of {} that found no room in {}"))
def added_lost(path: SamplePath, system: System) -> list[float]:
    """Dated additions that found no room, by store and material."""
    found = trace(path)
    amounts = found.amounts(Kind.ADDED_LOST)
    return [amounts[place] for place in found.layout.places]
