"""Whole experiments: a system, what is unknown of it, what is asked."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from simulator.model.description import SystemDescription
from simulator.model.experiment import Experiment, Horizon
from simulator.model.quantities import hours
from simulator.model.transport import DELIVERED
from simulator.testing.strategies.choices import Choices, built
from simulator.testing.strategies.descriptions import Wanted, description
from simulator.testing.strategies.laws import distribution
from simulator.testing.strategies.parts import DAYS, START, Tree

DESIGNS: tuple[Tree, ...] = (
    {"kind": "random"},
    {"kind": "latin_hypercube"},
    {"kind": "sobol", "scrambles": 2},
)


def experiments(
    *,
    max_plants: int = 4,
    max_days: int = 14,
    power: bool = True,
    calendars: bool = True,
    breakdowns: bool = True,
    commissioning: bool = True,
    suppliers: bool = True,
    links: bool = True,
    chance: bool = True,
    factors: bool = True,
    claims: bool = True,
    max_replications: int = 4,
) -> st.SearchStrategy[Experiment]:
    """Experiments without faults, small enough to run: a description, a horizon, factors, scenarios and claims.

    Parameters
    ----------
    max_plants, max_days, max_replications
        How large an experiment may be; its horizon is of 10 days or more, so that it has all dates in it.
    power, calendars, breakdowns, ...
        What the system may have, as for `descriptions`.
    factors, claims
        False leaves them out. Where there are factors, a second scenario may fix one.

    Raises InvalidArgument for a horizon of fewer days.
    """
    if max_days < DAYS:
        raise InvalidArgument(f"max_days is {max_days}; give {DAYS} or more")
    wanted = Wanted(max_plants, power, calendars, breakdowns, commissioning, suppliers, links, chance)
    return built(Experiment.model_validate, _experiment)(
        wanted, max_days=max_days, factors=factors, claims=claims, max_replications=max_replications
    )


def _experiment(
    choices: Choices, wanted: Wanted, *, max_days: int, factors: bool, claims: bool, max_replications: int
) -> Tree:
    system = description(choices, wanted)
    days = choices.whole(DAYS, max_days)
    covered = Horizon(start=START, end=START + timedelta(days=days), warm_up=hours(choices.among((0, 7, 48))))
    unknown = _factors(choices, system) if factors else {}
    found: Tree = {
        "title": "What would come of it?",
        "system": SystemDescription.model_validate(system),
        "horizon": covered,
        "factors": unknown,
        "scenarios": _scenarios(choices, unknown),
        "design": choices.among(DESIGNS),
        "precision": {"at_most": 2 * choices.whole(1, max(1, max_replications // 2))},
        "seed": choices.whole(0, 100),
    }
    if claims:
        found["claims"] = _claims(choices, system, last=(covered.end - timedelta(days=1)))
    return found


def _factors(choices: Choices, system: Tree) -> Tree:
    """Choose what is unknown of stock, supply of power and quality: each sets or scales what is there."""
    bounded = ("constant", "uniform", "triangular", "empirical")
    possible: dict[str, Tree] = {
        "steel": {"scales": ["stores.depot.holds.steel.initial"]},
        "scrap": {"sets": ["plants.roles.forging.reject"]},
    }
    if any("grid" in region for region in system["regions"].values()):
        possible["power"] = {"scales": ["regions.*.grid.allotment"]}
    names = choices.some(list(possible), at_least=0, at_most=len(possible))
    return {
        name: possible[name]
        | {
            "distribution": distribution(choices, 0.1, 1.0, unit="1", laws=bounded),
            "assumption": "any part of it",
        }
        for name in names
    }


def _scenarios(choices: Choices, factors: Tree) -> Tree:
    found: dict[str, dict[str, Any]] = {"as_is": {}}
    if factors and choices.perhaps():
        found["fixed"] = {choices.among(list(factors)): choices.among((0.5, 0.25, 1.0))}
    return found


def _claims(choices: Choices, system: Tree, *, last: Any) -> Tree:
    """Choose claims of what is surely counted: stock, and what a link carries away."""
    window = {"from": START, "by": last, "at_least": float(choices.whole(0, 100))}
    found: Tree = {}
    if choices.perhaps():
        found["stock"] = {"quantity": "available", "materials": ["shell"], **window}
    link = system["links"].get("rail")
    if link is not None and choices.perhaps():
        found["trips"] = {"quantity": "departures", "links": ["rail"], **window}
    if link is not None and link["to"] == DELIVERED and choices.perhaps():
        found["exports"] = {"quantity": "delivered", "materials": link["materials"][:1], **window}
    return found
