"""The lots of a line, as the rows of a sample path tell of them."""

from dataclasses import dataclass

import numpy as np

from simulator.model.system import Line, LotRecipe, System
from simulator.path import Kind, SamplePath
from simulator.testing.broken import BrokenInvariant
from simulator.testing.ledger import Rows, rows_of
from simulator.testing.steps import Steps


@dataclass(frozen=True, slots=True)
class Lot:
    """One lot of a line, as far as the rows tell."""

    recipe: LotRecipe
    loaded: int | None
    """Tick; None when the recipe takes nothing, so that no row tells."""
    since: int
    """The earliest tick at which it can have been loaded."""
    unloaded: int | None
    """Tick; None when it is on the line at the end."""
    rejected: int
    """Items; 0 while it is on the line."""


def lots(path: SamplePath, system: System, number: int) -> list[Lot]:
    """Return the lots of a line in order: each is loaded (its inputs *used*) whole, then unloaded whole.

    Raises BrokenInvariant when the rows are not those of whole lots, one at a time.
    """
    line = system.lines[number]
    story = _Story(path.entity_name(Kind.STATE, number), line, system)
    used, unloaded, rejected = (
        rows_of(path, kind, number) for kind in (Kind.USED, Kind.UNLOADED, Kind.REJECTED)
    )
    for tick in np.unique(np.concatenate((used["tick"], unloaded["tick"], rejected["tick"]))).tolist():
        good, scrap = _by_material(unloaded, tick), _by_material(rejected, tick)
        if good or scrap:
            story.unload(tick, good, scrap)
        inputs = _by_material(used, tick)
        if inputs:
            story.load(tick, inputs)
    return story.told()


def _by_material(rows: Rows, tick: int) -> dict[int, int]:
    low, high = np.searchsorted(rows["tick"], (tick, tick + 1))
    here = rows[low:high]
    return dict(zip(here["material"].tolist(), here["amount"].tolist(), strict=True))


def inputs_of(recipe: LotRecipe) -> dict[int, int]:
    """Return what a lot takes, materials of which it takes nothing left out."""
    return {material: amount for material, amount in recipe.inputs if amount}


def on_line(system: System, found: list[Lot], weights: list[int]) -> Steps:
    """Return what the lots of a line weigh while they are on it, from when each can have been loaded."""
    loaded = [(lot.since, weight) for lot, weight in zip(found, weights, strict=True)]
    unloaded = [
        (lot.unloaded, -weight)
        for lot, weight in zip(found, weights, strict=True)
        if lot.unloaded is not None
    ]
    changes = np.array(loaded + unloaded, dtype=np.int64).reshape(-1, 2)
    return Steps.accumulated(
        first_tick=system.first_tick, initial=0, ticks=changes[:, 0], changes=changes[:, 1]
    )


class _Story:
    """Follows one line from lot to lot."""

    def __init__(self, name: str, line: Line, system: System) -> None:
        self.name = name
        self.line = line
        self.materials = [material.name for material in system.materials]
        self.on_line: tuple[LotRecipe, int] | None = None
        self.free = next((recipe for recipe in line.recipes if not inputs_of(recipe)), None)
        self.since = system.first_tick
        self.finished: list[Lot] = []

    def load(self, tick: int, inputs: dict[int, int]) -> None:
        """Start the lot that takes these inputs: the first recipe that takes them is the one loaded."""
        if self.on_line is not None:
            raise self._broken(tick, f"uses {self._named(inputs)} with a lot on the line")
        for recipe in self.line.recipes:
            if inputs_of(recipe) == inputs:
                self.on_line = recipe, tick
                return
        raise self._broken(tick, f"uses {self._named(inputs)}, which no lot of its recipes takes")

    def unload(self, tick: int, good: dict[int, int], scrap: dict[int, int]) -> None:
        """End the lot that comes off as good and rejected items."""
        outputs = set(good) | set(scrap)
        if len(outputs) != 1:
            raise self._broken(tick, f"unloads {self._named(good | scrap)} as one lot")
        output = outputs.pop()
        total = good.get(output, 0) + scrap.get(output, 0)
        if total != self.line.lot:
            counts = (
                f"{good.get(output, 0)} good and {scrap.get(output, 0)} rejected {self.materials[output]}"
            )
            raise self._broken(tick, f"unloads {counts} of a lot of {self.line.lot}")
        recipe, loaded = self._unloaded_recipe(tick, output)
        self.finished.append(
            Lot(recipe, loaded, self.since if loaded is None else loaded, tick, scrap.get(output, 0))
        )
        self.on_line, self.since = None, tick

    def _unloaded_recipe(self, tick: int, output: int) -> tuple[LotRecipe, int | None]:
        if self.on_line is not None:
            recipe, loaded = self.on_line
            if recipe.output == output and loaded < tick:
                return recipe, loaded
        elif self.free is not None and self.free.output == output and self.since < tick:
            return self.free, None
        raise self._broken(tick, f"unloads {self.materials[output]} that it did not load before")

    def told(self) -> list[Lot]:
        """Return all lots, the one still on the line last."""
        if self.on_line is not None:
            recipe, loaded = self.on_line
            return [*self.finished, Lot(recipe, loaded, loaded, None, 0)]
        if self.free is not None:
            return [*self.finished, Lot(self.free, None, self.since, None, 0)]
        return self.finished

    def _named(self, amounts: dict[int, int]) -> str:
        return ", ".join(f"{amount} {self.materials[material]}" for material, amount in amounts.items())

    def _broken(self, tick: int, what: str) -> BrokenInvariant:
        return BrokenInvariant("inputs", self.name, tick, what)
