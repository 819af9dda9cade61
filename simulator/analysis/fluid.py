"""The fluid bound: the most finished items that lines, materials and power would allow on average.

A linear programme: items flow without lots, distances or waiting, and every line, kilogram and kilowatt-hour
goes where it yields most. What an engine makes is no more than that on average over the streams, and in every
single replication when no duration, amount, failure, reject or rotation is left to chance. The numbers on the
right-hand side are those of `simulator.analysis.limits`.
"""

import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.analysis.intervals import Floats
from simulator.analysis.limits import brought, grid_kwh, line_hours
from simulator.analysis.moments import moments
from simulator.analysis.tabular import Tabular
from simulator.errors import ModelError
from simulator.model.system import TICKS_PER_HOUR, Line, LotRecipe, System
from simulator.responses.outline import outline_of
from simulator.responses.products import inputs, outputs

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Bound:
    """The most of one product that could be made in the whole run; infinite where nothing limits it."""

    product: str
    """A material, or several joined by +: their sum."""
    unit: str
    capacity: float
    """By the time of all lines on the way to it, materials from outside and power being ample."""
    material: float
    """By what there is at first, is added and is supplied, lines and power being ample."""
    power: float
    """By the energy of the grids, lines and materials from outside being ample."""
    together: float
    """By all of these at once; no more than the least of them."""
    binding: str
    """What the last rests on, with its share by the duals of the programme."""


@dataclass(frozen=True, slots=True)
class FluidBound(Tabular):
    """The bound of every final product, then of their sum when there are several."""

    bounds: tuple[Bound, ...]

    def of(self, product: str) -> Bound:
        """Return the bound of a product; raises KeyError when the system does not make it."""
        for bound in self.bounds:
            if bound.product == product:
                return bound
        raise KeyError(product)

    @property
    def total(self) -> Bound | None:
        """The bound of all final products together; None in a system that makes nothing."""
        return self.bounds[-1] if self.bounds else None

    def to_frame(self) -> "pd.DataFrame":
        import pandas as pd

        return pd.DataFrame([asdict(bound) for bound in self.bounds], columns=list(Bound.__slots__))


def fluid_bound(system: System) -> FluidBound:
    """Return the most that a system could make of each final product, and what that rests on."""
    outline = outline_of(system)
    used = set(inputs(outline))
    final = [number for number in outputs(outline) if number not in used]
    wanted = [[number] for number in final]
    if len({system.materials[number].unit for number in final}) == 1 < len(final):
        wanted.append(final)
    activities = _activities(system)
    rows = [*_line_rows(system, activities), *_grid_rows(system, activities), *_balances(system, activities)]
    return FluidBound(tuple(_bound(system, activities, rows, products) for products in wanted))


@dataclass(frozen=True, slots=True)
class _Activity:
    """One recipe on lines that are alike; its extent is the items that it turns out, good or scrapped."""

    lines: tuple[Line, ...]
    recipe: LotRecipe

    @property
    def line(self) -> Line:
        """One of the lines."""
        return self.lines[0]

    @property
    def hours(self) -> float:
        """Line time of an item."""
        work = self.line.work
        lot = self.recipe.ticks / TICKS_PER_HOUR if work is None else moments(work).mean
        return lot / self.line.lot

    @property
    def good(self) -> float:
        """Good items of one."""
        return 1.0 - self.line.reject

    def net_use(self, material: int) -> float:
        """Units of a material that an item takes, less those that it gives."""
        used = sum(amount for number, amount in self.recipe.inputs if number == material)
        return used / self.line.lot - self.good * (self.recipe.output == material)


@dataclass(frozen=True, slots=True)
class _Row:
    """What all activities use of one thing, by the item, is no more than its limit."""

    kind: str
    """`capacity`, `power`, `material`, or `flow` for what some recipe makes."""
    name: str
    limit: float
    uses: tuple[float, ...]


