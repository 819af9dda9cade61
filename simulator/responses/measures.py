"""All that is measured of one replication."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from simulator.model.claims import Claim
from simulator.model.system import System
from simulator.path import SamplePath
from simulator.responses.claims import claim_meanings, measure_claims
from simulator.responses.kinds import Ints, read_only
from simulator.responses.passes.goods import Series
from simulator.responses.register import Meaning, registered
from simulator.responses.trace import trace


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
    columns = measure_claims(path, claims)
    for response in registered().values():
        columns |= response.measure(path)
    return Measures(columns, weekly(path))


def weekly(path: SamplePath) -> dict[str, Ints]:
    """Return what was made and delivered in each week, by material and in all; the last week may be short."""
    found = trace(path)
    layout = found.layout
    until = found.kept.series[np.searchsorted(found.cuts, layout.weeks)]
    amounts = np.diff(until, axis=0).transpose(1, 2, 0).copy()  # by series, material, week
    series: dict[str, Ints] = {}
    for name, own, materials in (
        ("made", amounts[Series.MADE], layout.outputs),
        ("delivered", amounts[Series.DELIVERED], layout.exports),
    ):
        series[name] = read_only(own[layout.products].sum(axis=0))
        for number in materials:
            series[f"{name}.{layout.outline.materials[number].name}"] = read_only(own[number])
    return series


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
