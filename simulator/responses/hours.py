"""How the lines spent their time."""

import math
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from simulator.model.system import TICKS_PER_HOUR, State, System
from simulator.path import SamplePath
from simulator.responses.built_in import built_in
from simulator.responses.columns import by_name
from simulator.responses.outline import Outline
from simulator.responses.passes import roles
from simulator.responses.periods import months
from simulator.responses.register import Meaning
from simulator.responses.trace import trace

Ints = npt.NDArray[np.int64]
Stretches = tuple[tuple[int, int], ...]
"""When a calendar opens and closes, in ticks."""

OF_OPEN_TIME = (
    "Time that lines of {} ran in {}, as a share of the time that they were commissioned and open by "
    "calendar; NaN when there was none"
)
OF_ALL_TIME = (
    "Time that all lines that make something ran in {}, as a share of the time that they were commissioned, "
    "24 hours a day; NaN when there was none"
)


def _in_hours(ticks: Ints) -> list[float]:
    return [each / TICKS_PER_HOUR for each in ticks.ravel().tolist()]


def _hours_columns(outline: Outline) -> dict[str, Meaning]:
    return {
        f"{role.name}.{state.name.lower()}": (
            "h",
            f"Hours that lines of {role.name} were {state.name.lower()}, added up",
        )
        for role in outline.roles
        for state in State
    }


@built_in(_hours_columns)
def hours(path: SamplePath, system: System) -> list[float]:
    """Hours of the lines in each state, by role."""
    found = trace(path)
    ticks = np.zeros((len(system.roles), len(State)), dtype=np.int64)
    roles.by_role(found.ticks, found.facts.role, ticks)
    return _in_hours(ticks)


@built_in(
    by_name(
        "Hours of the longest unbroken wait of one line of {} for room, for material or for power",
        "h",
        lambda outline: (role.name for role in outline.roles),
    )
)
def longest_wait(path: SamplePath, system: System) -> list[float]:
    """Hours of the longest unbroken wait of one line in one state, by role (clause 3)."""
    found = trace(path)
    longest = np.zeros(len(system.roles), dtype=np.int64)
    roles.longest_by_role(found.longest, found.facts.role, longest)
    return _in_hours(longest)


def _utilisation_columns(outline: Outline) -> dict[str, Meaning]:
    labels, _ = months(outline)
    by_role = {
        f"{role.name}.{month}": ("1", OF_OPEN_TIME.format(role.name, month))
        for role in outline.roles
        for month in labels
    }
    return by_role | {month: ("1", OF_ALL_TIME.format(month)) for month in labels}


@built_in(_utilisation_columns)
def utilisation(path: SamplePath, system: System) -> list[float]:
    """Share of the time that lines ran, by role and month of open time, by month of all time."""
    found = trace(path)
    shape = (len(system.roles), len(found.layout.months))
    running, open_ = np.zeros((2, *shape), dtype=np.int64)
    producing, commissioned = np.zeros((2, shape[1]), dtype=np.int64)
    facts, edges = found.facts, found.layout.edges
    roles.running_by_role(found.ticks, facts.role, facts.makes, running, producing)
    stretches = _stretches(tuple(calendar.open for calendar in system.calendars))
    roles.open_by_role(edges, *stretches, facts.role, facts.calendar, facts.commissioned, open_)
    roles.commissioned_by_month(edges, facts.commissioned, facts.makes, commissioned)
    return _shares(running.ravel(), open_.ravel()) + _shares(producing, commissioned)


def _shares(parts: Ints, wholes: Ints) -> list[float]:
    pairs = zip(parts.tolist(), wholes.tolist(), strict=True)
    return [part / whole if whole else math.nan for part, whole in pairs]


@lru_cache(maxsize=64)
def _stretches(calendars: tuple[Stretches, ...]) -> tuple[Ints, Ints, Ints]:
    """Return when calendars open and close, all one after the other, and where each of them begins."""
    ticks = np.array([each for calendar in calendars for each in calendar], dtype=np.int64).reshape(-1, 2)
    first = np.cumsum([0, *map(len, calendars)], dtype=np.int64)
    return ticks[:, 0].copy(), ticks[:, 1].copy(), first