def _activities(system: System) -> list[_Activity]:
    alike: dict[object, list[Line]] = {}
    for line in system.lines:
        alike.setdefault((line.role, line.grid, line.lot, line.reject, line.work, line.recipes), []).append(
            line
        )
    return [_Activity(tuple(lines), recipe) for lines in alike.values() for recipe in lines[0].recipes]


def _line_rows(system: System, activities: list[_Activity]) -> Iterator[_Row]:
    for lines in dict.fromkeys(each.lines for each in activities):
        name = f"time of {system.roles[lines[0].role].name} lines"
        hours = math.fsum(line_hours(line, system) for line in lines)
        yield _Row("capacity", name, hours, tuple(each.hours * (each.lines == lines) for each in activities))


def _grid_rows(system: System, activities: list[_Activity]) -> Iterator[_Row]:
    for number, grid in enumerate(system.grids):
        uses = tuple(each.recipe.load_kw * each.hours * (each.line.grid == number) for each in activities)
        yield _Row("power", f"energy of the grid of {grid.name}", grid_kwh(number, system), uses)


def _balances(system: System, activities: list[_Activity]) -> Iterator[_Row]:
    made = set(outputs(outline_of(system)))
    for number, amount in enumerate(brought(system).tolist()):
        uses = tuple(each.net_use(number) for each in activities)
        kind = "flow" if number in made else "material"
        yield _Row(kind, f"supply of {system.materials[number].name}", amount, uses)


def _bound(system: System, activities: list[_Activity], rows: list[_Row], products: list[int]) -> Bound:
    """Return the bound of the sum of some materials.

    What recipes make flows on in each of the four: no stage uses more than those before it give.
    """
    gain = np.array([each.good * (each.recipe.output in products) for each in activities])
    capacity, material, power = (
        _solve([row for row in rows if row.kind in ("flow", kind)], gain)[0]
        for kind in ("capacity", "material", "power")
    )
    together, worth = _solve(rows, gain)
    return Bound(
        product=" + ".join(system.materials[number].name for number in products),
        unit=system.materials[products[0]].unit,
        capacity=capacity,
        material=material,
        power=power,
        together=together,
        binding=_binding(rows, together, worth),
    )


def _solve(rows: list[_Row], gain: Floats) -> tuple[float, list[float]]:
    """Return the most that activities gain within some rows, and what one more of each limit is worth."""
    from scipy.optimize import linprog

    if not gain.any():
        return 0.0, [0.0] * len(rows)
    uses = np.array([row.uses for row in rows]).reshape(len(rows), len(gain))
    # doing nothing is allowed, so there is no end to the gain when some mix of activities uses nothing on balance
    mix = linprog(-gain, A_ub=uses, b_ub=np.zeros(len(rows)), bounds=(0.0, 1.0), method="highs")
    if mix.status == 0 and mix.fun < -1e-9:
        return math.inf, [0.0] * len(rows)
    found = linprog(-gain, A_ub=uses, b_ub=np.array([row.limit for row in rows]), method="highs")
    if mix.status or found.status:
        raise ModelError(f"the fluid bound cannot be computed: {found.message}")
    return max(0.0, -float(found.fun)), (-found.ineqlin.marginals).tolist()


def _binding(rows: list[_Row], together: float, worth: list[float]) -> str:
    """Say in words what a bound rests on: what limits are worth adds up to it."""
    if math.isinf(together):
        return "nothing"
    rests_on = [(row.name, each * row.limit) for row, each in zip(rows, worth, strict=True) if each]
    if not together:
        return ", ".join(dict.fromkeys(f"no {name}" for name, value in rests_on if not value)) or "no line"
    shares: dict[str, float] = {}
    for name, value in rests_on:
        shares[name] = shares.get(name, 0.0) + value / together
    falling = sorted(shares.items(), key=lambda item: -item[1])
    return ", ".join(f"{name} {100.0 * share:.0f} %" for name, share in falling if share >= 0.005)
