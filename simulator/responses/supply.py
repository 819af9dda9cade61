"""What came in from outside: deliveries, electricity."""

import numpy as np
import numpy.typing as npt

from simulator.model.system import System
from simulator.path import Kind, SamplePath
from simulator.responses.built_in import built_in
from simulator.responses.columns import Columns, by_name, unit_of
from simulator.responses.outline import Outline
from simulator.responses.passes.power import energy_kwh
from simulator.responses.register import Meaning
from simulator.responses.trace import trace

Ints = npt.NDArray[np.int64]


def _by_supplier(sentence: str) -> Columns:
    def columns(outline: Outline) -> dict[str, Meaning]:
        return {
            each.name: (
                unit_of(outline, each.material),
                sentence.format(outline.materials[each.material].name, each.name),
            )
            for each in outline.suppliers
        }

    return columns


@built_in(_by_supplier("{} from {} that came into store"))
def supplied(path: SamplePath, system: System) -> Ints:
    """What came into store, by supplier."""
    return trace(path).numbers(Kind.SUPPLIED)


@built_in(_by_supplier("{} from {} that found no room"))
def turned_away(path: SamplePath, system: System) -> Ints:
    """What found no room, by supplier."""
    return trace(path).numbers(Kind.TURNED_AWAY)


@built_in(_by_supplier("{} from {} lost to disruptions"))
def lost(path: SamplePath, system: System) -> Ints:
    """What disruptions took, by supplier."""
    return trace(path).numbers(Kind.LOST)


@built_in(by_name("Electricity that {} drew from its grid", "kWh", lambda outline: outline.regions))
def energy(path: SamplePath, system: System) -> list[float]:
    """Electricity drawn, by region; 0 for one without a grid."""
    found = trace(path)
    outline = found.layout.outline
    drawn = [0.0] * len(outline.regions)
    for region, amount in zip(outline.grids, energy_kwh(found.grids), strict=True):
        drawn[region] = amount
    return drawn
