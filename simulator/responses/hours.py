"""How the lines spent their time."""

import math
from collections import Counter

import numpy as np

from simulator.model.system import NONE, TICKS_PER_HOUR, State, System
from simulator.path import SamplePath
from simulator.responses.columns import by_part
from simulator.responses.kinds import Ints, members, once_a_path, sums
from simulator.responses.periods import months, split
from simulator.responses.register import Meaning, response
from simulator.responses.trajectories import Stretches, intervals

WAITS = (State.BLOCKED, State.AWAITING_MATERIAL, State.AWAITING_POWER)
"""States of a line that others keep from working."""
OF_OPEN_TIME = (
    "Time that lines of {} ran in {}, as a share of the time that they were commissioned and open by "
    "calendar; NaN when there was none"
)
OF_ALL_TIME = (
    "Time that all lines that make something ran in {}, as a share of the time that they were commissioned, "
    "24 hours a day; NaN when there was none"
)


@once_a_path
def counted_states(path: SamplePath) -> Stretches:
    """Return the states of the lines from tick 0 on."""
    return intervals(path).within(0, path.system.end_tick)


def _hours_columns(system: System) -> dict[str, Meaning]:
    return {
        f"{role.name}.{state.name.lower()}": (
            "h",
            f"Hours that lines of {role.name} were {state.name.lower()}, added up",
        )
        for role in system.roles
        for state in State
    }


@response(columns=_hours_columns)
def hours(path: SamplePath, system: System) -> dict[str, float]:
    """Hours of the lines in each state, by role."""
    states = counted_states(path)
    role = np.array([line.role for line in system.lines], dtype=np.int64)[states.entity]
    ticks = sums(role * len(State) + states.value, states.ticks, len(system.roles) * len(State))
    return {key: int(each) / TICKS_PER_HOUR for key, each in zip(_hours_columns(system), ticks, strict=True)}


@response(
    columns=by_part(
        "Hours of the longest unbroken wait of one line of {} for room, for material or for power",
        "h",
        lambda system: system.roles,
    )
)
def longest_wait(path: SamplePath, system: System) -> dict[str, float]:
    """Hours of the longest unbroken wait of one line in one state, by role (clause 3)."""
    states = counted_states(path)
    waits = states.part(members(WAITS, len(State))[states.value])
    role = np.array([line.role for line in system.lines], dtype=np.int64)[waits.entity]
    longest = np.zeros(len(system.roles), dtype=np.int64)
    np.maximum.at(longest, role, waits.ticks)
    return {each.name: int(ticks) / TICKS_PER_HOUR for each, ticks in zip(system.roles, longest, strict=True)}


def _utilisation_columns(system: System) -> dict[str, Meaning]:
    labels, _ = months(system)
    roles = [role.name for role in system.roles]
    by_role = {
        f"{role}.{month}": ("1", OF_OPEN_TIME.format(role, month)) for role in roles for month in labels
    }
    return by_role | {month: ("1", OF_ALL_TIME.format(month)) for month in labels}


@response(columns=_utilisation_columns)
def utilisation(path: SamplePath, system: System) -> dict[str, float]:
    """Share of the time that lines ran, by role and month of open time, by month of all time."""
    labels, edges = months(system)
    states = counted_states(path)
    runs = states.part(states.value == State.RUNNING)
    run, month, ticks = split(runs.start, runs.stop, edges)
    line = runs.entity[run]
    shape = (len(system.roles), len(labels))
    role = np.array([each.role for each in system.lines], dtype=np.int64)
    running = sums(role[line] * shape[1] + month, ticks, shape[0] * shape[1])
    shares = _shares(running, _open_ticks(system, edges).ravel())
    makes = np.array([bool(each.recipes) for each in system.lines], dtype=bool)
    producing = sums(month[makes[line]], ticks[makes[line]], len(labels))
    shares += _shares(producing, _commissioned_ticks(system, edges))
    return dict(zip(_utilisation_columns(system), shares, strict=True))


def _shares(parts: Ints, wholes: Ints) -> list[float]:
    pairs = zip(parts.tolist(), wholes.tolist(), strict=True)
    return [part / whole if whole else math.nan for part, whole in pairs]


def _open_ticks(system: System, edges: Ints) -> Ints:
    """Return the ticks that commissioned lines are open by calendar, added up; shape (roles, months)."""
    ticks = np.zeros((len(system.roles), len(edges) - 1), dtype=np.int64)
    alike = Counter((line.role, line.calendar, max(line.commissioned, 0)) for line in system.lines)
    for (role, calendar, commissioned), lines in alike.items():
        open_ = ((0, system.end_tick),) if calendar == NONE else system.calendars[calendar].open
        start, stop = np.clip(np.array(open_, dtype=np.int64).reshape(-1, 2).T, commissioned, system.end_tick)
        some = start < stop
        _, month, piece = split(start[some], stop[some], edges)
        ticks[role] += lines * sums(month, piece, len(edges) - 1)
    return ticks


def _commissioned_ticks(system: System, edges: Ints) -> Ints:
    """Return the ticks that lines that make something are commissioned, added up; shape (months,)."""
    commissioned = np.array([line.commissioned for line in system.lines if line.recipes], dtype=np.int64)
    later = np.maximum(commissioned[:, None], edges[:-1])
    ticks: Ints = np.maximum(edges[1:] - later, 0).sum(axis=0, dtype=np.int64)
    return ticks
