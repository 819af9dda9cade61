"""What claims speak of, measured."""

import math
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from simulator.errors import ModelError
from simulator.model.claims import LINK_QUANTITIES, Claim
from simulator.model.system import TICKS_PER_DAY, System
from simulator.path import Kind, SamplePath
from simulator.responses.columns import unit_of
from simulator.responses.kinds import Rows, counted, members
from simulator.responses.materials import delivered_rows, made_rows
from simulator.responses.products import counting_as
from simulator.responses.register import Meaning
from simulator.responses.trajectories import holdings, stock_before


@dataclass(frozen=True, slots=True)
class Measured:
    """A claim's quantity in one replication."""

    amount: float
    """What there was of it in the window."""
    met_days: float
    """Days from 00:00 of the window's first day to the instant at which the claim was met; NaN if never."""


def measure_claim(path: SamplePath, claim: Claim) -> Measured:
    """Measure what a claim speaks of, from 00:00 of `from` up to and without 24:00 of `by` (clause 19).

    Only what lies within the run counts. Raises ModelError for a material or a link that the system has not.
    """
    system = path.system
    first = system.tick_of(claim.from_)
    start = max(first, 0)
    found = _rows(path, claim).within(start, system.tick_of(claim.by + timedelta(days=1)))
    there = _available_before(path, claim, start) if claim.quantity == "available" else 0
    reached = there + np.cumsum(found.amount)
    amount = int(reached[-1]) if len(reached) else there
    if there >= claim.at_least:
        return Measured(amount, (start - first) / TICKS_PER_DAY)
    if amount < claim.at_least:
        return Measured(amount, math.nan)
    met = int(found.tick[np.searchsorted(reached, claim.at_least)])
    return Measured(amount, (met - first) / TICKS_PER_DAY)


def _rows(path: SamplePath, claim: Claim) -> Rows:
    """Return the rows that add to a claim's quantity, in the window or not."""
    system = path.system
    if claim.quantity in LINK_QUANTITIES:
        links = _numbers(claim.links, [link.name for link in system.links], "link")
        found = counted(path, Kind.DEPARTED if claim.quantity == "departures" else Kind.LOADS)
        return found.part(members(links, len(system.links))[found.entity])
    found = delivered_rows(path) if claim.quantity == "delivered" else made_rows(path)
    return found.part(members(_materials(system, claim), len(system.materials))[found.material])


def _materials(system: System, claim: Claim) -> list[int]:
    names = [material.name for material in system.materials]
    return counting_as(system, _numbers(claim.materials, names, "material"))


def _numbers(wanted: tuple[str, ...], names: list[str], what: str) -> list[int]:
    unknown = [name for name in wanted if name not in names]
    if unknown:
        there = ", ".join(names) or "none"
        raise ModelError(f"a claim speaks of {what} {unknown[0]}; the system has {there}")
    return [names.index(name) for name in wanted]


def _available_before(path: SamplePath, claim: Claim, tick: int) -> int:
    """Return the stock above the floors just before an instant, in all stores."""
    wanted = _materials(path.system, claim)
    above = (
        max(0, int(stock) - holding.floor)
        for (_, holding), stock in zip(holdings(path.system), stock_before(path, tick), strict=True)
        if holding.material in wanted
    )
    return sum(above)


def claim_meanings(system: System, name: str, claim: Claim) -> dict[str, Meaning]:
    """Return the columns of a claim, with their meaning."""
    if claim.quantity in LINK_QUANTITIES:
        of, unit = " and ".join(claim.links), "vehicles" if claim.quantity == "departures" else "containers"
    else:
        materials = _materials(system, claim)
        of = " and ".join(system.materials[number].name for number in materials)
        unit = unit_of(system, materials[0])
    what = f"{claim.quantity} of {of}"
    met = f"Days from 00:00 of {claim.from_} until {what} reached {claim.at_least:,.12g}; NaN if never"
    return {
        f"claims.{name}": (unit, f"{what} from {claim.from_} to {claim.by}"),
        f"claims.{name}.met_days": ("d", met),
    }
