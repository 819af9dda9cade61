"""Systems as a person describes them, before a draw makes them whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from simulator.model.description import SystemDescription
from simulator.model.experiment import Horizon
from simulator.model.quantities import Quantity, hours
from simulator.model.transport import DELIVERED
from simulator.testing.strategies import parts
from simulator.testing.strategies.choices import Choices, built, strategy
from simulator.testing.strategies.parts import START, Tree, law

RAWS = ("steel", "powder")
PRODUCTS = ("body", "shell")
MATERIALS = dict.fromkeys(RAWS, "kg") | dict.fromkeys(PRODUCTS, "item")
STORES = ("depot", "port")
REGIONS = ("north", "south")
ROLES = ("forging", "filling", "barracks")
CALENDAR = "shifts"
CALIBRES = {
    "small": {"share": 0.5, "recipe": "forge"},
    "large": {"share": 0.5, "recipes": ["fill"], "at_least": 1},
}
MAKES: tuple[Tree, ...] = ({"recipe": "forge"}, {"recipes": ["fill", "rework"]}, {"calibres": CALIBRES})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a described system may have; a switch that is off leaves it out."""

    max_plants: int
    power: bool
    calendars: bool
    breakdowns: bool
    commissioning: bool
    suppliers: bool
    links: bool
    chance: bool


def descriptions(
    *,
    max_plants: int = 8,
    power: bool = True,
    calendars: bool = True,
    breakdowns: bool = True,
    commissioning: bool = True,
    suppliers: bool = True,
    links: bool = True,
    chance: bool = True,
) -> st.SearchStrategy[SystemDescription]:
    """Descriptions without faults: `simulator.model.checks.references.faults` finds none, and all realise.

    Every part of the model comes up: mixes of calibres and regions, new plants, rates and hours of work, grids of
    each policy, calendars by date, suppliers and links of every kind. A switch that is off leaves that part out;
    without `chance` all laws are constants. They shrink towards one role in one region with none of them.
    """
    wanted = Wanted(max_plants, power, calendars, breakdowns, commissioning, suppliers, links, chance)
    return built(SystemDescription.model_validate, description)(wanted)


def horizons(*, max_days: int = 10) -> st.SearchStrategy[Horizon]:
    """Horizons of a few days around the dates that `descriptions` speak of, some with a warm-up."""
    return strategy(horizon)(max_days=max_days)


def horizon(choices: Choices, *, max_days: int) -> Horizon:
    """Choose a horizon from the first date on."""
    end = START + timedelta(days=choices.whole(1, max_days))
    return Horizon(start=START, end=end, warm_up=hours(choices.among((0, 7, 48))))


def description(choices: Choices, wanted: Wanted) -> Tree:
    """Choose a system as the tree of a document."""
    regions = REGIONS[: choices.whole(1, 2)]
    chance = wanted.chance
    return {
        "materials": {name: {"unit": unit} for name, unit in MATERIALS.items()},
        "regions": {name: _region(choices, wanted) for name in regions},
        "stores": {name: parts.store(choices, region=regions[0], materials=MATERIALS) for name in STORES},
        "recipes": _recipes(choices),
        "calendars": {CALENDAR: parts.calendar(choices)} if wanted.calendars else {},
        "plants": _plants(choices, wanted, regions=regions),
        "suppliers": {"mill": parts.supplier(choices, material="steel", to="depot", chance=chance)}
        if wanted.suppliers and choices.perhaps()
        else {},
        "links": {
            "rail": parts.link(
                choices, from_store="depot", to=(DELIVERED, "port"), materials=PRODUCTS, chance=chance
            )
        }
        if wanted.links and choices.perhaps()
        else {},
    }


def _region(choices: Choices, wanted: Wanted) -> Tree:
    found: Tree = {"crews": 1} if wanted.breakdowns and choices.perhaps() else {}
    if wanted.power and choices.perhaps():
        found["grid"] = parts.grid(choices, chance=wanted.chance)
    return found


def _recipes(choices: Choices) -> Tree:
    steel = choices.among((1.0, 2.5, 54.0))
    powder = choices.among((3.0, 0.7))
    found: dict[str, Tree] = {
        "forge": {"inputs": {"steel": Quantity(steel, "kg")}, "output": "body"},
        "fill": {"inputs": {"body": 1, "powder": Quantity(powder, "kg")}, "output": "shell"},
        "rework": {"output": "shell"},
    }
    for recipe in found.values():
        if choices.perhaps():
            recipe["energy"] = Quantity(float(choices.whole(0, 40)), "kWh")
    return found


def _shares(choices: Choices, names: tuple[str, ...]) -> dict[str, float]:
    """Choose shares that add up to 1."""
    weights = [choices.whole(1, 5) for _ in names]
    return {name: weight / sum(weights) for name, weight in zip(names, weights, strict=True)}


def _plants(choices: Choices, wanted: Wanted, *, regions: tuple[str, ...]) -> Tree:
    names = ROLES[: choices.whole(1, len(ROLES))]
    shares = _shares(choices, names)
    total = choices.whole(1, wanted.max_plants)
    found: Tree = {
        "total": total,
        "roles": {name: _role(choices, wanted, name, shares=shares, regions=regions) for name in names},
    }
    if wanted.commissioning and choices.perhaps():
        found["new"] = {
            "count": choices.whole(0, total),
            "from": START,
            "commissioned_after": law(choices, 1, 100, chance=wanted.chance),
            "ramp": [{"until": hours(30), "speed": 0.3}, {"until": hours(90), "speed": 0.7}],
        }
    return found


def _role(
    choices: Choices, wanted: Wanted, name: str, *, shares: Mapping[str, float], regions: tuple[str, ...]
) -> dict[str, Any]:
    return parts.role(
        choices,
        makes=() if name == "barracks" else MAKES,
        from_store="depot",
        to_stores=STORES,
        regions=_shares(choices, regions),
        share_of_plants=shares[name],
        calendar=CALENDAR if wanted.calendars else None,
        breakdowns=wanted.breakdowns,
        chance=wanted.chance,
    )
