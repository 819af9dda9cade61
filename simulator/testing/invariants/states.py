"""Each line is in one state at a time, the one that its calendar and its commissioning allow."""

import numpy as np

from simulator.model.system import Line, State, System
from simulator.path import Kind, SamplePath
from simulator.testing.broken import BrokenInvariant, dated, refuse, state_name
from simulator.testing.ledger import opening, values
from simulator.testing.steps import instants


@dated
def states(path: SamplePath, system: System) -> None:
    """Check that every line is in one state at a time, so that its ticks add up to the run.

    Rows tell changes only, and a line is in no state that cannot be its own: a repair without breakdowns, a
    wait for power without a grid, a wait for material or room without a recipe. Raises BrokenInvariant.
    """
    for number, line in enumerate(system.lines):
        state = values(path, system, Kind.STATE, number)
        refuse("states", line.name, state.ticks, state.values > max(State), state.values, "is no state")
        same = np.concatenate((np.zeros(1, dtype=bool), state.values[1:] == state.values[:-1]))
        refuse(
            "states",
            line.name,
            state.ticks,
            same,
            state.values,
            "is the state it was in before",
            said=state_name,
        )
        spent = np.diff(state.ticks, append=system.end_tick)
        if np.any(spent <= 0) or spent.sum() != system.end_tick - system.first_tick:
            raise BrokenInvariant(
                "states",
                line.name,
                system.end_tick,
                f"ticks by state add up to {spent.sum()}, not to the run",
            )
        for never, why in _impossible(line).items():
            refuse(
                "states",
                line.name,
                state.ticks,
                state.values == never,
                state.values,
                f"({never.name.lower()}) {why}",
            )


def _impossible(line: Line) -> dict[State, str]:
    """Return the states a line can never be in, and why."""
    found = {}
    if line.breakdown is None:
        found[State.UNDER_REPAIR] = "of a line that never fails"
    if line.grid < 0:
        found[State.AWAITING_POWER] = "of a line without a grid"
    if line.only_draws_power:
        found[State.BLOCKED] = found[State.AWAITING_MATERIAL] = "of a line that makes nothing"
    return found


@dated
def open_hours(path: SamplePath, system: System) -> None:
    """Check states against calendar and commissioning, which come first (clause 11).

    A line is not_commissioned exactly before its tick; after it, off_shift exactly when its calendar is
    closed, unless it is under repair. So it runs only when it is commissioned and open. Raises
    BrokenInvariant.
    """
    for number, line in enumerate(system.lines):
        state, is_open = values(path, system, Kind.STATE, number), opening(system, line)
        # the tick of commissioning is an instant to look at, too
        ticks = np.union1d(
            instants(state, is_open), np.clip(line.commissioned, system.first_tick, system.end_tick - 1)
        )
        found, here = state.at(ticks), is_open.at(ticks) == 1
        early = ticks < line.commissioned
        is_early = found == State.NOT_COMMISSIONED
        refuse(
            "open_hours",
            line.name,
            ticks,
            early & ~is_early,
            found,
            f"is the state before it is commissioned, at tick {line.commissioned}",
            said=state_name,
        )
        refuse(
            "open_hours",
            line.name,
            ticks,
            ~early & is_early,
            found,
            "(not_commissioned) is the state of a commissioned line",
        )
        judged = ~early & (found != State.UNDER_REPAIR)
        off = found == State.OFF_SHIFT
        refuse(
            "open_hours",
            line.name,
            ticks,
            judged & ~here & ~off,
            found,
            "is the state while its calendar is closed",
            said=state_name,
        )
        refuse(
            "open_hours",
            line.name,
            ticks,
            judged & here & off,
            found,
            "(off_shift) is the state while its calendar is open",
        )
