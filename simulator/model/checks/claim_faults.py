"""What is wrong with claims and dated events, seen from the system and the horizon they speak of."""

from collections.abc import Iterator, Sequence

from simulator.errors import Fault
from simulator.model.checks.dates import date_faults
from simulator.model.checks.names import listed, unknown
from simulator.model.checks.references import roles_of
from simulator.model.claims import LINK_QUANTITIES, Claim
from simulator.model.description import SystemDescription
from simulator.model.experiment import Experiment, Horizon
from simulator.model.quantities import UNITS
from simulator.model.transport import DELIVERED


def claim_faults(experiment: Experiment) -> list[Fault]:
    """Return what is wrong with the claims of an experiment, and its dated events outside the horizon."""
    system = experiment.system
    found = [
        Fault(f"system.{fault.where}", fault.message) for fault in date_faults(system, experiment.horizon)
    ]
    for name, claim in experiment.claims.items():
        where = f"claims.{name}"
        found += _window(where, claim, experiment.horizon)
        if claim.quantity in LINK_QUANTITIES:
            found += _links(where, claim, system)
        else:
            found += _materials(where, claim, system)
    return found


def counted(description: SystemDescription, materials: Sequence[str]) -> tuple[str, ...]:
    """Return the materials that a claim counts: those it names, and those that count as one of them."""
    return tuple(
        name
        for name, material in description.materials.items()
        if name in materials or material.counts_as in materials
    )


def _window(where: str, claim: Claim, horizon: Horizon) -> Iterator[Fault]:
    for key, day in (("from", claim.from_), ("by", claim.by)):
        if not horizon.contains(day):
            yield Fault(
                f"{where}.{key}",
                f"is {day}, outside the horizon; give a date from {horizon.start} and before {horizon.end}",
            )


def _links(where: str, claim: Claim, system: SystemDescription) -> Iterator[Fault]:
    for name in claim.links:
        if name not in system.links:
            yield Fault(f"{where}.links", unknown("link", name, system.links))
        elif claim.quantity == "loads" and system.links[name].loads_of is None:
            yield Fault(
                f"{where}.links", f"names {name}, which counts no containers; give links.{name}.loads_of"
            )
    yield from _observed(where, claim, "1")


def _materials(where: str, claim: Claim, system: SystemDescription) -> Iterator[Fault]:
    known = [name for name in claim.materials if name in system.materials]
    for name in claim.materials:
        if name not in system.materials:
            yield Fault(f"{where}.materials", unknown("material", name, system.materials))
    got, lack = {
        "made": (_made(system), "nobody makes; give it a recipe and a role"),
        "delivered": (_delivered(system), f"no link takes to {DELIVERED}; give it a link"),
        "available": (_made(system) | _kept(system), "nobody keeps or makes; give it a store"),
    }[claim.quantity]
    for name in known:
        if not got.intersection(counted(system, [name])):
            yield Fault(f"{where}.materials", f"names {name}, which {lack}, or claim one of {_or_none(got)}")
    units = {system.materials[name].unit for name in known}
    if len(units) > 1:
        yield Fault(f"{where}.materials", "are counted in items and in kg; give each its own claim")
    elif units:
        yield from _observed(where, claim, "kg" if units == {"kg"} else "1")


def _observed(where: str, claim: Claim, unit: str) -> Iterator[Fault]:
    if claim.observed is not None and claim.observed.unit not in ("1", unit):
        yield Fault(
            f"{where}.observed", f"is about {UNITS[claim.observed.unit]}; give {UNITS[unit]}, as at_least is"
        )


def _made(system: SystemDescription) -> set[str]:
    recipes = [recipe for role in roles_of(system).values() for recipe in role.recipe_names()]
    return {system.recipes[recipe].output for recipe in recipes if recipe in system.recipes}


def _delivered(system: SystemDescription) -> set[str]:
    return {name for link in system.links.values() if link.to == DELIVERED for name in link.materials}


def _kept(system: SystemDescription) -> set[str]:
    return {name for store in system.stores.values() for name in store.holds}


def _or_none(names: set[str]) -> str:
    return listed(sorted(names)) or "none"
