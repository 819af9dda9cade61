"""The most that a system can make, by what it is given and not by how things happen."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import floor

import numpy as np

from simulator.model.system import NONE, Line, LotRecipe, System
from simulator.testing.ledger import opening

Work = tuple[Line, LotRecipe]


@dataclass(frozen=True, slots=True)
class MostOutput:
    """Upper bounds of the items of one material that a run unloads; None where there is no bound."""

    by_material: int | None
    """What there is of the scarcest input over what an item needs of it."""
    by_energy: int | None
    """What the grids give over what an item takes."""
    by_hours: int | None
    """Whole lots in the open hours of the lines."""

    @property
    def items(self) -> int | None:
        """The least of the bounds."""
        return min(
            (bound for bound in (self.by_material, self.by_energy, self.by_hours) if bound is not None),
            default=None,
        )


def most_output(system: System, material: int) -> MostOutput:
    """Return the most items of a material that the lines of a system can unload in a run, each bound exactly.

    A priori: from stock, dated additions and deliveries, supply of power, calendars, times of lots. Nothing
    drawn is needed: what is drawn can only make less of it, or takes its bound away (deliveries of drawn
    quantity or date; work drawn for every lot, in hours and in energy). What is made of an input counts with
    the most that can be made of it.
    """
    work = _work_on(system, material)
    return MostOutput(
        _by_material(system, work, {material}), _by_energy(system, work), _by_hours(system, work)
    )


def _work_on(system: System, material: int) -> list[Work]:
    """Return the lines that make a material, each with the recipe by which it does."""
    return [(line, recipe) for line in system.lines for recipe in line.recipes if recipe.output == material]


def _by_material(system: System, work: list[Work], seen: set[int]) -> int | None:
    """Return what inputs allow; `seen` are the materials that are being asked for."""
    needed: set[int] = set()
    if work:
        needed = set.intersection(*(set(dict(recipe.inputs)) for _, recipe in work))
    bounds = []
    for material in needed - seen:
        there = _most_there(system, material, seen)
        if there is not None:
            per_unit = max(Fraction(line.lot, dict(recipe.inputs)[material]) for line, recipe in work)
            bounds.append(floor(there * per_unit))
    return min(bounds, default=None) if work else 0


def _most_there(system: System, material: int, seen: set[int]) -> int | None:
    """Return the most of a material that there can be in all stores together over a run."""
    amounts = [
        holding.initial + sum(amount for _, amount in holding.added)
        for store in system.stores
        for holding in store.holdings
        if holding.material == material
    ]
    for supplier in system.suppliers:
        if supplier.material == material:
            if not supplier.table:
                return None
            amounts.append(sum(amount for _, amount in supplier.table))
    work = _work_on(system, material)
    bounds = (
        _by_material(system, work, seen | {material}),
        _by_energy(system, work),
        _by_hours(system, work),
    )
    known = [bound for bound in bounds if bound is not None]
    return sum(amounts) + min(known) if known else None


def _by_energy(system: System, work: list[Work]) -> int | None:
    """Return what the grids' supply allows, in kW times ticks, all of it given to these lines."""
    total = 0
    for grid in sorted({line.grid for line, _ in work}):
        needs = [(line.lot, recipe.load_kw * recipe.ticks) for line, recipe in work if line.grid == grid]
        if grid == NONE or any(need == 0 for _, need in needs):
            return None
        total += floor(_supplied(system, grid) * max(Fraction(lot, need) for lot, need in needs))
    return total


def _supplied(system: System, grid: int) -> int:
    """Return the integral of a grid's supply over the run, in kW times ticks."""
    ends = [*(tick for tick, _ in system.grids[grid].supply[1:]), system.end_tick]
    return sum(
        supply * max(0, min(until, system.end_tick) - max(tick, system.first_tick))
        for (tick, supply), until in zip(system.grids[grid].supply, ends, strict=True)
    )


def _by_hours(system: System, work: list[Work]) -> int | None:
    """Return the whole lots that the lines can do while they are open and commissioned."""
    total = 0
    for line, recipes in _by_line(work):
        if line.work is not None:
            return None
        total += line.lot * (_open_ticks(system, line) // min(recipe.ticks for recipe in recipes))
    return total


def _by_line(work: list[Work]) -> Iterator[tuple[Line, list[LotRecipe]]]:
    for name in dict.fromkeys(line.name for line, _ in work):
        chosen = [(line, recipe) for line, recipe in work if line.name == name]
        yield chosen[0][0], [recipe for _, recipe in chosen]


def _open_ticks(system: System, line: Line) -> int:
    ends = np.clip([line.commissioned, system.end_tick], system.first_tick, system.end_tick).astype(np.int64)
    from_, until = opening(system, line).integral(ends).tolist()
    return int(until - from_)
