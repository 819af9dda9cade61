"""The parts of a system as trees of what a person writes."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Literal

from simulator.model.distributions import Distribution
from simulator.model.quantities import Quantity, hours
from simulator.testing.strategies.choices import Choices
from simulator.testing.strategies.laws import distribution
from simulator.testing.strategies.variates import share

Tree = dict[str, Any]
Policy = Literal["shed", "slow", "rotate"]
Way = Literal["quantity", "share_of_use", "table"]
"""How a supplier says what it delivers."""
START = date(2023, 1, 30)
"""The first day of every horizon, before the end of a month; nothing dated comes sooner."""
DAYS = 10
"""Dates lie in so many days from the first on."""
UNIT_OF = {"kg": "kg", "item": "1"}
"""The canonical unit of amounts of a material, by what it is counted in."""
POLICIES: tuple[Policy, ...] = ("shed", "slow", "rotate")
WAYS: tuple[Way, ...] = ("quantity", "share_of_use", "table")


def law(choices: Choices, low: float, high: float, unit: str = "h", *, chance: bool = True) -> Distribution:
    """Choose a law that every field takes, one value for certain without chance."""
    return distribution(choices, low, high, unit=unit, laws=None if chance else ("constant",))


def day(choices: Choices, start: date = START) -> date:
    """Choose one of the days that dates lie in."""
    return start + timedelta(days=choices.whole(0, DAYS - 1))


def monthly(choices: Choices) -> list[float]:
    """Choose twelve factors, of which few are not 1."""
    return [choices.among((1.0, 1.0, 0.5, 1.2, 0.0)) for _ in range(12)]


def grid(
    choices: Choices,
    *,
    policies: Sequence[str] = POLICIES,
    max_kw: int = 300,
    curtailed: bool = True,
    chance: bool = True,
) -> Tree:
    """Choose a grid; nothing at all may come from it."""
    policy = choices.among(policies)
    found: Tree = {"allotment": Quantity(float(choices.whole(0, max_kw)), "kW"), "policy": policy}
    if policy == "rotate":
        powered = hours(choices.whole(0, 24))
        found["rotation"] = {"feeders": choices.whole(1, 5), "period": hours(4), "powered": powered}
    if choices.perhaps():
        found["monthly"] = monthly(choices)
    if curtailed and choices.perhaps():
        depth = distribution(
            choices, 0.0, 1.0, unit="1", laws=("constant", "uniform") if chance else ("constant",)
        )
        found["curtailment"] = {
            "every": law(choices, 5, 50, chance=chance),
            "lasting": law(choices, 1, 20, chance=chance),
            "depth": depth,
        }
    return found


def holding(
    choices: Choices,
    unit: str,
    *,
    capacity: int | None = 5000,
    floors: bool = True,
    additions: bool = True,
    start: date = START,
) -> Tree:
    """Choose what a store keeps of a material that is counted in some unit, up to a capacity."""
    most = 500 if capacity is None else min(500, capacity)
    found: Tree = {"initial": Quantity(float(choices.whole(1, most)), unit)}
    if capacity is not None:
        found["capacity"] = Quantity(float(capacity), unit)
    limit = choices.among(("nothing", "floor", "releasable")) if floors else "nothing"
    if limit == "floor":
        found["floor"] = Quantity(float(choices.whole(0, min(10, most))), unit)
    elif limit == "releasable":
        found["releasable"] = share(choices)
    if additions and choices.perhaps():
        found["added"] = [{"at": day(choices, start), "amount": Quantity(30.0, unit)}]
    return found


def store(
    choices: Choices,
    *,
    region: str,
    materials: Mapping[str, str],
    capacity: int | None = 5000,
    floors: bool = True,
    additions: bool = True,
    start: date = START,
) -> Tree:
    """Choose a store of some materials, each with what it is counted in."""
    holds = {
        name: holding(
            choices, UNIT_OF[unit], capacity=capacity, floors=floors, additions=additions, start=start
        )
        for name, unit in materials.items()
    }
    return {"region": region, "holds": holds}


def calendar(choices: Choices, *, max_changes: int = 3, start: date = START) -> Tree:
    """Choose working weeks by date, and perhaps a closed day."""
    days = sorted(choices.some(range(DAYS), at_least=1, at_most=max_changes))
    changes = [
        {
            "from": start + timedelta(days=each),
            "shifts": choices.among((3, 2, 1, 0)),
            "days": choices.whole(0, 7),
        }
        for each in days
    ]
    return {"changes": changes, "closed": [day(choices, start)] if choices.perhaps() else []}


def role(
    choices: Choices,
    *,
    makes: Sequence[Tree],
    from_store: str | None,
    to_stores: Sequence[str],
    regions: Mapping[str, float],
    share_of_plants: float = 1.0,
    calendar: str | None = None,
    breakdowns: bool = True,
    rejects: bool = True,
    power: bool = True,
    chance: bool = True,
) -> Tree:
    """Choose plants of one kind: `makes` are the ways to name recipes, none for plants that only draw power."""
    found: Tree = {
        "share": share_of_plants,
        "regions": dict(regions),
        "lines": choices.whole(1, 3),
        "priority": choices.whole(1, 2),
    }
    if calendar is not None and choices.perhaps():
        found["calendar"] = calendar
    if breakdowns and choices.perhaps():
        repair = law(choices, 1, 20, chance=chance)
        found["breakdown"] = {"availability": choices.among((1.0, 0.9, 0.6)), "repair": repair}
    load = Quantity(float(choices.whole(0, 50)), "kW")
    if not makes:
        return found | {"recipe": "none", "power": load}
    found |= {"to": choices.among(to_stores), "lot": choices.whole(1, 20), **choices.among(makes)}
    if from_store is not None:
        found["from"] = from_store
    if rejects:
        found["reject"] = share(choices) if choices.perhaps() else 0.0
    if choices.perhaps():
        found["work"] = law(choices, 1, 12, chance=chance)
    else:
        found["rate"] = law(choices, 2, 40, "1/h", chance=chance)
    if choices.perhaps():
        found["flow"] = law(choices, 1, 40, chance=chance)
    return found | ({"power": load} if power and choices.perhaps() else {})


def supplier(
    choices: Choices,
    *,
    material: str,
    to: str,
    unit: str = "kg",
    ways: Sequence[str] = WAYS,
    disrupted: bool = True,
    chance: bool = True,
    start: date = START,
) -> Tree:
    """Choose deliveries of a material that is counted in some unit."""
    way, own = choices.among(ways), UNIT_OF[unit]
    found: Tree = {"material": material, "to": to}
    if disrupted and choices.perhaps():
        found["disruption"] = {
            "every": law(choices, 5, 60, chance=chance),
            "lasting": law(choices, 1, 40, chance=chance),
        }
    if choices.perhaps():
        found["monthly"] = monthly(choices)
    if way == "table":
        return found | {
            "table": [
                {"at": day(choices, start), "amount": Quantity(float(choices.whole(1, 100)), own)}
                for _ in range(choices.whole(1, 3))
            ]
        }
    if choices.perhaps():
        found["first"] = day(choices, start)
    found["every"] = law(choices, 5, 50, chance=chance)
    return found | {
        way: law(choices, 20, 200, own, chance=chance) if way == "quantity" else 2 * share(choices)
    }


def link(
    choices: Choices,
    *,
    from_store: str,
    to: Sequence[str],
    materials: Sequence[str],
    unit: str = "item",
    max_load: int = 60,
    chance: bool = True,
    start: date = START,
) -> Tree:
    """Choose vehicles for some of several materials, all of which are counted in one unit."""
    load, own = choices.whole(1, max_load), UNIT_OF[unit]
    found: Tree = {
        "from": from_store,
        "to": choices.among(to),
        "materials": choices.some(materials, at_least=1, at_most=2),
        "load": Quantity(float(load), own),
        "minimum": Quantity(float(choices.whole(1, min(load, 5))), own),
        "transit": law(choices, 1, 60, chance=chance),
    }
    if choices.perhaps():
        found["loads_of"] = Quantity(float(choices.whole(1, 9)), own)
    if choices.perhaps():
        found["first"] = day(choices, start)
    if not choices.perhaps():
        return found | {"every": law(choices, 3, 40, chance=chance)}
    changes = (start - timedelta(days=9), start + timedelta(days=3))
    return found | {"every": [{"from": each, "is": law(choices, 3, 40, chance=chance)} for each in changes]}
