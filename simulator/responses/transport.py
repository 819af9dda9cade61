"""What went along links."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from simulator.model.system import System
from simulator.path import Kind, SamplePath
from simulator.responses.built_in import built_in
from simulator.responses.columns import by_material, by_name
from simulator.responses.outline import Outline
from simulator.responses.products import carried
from simulator.responses.trace import trace

Ints = npt.NDArray[np.int64]


def _links(outline: Outline) -> Iterator[str]:
    return (link.name for link in outline.links)


@built_in(by_name("Vehicles of {} that left", "vehicles", _links))
def departures(path: SamplePath, system: System) -> Ints:
    """Vehicles that left, by link."""
    return trace(path).numbers(Kind.DEPARTED)


@built_in(by_name("Vehicles of {} that arrived", "vehicles", _links))
def arrivals(path: SamplePath, system: System) -> Ints:
    """Vehicles that arrived, by link."""
    return trace(path).numbers(Kind.ARRIVED)


@built_in(by_name("Containers that left on {}; 0 where they are not counted", "containers", _links))
def loads(path: SamplePath, system: System) -> Ints:
    """Containers that left, by link."""
    return trace(path).numbers(Kind.LOADS)


@built_in(by_name("Vehicles of {} not sent because another waited", "vehicles", _links))
def missed(path: SamplePath, system: System) -> Ints:
    """Vehicles that fell due while another waited, by link."""
    return trace(path).numbers(Kind.MISSED)


@built_in(by_material("{} on the way along links at the end", carried))
def in_transit(path: SamplePath, system: System) -> Ints:
    """What was shipped and not received by the end, by material."""
    found = trace(path)
    under_way = found.amounts_with_warm_up(Kind.SHIPPED) - found.amounts_with_warm_up(Kind.RECEIVED)
    amounts: Ints = under_way.sum(axis=0)[found.layout.carried]
    return amounts
