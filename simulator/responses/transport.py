"""What went along links."""

from operator import attrgetter

import numpy as np

from simulator.model.system import System
from simulator.path import Kind, SamplePath
from simulator.responses.columns import by_material, by_part
from simulator.responses.kinds import counted, sums
from simulator.responses.products import carried
from simulator.responses.register import response
from simulator.responses.trajectories import in_transit as in_transit_by_link

LINKS = attrgetter("links")


def _by_link(path: SamplePath, kind: Kind) -> dict[str, float]:
    found = counted(path, kind)
    amounts = sums(found.entity, found.amount, len(path.system.links))
    return {link.name: int(amount) for link, amount in zip(path.system.links, amounts, strict=True)}


@response(columns=by_part("Vehicles of {} that left", "vehicles", LINKS))
def departures(path: SamplePath, system: System) -> dict[str, float]:
    """Vehicles that left, by link."""
    return _by_link(path, Kind.DEPARTED)


@response(columns=by_part("Vehicles of {} that arrived", "vehicles", LINKS))
def arrivals(path: SamplePath, system: System) -> dict[str, float]:
    """Vehicles that arrived, by link."""
    return _by_link(path, Kind.ARRIVED)


@response(columns=by_part("Containers that left on {}; 0 where they are not counted", "containers", LINKS))
def loads(path: SamplePath, system: System) -> dict[str, float]:
    """Containers that left, by link."""
    return _by_link(path, Kind.LOADS)


@response(columns=by_part("Vehicles of {} not sent because another waited", "vehicles", LINKS))
def missed(path: SamplePath, system: System) -> dict[str, float]:
    """Vehicles that fell due while another waited, by link."""
    return _by_link(path, Kind.MISSED)


@response(columns=by_material("{} on the way along links at the end", carried))
def in_transit(path: SamplePath, system: System) -> dict[str, float]:
    """What was shipped and not received by the end, by material."""
    amounts = in_transit_by_link(path, until=system.end_tick).sum(axis=0, dtype=np.int64)
    return {system.materials[number].name: int(amounts[number]) for number in carried(system)}
