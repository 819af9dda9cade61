"""What was made, rejected, delivered and used: by material."""

import numpy as np

from simulator.model.system import DELIVERED, System
from simulator.path import Kind, SamplePath
from simulator.responses.columns import by_material, with_total
from simulator.responses.kinds import Ints, Rows, counted, sums
from simulator.responses.products import exports, inputs, outputs, products
from simulator.responses.register import response


def made_rows(path: SamplePath) -> Rows:
    """Return the rows of good items that came into store."""
    return counted(path, Kind.MADE)


def delivered_rows(path: SamplePath) -> Rows:
    """Return the rows of what was received at the end of a link that leaves the system."""
    received = counted(path, Kind.RECEIVED)
    leaves = [link.to_store == DELIVERED for link in path.system.links]
    return received.part(np.array(leaves, dtype=bool)[received.entity])


def _amounts(chosen: Rows, system: System) -> Ints:
    return sums(chosen.material, chosen.amount, len(system.materials))


def _named(amounts: Ints, system: System, materials: list[int]) -> dict[str, float]:
    return {system.materials[number].name: int(amounts[number]) for number in materials}


def _with_total(amounts: Ints, system: System, materials: list[int]) -> dict[str, float]:
    return {"": int(amounts[products(system)].sum()), **_named(amounts, system, materials)}


@response(columns=with_total("Good {} that came into store", outputs))
def made(path: SamplePath, system: System) -> dict[str, float]:
    """Good items that came into store, by material and in all."""
    return _with_total(_amounts(made_rows(path), system), system, outputs(system))


@response(columns=with_total("{} that were scrapped", outputs))
def rejected(path: SamplePath, system: System) -> dict[str, float]:
    """Items that were scrapped, by material and in all."""
    return _with_total(_amounts(counted(path, Kind.REJECTED), system), system, outputs(system))


@response(columns=with_total("{} that reached the end of an export route", exports))
def delivered(path: SamplePath, system: System) -> dict[str, float]:
    """What reached the end of an export route, by material and in all."""
    return _with_total(_amounts(delivered_rows(path), system), system, exports(system))


@response(columns=by_material("{} that went into lots", inputs))
def used(path: SamplePath, system: System) -> dict[str, float]:
    """What went into lots, by material."""
    return _named(_amounts(counted(path, Kind.USED), system), system, inputs(system))
