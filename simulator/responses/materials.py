"""What was made, rejected, delivered and used: by material."""

import numpy as np
import numpy.typing as npt

from simulator.model.system import System
from simulator.path import Kind, SamplePath
from simulator.responses.built_in import built_in
from simulator.responses.columns import by_material, with_total
from simulator.responses.products import exports, inputs, outputs
from simulator.responses.trace import Trace, trace

Ints = npt.NDArray[np.int64]


def _with_total(found: Trace, amounts: Ints, materials: list[int]) -> Ints:
    """Return the sum over final products, then the amounts of some materials."""
    return np.append(amounts[found.layout.products].sum(), amounts[materials])


@built_in(with_total("Good {} that came into store", outputs))
def made(path: SamplePath, system: System) -> Ints:
    """Good items that came into store, by material and in all."""
    found = trace(path)
    return _with_total(found, found.amounts(Kind.MADE).sum(axis=0), found.layout.outputs)


@built_in(with_total("{} that were scrapped", outputs))
def rejected(path: SamplePath, system: System) -> Ints:
    """Items that were scrapped, by material and in all."""
    found = trace(path)
    return _with_total(found, found.amounts(Kind.REJECTED).sum(axis=0), found.layout.outputs)


@built_in(with_total("{} that reached the end of an export route", exports))
def delivered(path: SamplePath, system: System) -> Ints:
    """What reached the end of an export route, by material and in all."""
    found = trace(path)
    amounts = found.amounts(Kind.RECEIVED)[found.layout.leaving].sum(axis=0)
    return _with_total(found, amounts, found.layout.exports)


@built_in(by_material("{} that went into lots", inputs))
def used(path: SamplePath, system: System) -> Ints:
    """What went into lots, by material."""
    found = trace(path)
    amounts: Ints = found.amounts(Kind.USED).sum(axis=0)[found.layout.inputs]
    return amounts
