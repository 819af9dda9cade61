"""What the final stage would have made in the time it did not run: a local account.

It says what each line was waiting for, not what more of it would have given: lifting one constraint may only
uncover the next.
"""

import math
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from simulator.model.system import State, System
from simulator.path import SamplePath
from simulator.responses.hours import counted_states
from simulator.responses.kinds import Ints, once_a_path, sums
from simulator.responses.periods import months, split
from simulator.responses.products import inputs
from simulator.responses.register import Meaning, response
from simulator.responses.shortage import missing_ticks
from simulator.responses.trajectories import Stretches

Floats = npt.NDArray[np.float64]
IDLE = tuple(state for state in State if state != State.RUNNING)


def final_lines(system: System) -> list[int]:
    """Return the numbers of the lines that make something and whose role is final."""
    final = [role.final for role in system.roles]
    return [number for number, line in enumerate(system.lines) if line.recipes and final[line.role]]


def _as_items(system: System, ticks: Ints) -> Floats:
    """Return what final lines would make in so many ticks, by their first recipe; first axis final lines."""
    lines = [system.lines[number] for number in final_lines(system)]
    shape = (-1,) + (1,) * (ticks.ndim - 1)
    lot = np.array([line.lot for line in lines], dtype=np.float64).reshape(shape)
    lot_ticks = np.array([line.recipes[0].ticks for line in lines], dtype=np.float64).reshape(shape)
    items: Floats = ticks * lot / lot_ticks
    return items


@once_a_path
def _idle(path: SamplePath) -> Stretches:
    """Return when final lines did not run; entity is the place among the final lines."""
    system = path.system
    chosen = final_lines(system)
    place = np.full(len(system.lines), -1, dtype=np.int64)
    place[chosen] = np.arange(len(chosen))
    states = counted_states(path)
    idle = states.part((place[states.entity] >= 0) & (states.value != State.RUNNING))
    return Stretches(place[idle.entity], idle.start, idle.stop, idle.value)


@once_a_path
def _items(path: SamplePath) -> Floats:
    """Return the items lost; shape (final lines, months, idle states)."""
    _, edges = months(path.system)
    shape = (len(final_lines(path.system)), len(edges) - 1, len(IDLE))
    idle = _idle(path)
    stretch, month, ticks = split(idle.start, idle.stop, edges)
    index = (idle.entity[stretch] * shape[1] + month) * shape[2] + idle.value[stretch]
    return _as_items(path.system, sums(index, ticks, shape[0] * shape[1] * shape[2]).reshape(shape))


def _total(items: Floats) -> float:
    return math.fsum(items.ravel().tolist())


def _label(state: State) -> str:
    return state.name.lower()


def _columns(system: System) -> dict[str, Meaning]:
    sentence = "Items that lines of the final stage would have made while"
    by_state = {_label(state): ("items", f"{sentence} {_label(state)}") for state in IDLE}
    return by_state | {
        f"{_label(State.AWAITING_MATERIAL)}.{system.materials[number].name}": (
            "items",
            f"{sentence} {system.materials[number].name} was the first input missing",
        )
        for number in inputs(system)
    }


@response(columns=_columns)
def lost_output(path: SamplePath, system: System) -> dict[str, float]:
    """Items of the final stage lost, by state and by the input that was missing."""
    items = _items(path)
    by_state = [_total(items[:, :, state]) for state in IDLE]
    idle = _idle(path)
    missing = missing_ticks(path, final_lines(system), idle.part(idle.value == State.AWAITING_MATERIAL))
    lost = _as_items(system, missing)
    by_input = [_total(lost[:, number]) for number in inputs(system)]
    return dict(zip(_columns(system), by_state + by_input, strict=True))


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


def _region_columns(system: System) -> dict[str, Meaning]:
    return _by_state(region.name for region in system.regions)


@response(columns=_region_columns)
def lost_output_by_region(path: SamplePath, system: System) -> dict[str, float]:
    """Items of the final stage lost, by region and state."""
    region = np.array([system.lines[number].region for number in final_lines(system)], dtype=np.int64)
    items = _items(path)
    regions = range(len(system.regions))
    lost = [_total(items[region == number, :, state]) for number in regions for state in IDLE]
    return dict(zip(_region_columns(system), lost, strict=True))


def _month_columns(system: System) -> dict[str, Meaning]:
    return _by_state(months(system)[0])


@response(columns=_month_columns)
def lost_output_by_month(path: SamplePath, system: System) -> dict[str, float]:
    """Items of the final stage lost, by month and state."""
    items = _items(path)
    lost = [_total(items[:, month, state]) for month in range(items.shape[1]) for state in IDLE]
    return dict(zip(_month_columns(system), lost, strict=True))
