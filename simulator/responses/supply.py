"""What came in from outside: deliveries, electricity."""

import math

from simulator.model.system import TICKS_PER_HOUR, System
from simulator.path import Kind, SamplePath
from simulator.responses.columns import by_part, unit_of
from simulator.responses.kinds import counted, sums
from simulator.responses.register import Meaning, response
from simulator.responses.trajectories import power


def _by_supplier(path: SamplePath, kind: Kind) -> dict[str, float]:
    found = counted(path, kind)
    amounts = sums(found.entity, found.amount, len(path.system.suppliers))
    return {each.name: int(amount) for each, amount in zip(path.system.suppliers, amounts, strict=True)}


def _of_suppliers(sentence: str, system: System) -> dict[str, Meaning]:
    return {
        supplier.name: (
            unit_of(system, supplier.material),
            sentence.format(system.materials[supplier.material].name, supplier.name),
        )
        for supplier in system.suppliers
    }


@response(columns=lambda system: _of_suppliers("{} from {} that came into store", system))
def supplied(path: SamplePath, system: System) -> dict[str, float]:
    """What came into store, by supplier."""
    return _by_supplier(path, Kind.SUPPLIED)


@response(columns=lambda system: _of_suppliers("{} from {} that found no room", system))
def turned_away(path: SamplePath, system: System) -> dict[str, float]:
    """What found no room, by supplier."""
    return _by_supplier(path, Kind.TURNED_AWAY)


@response(columns=lambda system: _of_suppliers("{} from {} lost to disruptions", system))
def lost(path: SamplePath, system: System) -> dict[str, float]:
    """What disruptions took, by supplier."""
    return _by_supplier(path, Kind.LOST)


@response(columns=by_part("Electricity that {} drew from its grid", "kWh", lambda system: system.regions))
def energy(path: SamplePath, system: System) -> dict[str, float]:
    """Electricity drawn, by region; 0 for one without a grid."""
    drawn = power(path).drawn.within(0, system.end_tick)
    found = {region.name: 0.0 for region in system.regions}
    for number, grid in enumerate(system.grids):
        steps = drawn.of(number)
        # as floats: kilowatts times ticks may not fit into 64 bits
        parts = steps.value.astype(float) * steps.ticks.astype(float)
        found[system.regions[grid.region].name] = math.fsum(parts.tolist()) / TICKS_PER_HOUR
    return found
