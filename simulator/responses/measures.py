"""All that is measured of one replication."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from simulator.model.claims import Claim
from simulator.model.system import System
from simulator.path import SamplePath
from simulator.responses.claims import claim_meanings, measure_claim
from simulator.responses.kinds import Ints, Rows, read_only, sums
from simulator.responses.materials import delivered_rows, made_rows
from simulator.responses.periods import TICKS_PER_WEEK, week_count
from simulator.responses.products import exports, outputs, products
from simulator.responses.register import Meaning, registered


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """The numbers of one replication."""

    columns: dict[str, float]
    """Claims in their order, then responses in the order of the register."""
    weekly: dict[str, Ints]
    """What was made and delivered in each week from tick 0, under the name of its column; shape (weeks,)."""


def measure(path: SamplePath, claims: Mapping[str, Claim]) -> Measures:
    """Measure all claims and all registered responses of a sample path.

    Raises RunError when a response cannot be measured, ModelError for a claim about what the system has not.
    """
    columns: dict[str, float] = {}
    for name, claim in claims.items():
        measured = measure_claim(path, claim)
        columns[f"claims.{name}"] = float(measured.amount)
        columns[f"claims.{name}.met_days"] = measured.met_days
    for response in registered().values():
        columns |= response.measure(path)
    return Measures(columns, weekly(path))


def weekly(path: SamplePath) -> dict[str, Ints]:
    """Return what was made and delivered in each week, by material and in all; the last week may be short."""
    system = path.system
    found = {"made": (made_rows(path), outputs(system)), "delivered": (delivered_rows(path), exports(system))}
    series: dict[str, Ints] = {}
    for name, (rows, materials) in found.items():
        by_week = _by_week(system, rows)
        series[name] = read_only(by_week[products(system)].sum(axis=0))
        for number in materials:
            series[f"{name}.{system.materials[number].name}"] = read_only(by_week[number])
    return series


def _by_week(system: System, rows: Rows) -> Ints:
    """Return amounts added up; shape (materials, weeks)."""
    shape = (len(system.materials), week_count(system))
    index = rows.material * shape[1] + rows.tick // TICKS_PER_WEEK
    return sums(index, rows.amount, shape[0] * shape[1]).reshape(shape)


def describe(
    system: System, claims: Mapping[str, Claim], *, measured: Iterable[str] = ()
) -> dict[str, Meaning]:
    """Return the unit and the description of every column, in order.

    A response that does not say its columns beforehand is described under its name alone, or, given the
    columns that were `measured`, under each of those that are its own.
    """
    found: dict[str, Meaning] = {}
    for name, claim in claims.items():
        found |= claim_meanings(system, name, claim)
    for response in registered().values():
        own = [column for column in measured if response.owns(column)] if response.columns is None else []
        found |= dict.fromkeys(own, (response.unit, response.description)) or response.meanings(system)
    return found
