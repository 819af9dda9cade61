"""What the final stage would have made in the time it did not run: a local account.

It says what each line was waiting for, not what more of it would have given: lifting one constraint may only
uncover the next.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.model.system import State, System
from simulator.path import SamplePath
from simulator.responses.built_in import built_in
from simulator.responses.kinds import once_a_path
from simulator.responses.outline import Outline
from simulator.responses.passes import lost
from simulator.responses.periods import months
from simulator.responses.products import inputs
from simulator.responses.register import Meaning
from simulator.responses.trace import Trace, trace

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
IDLE = tuple(state for state in State if state != State.RUNNING)
"""The first states: RUNNING is the last."""


def _items(found: Trace, ticks: Ints, kinds: int) -> Floats:
    """Return what final lines would make in ticks by case, line and kind; shape (kinds, cases, final lines)."""
    facts = found.facts
    items = np.empty((kinds, len(ticks), len(facts.final)))
    lost.items(np.ascontiguousarray(ticks), facts.final, facts.lot, facts.lot_ticks, items)
    return items


class Lost(NamedTuple):
    """Items lost in the idle states, each sum rounded once."""

    by_state: Floats
    by_region: Floats
    """Shape (regions, states)."""
    by_month: Floats
    """Shape (months, states)."""


@once_a_path
def _lost(path: SamplePath) -> Lost:
    found = trace(path)
    items = _items(found, found.ticks, len(IDLE))
    return _sums(items, found.facts.region[found.facts.final], len(path.system.regions))


def _sums(items: Floats, group: Ints, groups: int) -> Lost:
    """Return sums of items by kind, case and final line, given the group of each line."""
    kinds, cases, _ = items.shape
    sums = Lost(np.empty(kinds), np.empty((groups, kinds)), np.empty((cases, kinds)))
    lost.totals(items, group, *sums)
    return sums


def _label(state: State) -> str:
    return state.name.lower()


def _columns(outline: Outline) -> dict[str, Meaning]:
    sentence = "Items that lines of the final stage would have made while"
    by_state = {_label(state): ("items", f"{sentence} {_label(state)}") for state in IDLE}
    return by_state | {
        f"{_label(State.AWAITING_MATERIAL)}.{outline.materials[number].name}": (
            "items",
            f"{sentence} {outline.materials[number].name} was the first input missing",
        )
        for number in inputs(outline)
    }


@built_in(_columns)
def lost_output(path: SamplePath, system: System) -> Floats:
    """Items of the final stage lost, by state and by the input that was missing."""
    found = trace(path)
    short = _items(found, found.missing[None], len(system.materials))
    by_input = _sums(short, np.zeros_like(found.facts.final), 1).by_state
    return np.append(_lost(path).by_state, by_input[found.layout.inputs])


def _by_state(names: Iterable[str]) -> dict[str, Meaning]:
    """Return columns for every idle state under each name."""
    return {
        f"{name}.{_label(state)}": (
            "items",
            f"Items that lines of the final stage would have made in {name} while {_label(state)}",
        )
        for name in names
        for state in IDLE
    }


def _region_columns(outline: Outline) -> dict[str, Meaning]:
    return _by_state(outline.regions)


@built_in(_region_columns)
def lost_output_by_region(path: SamplePath, system: System) -> Floats:
    """Items of the final stage lost, by region and state."""
    return _lost(path).by_region.ravel()


def _month_columns(outline: Outline) -> dict[str, Meaning]:
    return _by_state(months(outline)[0])


@built_in(_month_columns)
def lost_output_by_month(path: SamplePath, system: System) -> Floats:
    """Items of the final stage lost, by month and state."""
    return _lost(path).by_month.ravel()
