"""Systems as a person describes them, before a draw makes them whole."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from simulator.model.description import SystemDescription
from simulator.model.experiment import Horizon
from simulator.model.quantities import Quantity, hours
from simulator.model.transport import DELIVERED
from simulator.testing.strategies.choices import DrawnChoices

Tree = dict[str, Any]
RAWS = ("steel", "powder")
PRODUCTS = ("body", "shell")
STORES = ("depot", "port")
REGIONS = ("north", "south")
ROLES = ("forging", "filling", "barracks")
CALENDAR = "shifts"
CALIBRES = {
    "small": {"share": 0.5, "recipe": "forge"},
    "large": {"share": 0.5, "recipes": ["fill"], "at_least": 1},
}
START = date(2023, 1, 30)
"""The first day of every horizon, before the end of a month; nothing dated comes sooner."""


def descriptions(*, max_plants: int = 8) -> st.SearchStrategy[SystemDescription]:
    """Descriptions without faults: `simulator.model.checks.references.faults` finds none, and all realise.

    Every part of the model comes up: mixes of calibres and regions, new plants, rates and hours of work, grids of
    each policy, calendars by date, suppliers and links of every kind.
    """
    return _trees(max_plants=max_plants).map(SystemDescription.model_validate)


@st.composite
def horizons(draw: st.DrawFn, *, max_days: int = 10) -> Horizon:
    """Horizons of a few days around the dates that `descriptions` speak of, some with a warm-up."""
    end = START + timedelta(days=draw(st.integers(1, max_days)))
    return Horizon(start=START, end=end, warm_up=hours(draw(st.sampled_from((0, 7, 48)))))


@st.composite
def _trees(draw: st.DrawFn, *, max_plants: int) -> Tree:
    regions = REGIONS[: draw(st.integers(1, 2))]
    recipes = _recipes(draw)
    goods = dict.fromkeys(RAWS, _weight) | dict.fromkeys(PRODUCTS, Quantity)
    return {
        "materials": {name: {"unit": "kg"} for name in RAWS} | {name: {"unit": "item"} for name in PRODUCTS},
        "regions": {name: _region(draw) for name in regions},
        "stores": {
            name: {"region": regions[0], "holds": {good: _holding(draw, goods[good]) for good in goods}}
            for name in STORES
        },
        "recipes": recipes,
        "calendars": {CALENDAR: _calendar(draw)},
        "plants": _plants(draw, regions=regions, recipes=recipes, max_plants=max_plants),
        "suppliers": {"mill": _supplier(draw)} if draw(st.booleans()) else {},
        "links": {"rail": _link(draw)} if draw(st.booleans()) else {},
    }


def _weight(number: float) -> Quantity:
    return Quantity(number, "kg")


def _power(number: float) -> Quantity:
    return Quantity(float(number), "kW")


def _law(draw: st.DrawFn, low: int, high: int, unit: Callable[[float], Quantity] = hours) -> Any:
    """Draw one value, or a law of it, in some unit."""
    first, spread = draw(st.integers(low, high)), draw(st.integers(1, 5))
    return draw(
        st.sampled_from(
            (
                unit(float(first)),
                {"uniform": {"low": unit(float(first)), "high": unit(float(first + spread))}},
                {"lognormal": {"mean": unit(float(first)), "gsd": 1.5}},
                {"exponential": {"mean": unit(float(first))}},
            )
        )
    )


def _shares(draw: st.DrawFn, names: tuple[str, ...]) -> dict[str, float]:
    """Draw shares that add up to 1."""
    weights = [draw(st.integers(1, 5)) for _ in names]
    return {name: weight / sum(weights) for name, weight in zip(names, weights, strict=True)}


def _recipes(draw: st.DrawFn) -> Tree:
    steel = draw(st.sampled_from((2.5, 1.0, 54.0)))
    body: Tree = {"inputs": {"steel": _weight(steel)}, "output": "body"}
    shell: Tree = {
        "inputs": {"body": 1, "powder": _weight(draw(st.sampled_from((0.7, 3.0))))},
        "output": "shell",
    }
    found: dict[str, Tree] = {"forge": body, "fill": shell, "rework": {"output": "shell"}}
    for recipe in found.values():
        if draw(st.booleans()):
            recipe["energy"] = Quantity(float(draw(st.integers(0, 40))), "kWh")
    return found


def _region(draw: st.DrawFn) -> Tree:
    found: Tree = {"crews": 1} if draw(st.booleans()) else {}
    policy = draw(st.sampled_from((None, "shed", "slow", "rotate")))
    if policy is None:
        return found
    grid: Tree = {"allotment": _power(draw(st.integers(0, 300))), "policy": policy}
    if policy == "rotate":
        powered = hours(draw(st.integers(0, 24)))
        grid["rotation"] = {"feeders": draw(st.integers(1, 5)), "period": hours(4), "powered": powered}
    if draw(st.booleans()):
        grid["monthly"] = [1.0, 0.5, 1.2, *[1.0] * 9]
    if draw(st.booleans()):
        depth = draw(st.sampled_from((0.5, 1.0, {"uniform": {"low": 0.1, "high": 0.9}})))
        grid["curtailment"] = {"every": _law(draw, 5, 50), "lasting": _law(draw, 1, 20), "depth": depth}
    return found | {"grid": grid}


def _holding(draw: st.DrawFn, unit: Callable[[float], Quantity]) -> Tree:
    found: Tree = {"initial": unit(float(draw(st.sampled_from((500, 20))))), "capacity": unit(5000.0)}
    limit = draw(st.sampled_from(("floor", "releasable", "nothing")))
    if limit == "floor":
        found["floor"] = unit(10.0)
    elif limit == "releasable":
        found["releasable"] = draw(st.sampled_from((0.65, 0.0, 1.0)))
    if draw(st.booleans()):
        found["added"] = [{"at": _day(draw), "amount": unit(30.0)}]
    return found


def _day(draw: st.DrawFn) -> date:
    return START + timedelta(days=draw(st.integers(0, 9)))


def _calendar(draw: st.DrawFn) -> Tree:
    days = sorted(DrawnChoices(draw).some(range(9), at_least=1, at_most=3))
    changes = [
        {
            "from": START + timedelta(days=day),
            "shifts": draw(st.integers(1, 3)),
            "days": draw(st.integers(5, 7)),
        }
        for day in days
    ]
    return {"changes": changes, "closed": [_day(draw)] if draw(st.booleans()) else []}


def _plants(
    draw: st.DrawFn, *, regions: tuple[str, ...], recipes: Mapping[str, Any], max_plants: int
) -> Tree:
    names = ROLES[: draw(st.integers(1, len(ROLES)))]
    shares = _shares(draw, names)
    total = draw(st.integers(1, max_plants))
    found: Tree = {
        "total": total,
        "roles": {
            name: {"share": shares[name], "regions": _shares(draw, regions)} | _role(draw, name)
            for name in names
        },
    }
    if draw(st.booleans()):
        found["new"] = {
            "count": draw(st.integers(0, total)),
            "from": START,
            "commissioned_after": _law(draw, 1, 100),
            "ramp": [{"until": hours(30), "speed": 0.3}, {"until": hours(90), "speed": 0.7}],
        }
    return found


def _role(draw: st.DrawFn, name: str) -> Tree:
    found: Tree = {"lines": draw(st.integers(1, 3)), "priority": draw(st.integers(1, 2))}
    if draw(st.booleans()):
        found["calendar"] = CALENDAR
    if draw(st.booleans()):
        found["breakdown"] = {
            "availability": draw(st.sampled_from((0.6, 0.9, 1.0))),
            "repair": _law(draw, 1, 20),
        }
    if name == "barracks":
        return found | {"recipe": "none", "power": _power(draw(st.integers(0, 50)))}
    found |= {"from": "depot", "to": draw(st.sampled_from(STORES)), "lot": draw(st.integers(1, 20))}
    found |= {"reject": draw(st.sampled_from((0.0, 0.1, 1.0)))}
    found |= draw(
        st.sampled_from(({"recipe": "forge"}, {"recipes": ["fill", "rework"]}, {"calibres": CALIBRES}))
    )
    if draw(st.booleans()):
        found["work"] = _law(draw, 1, 12)
    else:
        found["rate"] = _law(draw, 2, 40, lambda number: Quantity(number, "1/h"))
    if draw(st.booleans()):
        found["flow"] = _law(draw, 1, 40)
    if draw(st.booleans()):
        found["power"] = _power(draw(st.integers(0, 50)))
    return found


def _supplier(draw: st.DrawFn) -> Tree:
    found: Tree = {"material": "steel", "to": "depot"}
    if draw(st.booleans()):
        found["disruption"] = {"every": _law(draw, 5, 60), "lasting": _law(draw, 1, 40)}
    if draw(st.booleans()):
        found["monthly"] = [0.0, 1.0, 0.5, *[1.0] * 9]
    way = draw(st.sampled_from(("quantity", "share_of_use", "table")))
    if way == "table":
        return found | {"table": [{"at": _day(draw), "amount": _weight(70.0)} for _ in range(2)]}
    if draw(st.booleans()):
        found["first"] = _day(draw)
    found["every"] = _law(draw, 5, 50)
    return found | {way: _law(draw, 20, 200, _weight) if way == "quantity" else 0.7}


def _link(draw: st.DrawFn) -> Tree:
    found: Tree = {
        "from": "depot",
        "to": draw(st.sampled_from((DELIVERED, "port"))),
        "materials": DrawnChoices(draw).some(PRODUCTS, at_least=1, at_most=2),
        "load": draw(st.integers(5, 60)),
        "minimum": draw(st.integers(1, 5)),
        "transit": _law(draw, 1, 60),
    }
    if draw(st.booleans()):
        found["loads_of"] = draw(st.integers(1, 9))
    if draw(st.booleans()):
        found["first"] = _day(draw)
    if draw(st.booleans()):
        return found | {"every": _law(draw, 3, 40)}
    changes = (START - timedelta(days=9), START + timedelta(days=3))
    return found | {"every": [{"from": day, "is": _law(draw, 3, 40)} for day in changes]}
