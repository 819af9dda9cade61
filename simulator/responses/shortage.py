"""Which input a waiting line was short of, found again from the stocks."""

from collections import defaultdict

import numpy as np

from simulator.model.system import System
from simulator.path import SamplePath
from simulator.responses.kinds import Ints, Mask, sums
from simulator.responses.trajectories import Stretches, holding_places, stocks

Need = tuple[int, tuple[tuple[int, int], ...]]
"""A store, and what a lot takes from it: material, amount; in recipe order."""


def missing_ticks(path: SamplePath, lines: list[int], waits: Stretches) -> Ints:
    """Return how long each material was the first input missing; shape (lines, materials).

    `waits` are stretches in which lines awaited material; their entity is a place in `lines`. What is missing
    is the first input of the line's first recipe, in recipe order, of which its store has less than a lot
    takes. The stock after an instant counts until the next. Lines that need the same from one store are taken
    together.
    """
    system = path.system
    shape = (len(lines), len(system.materials))
    ticks = np.zeros(shape[0] * shape[1], dtype=np.int64)
    need_of = np.zeros(len(lines), dtype=np.int64)
    needs = _needs(system, lines)
    for number, places in enumerate(needs.values()):
        need_of[places] = number
    for number, need in enumerate(needs):
        chosen = waits.part(need_of[waits.entity] == number)
        if not len(chosen.entity):
            continue
        edges, first = _first_missing(path, need)
        for place, (material, _) in enumerate(need[1]):
            lacks = first == place
            part = _time_at(edges, lacks, chosen.stop) - _time_at(edges, lacks, chosen.start)
            ticks += sums(chosen.entity * shape[1] + material, part, len(ticks))
    return ticks.reshape(shape)


def _needs(system: System, lines: list[int]) -> dict[Need, list[int]]:
    """Return the places in `lines` of those that need the same."""
    alike: dict[Need, list[int]] = defaultdict(list)
    for place, number in enumerate(lines):
        line = system.lines[number]
        alike[line.from_store, line.recipes[0].inputs].append(place)
    return alike


def _first_missing(path: SamplePath, need: Need) -> tuple[Ints, Ints]:
    """Return the place in the recipe of the first input missing, -1 for none, from each edge on."""
    store, inputs = need
    places = holding_places(path.system)[store] if inputs else np.zeros(0, dtype=np.int64)
    short = []
    for material, amount in inputs:
        steps = stocks(path).of(int(places[material]))
        lacking = steps.value < amount
        turns = np.append(True, lacking[1:] != lacking[:-1])
        short.append((steps.start[turns], lacking[turns]))
    edges = np.unique(np.concatenate([np.array([path.system.first_tick]), *(start for start, _ in short)]))
    first = np.full(len(edges), -1, dtype=np.int64)
    for place, (start, lacking) in reversed(list(enumerate(short))):
        first[lacking[np.searchsorted(start, edges, side="right") - 1]] = place
    return edges, first


def _time_at(edges: Ints, true: Mask, ticks: Ints) -> Ints:
    """Return for how long a mask that holds from each edge on had been true by some ticks."""
    whole = np.append(0, np.cumsum(np.diff(edges) * true[:-1]))
    place = np.searchsorted(edges, ticks, side="right") - 1
    by_then: Ints = whole[place] + (ticks - edges[place]) * true[place]
    return by_then
