"""How the lines spent their time."""

import math
from collections import Counter
from itertools import chain

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
from simulator.responses.trace import Trace, trace

Ints = npt.NDArray[np.int64]

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
    roles.by_role(found.lines.ticks, found.facts.role, ticks)
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
    roles.longest_by_role(found.lines.longest, found.facts.role, longest)
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
    roles.running_by_role(found.lines.ticks, facts.role, facts.makes, running, producing)
    roles.open_by_role(edges, *_calendars(system), *_alike(found), open_)
    roles.commissioned_by_month(edges, facts.commissioned, facts.makes, commissioned)
    return _shares(running.ravel(), open_.ravel()) + _shares(producing, commissioned)


def _shares(parts: Ints, wholes: Ints) -> list[float]:
    pairs = zip(parts.tolist(), wholes.tolist(), strict=True)
    return [part / whole if whole else math.nan for part, whole in pairs]


def _calendars(system: System) -> tuple[Ints, Ints, Ints]:
    """Return when calendars open and close, all one after the other, and where each of them begins."""
    counts = [len(calendar.open) for calendar in system.calendars]
    stretches = chain.from_iterable(calendar.open for calendar in system.calendars)
    ticks = np.fromiter(chain.from_iterable(stretches), dtype=np.int64, count=2 * sum(counts))
    return ticks[::2], ticks[1::2], np.cumsum([0, *counts], dtype=np.int64)


def _alike(found: Trace) -> tuple[Ints, Ints, Ints, Ints]:
    """Return role, calendar and tick of commissioning that lines have in common, and how many lines have them."""
    facts = found.facts
    columns = (facts.role, facts.calendar, np.maximum(facts.commissioned, 0))
    alike = Counter(zip(*(each.tolist() for each in columns), strict=True))
    role, calendar, commissioned = np.array([*alike], dtype=np.int64).reshape(-1, 3).T.copy()
    return role, calendar, commissioned, np.array([*alike.values()], dtype=np.int64)
