"""Lines work on whole lots: nothing comes out that did not go in, or sooner than its time."""

import math
from functools import partial

import numpy as np

from simulator.model.system import TICKS_PER_HOUR, Line, State, System
from simulator.path import Kind, SamplePath
from simulator.testing.broken import BrokenInvariant, dated, refuse, state_name
from simulator.testing.ledger import opening, values
from simulator.testing.lots import Lot, lots, on_line
from simulator.testing.steps import Ints, Steps, instants

FULL_SPEED = 1000


@dated
def inputs(path: SamplePath, system: System) -> None:
    """Check that lines use whole lots' inputs and unload whole lots, each worked on in full.

    What a lot takes is that of one of the line's recipes, what it gives is that recipe's output, good and
    rejected together one lot. A line runs, is blocked or awaits power with a lot on it, and awaits material
    with none. A lot is unloaded after exactly its running ticks (clause 8), in thousandths where the grid
    slows lines (clause 15). Raises BrokenInvariant.
    """
    for number, line in enumerate(system.lines):
        if line.only_draws_power:
            continue
        state = values(path, system, Kind.STATE, number)
        found = lots(path, system, number)
        _check_presence(system, line, state, found)
        work = _work_done(path, system, line, state)
        for lot in found:
            _check_time(system, line, lot, work)
            _check_rejects(line, lot)


@dated
def capacity(path: SamplePath, system: System) -> None:
    """Check that no line gives more lots than its open hours have time for.

    Raises BrokenInvariant.
    """
    for number, line in enumerate(system.lines):
        finished = [lot for lot in lots(path, system, number) if lot.unloaded is not None]
        ticks = np.array([lot.unloaded for lot in finished], dtype=np.int64)
        need = np.cumsum([least_and_most_ticks(line, lot)[0] for lot in finished], dtype=np.int64)
        start = np.int64(np.clip(line.commissioned, system.first_tick, system.end_tick))
        is_open = opening(system, line)
        had = is_open.integral(ticks) - is_open.integral(np.minimum(ticks, start))

        refuse("capacity", line.name, ticks, need > had, need, partial(_too_little, had))


def _too_little(had: Ints, place: int) -> str:
    return f"ticks of work unloaded, more than the {had[place]} in which the line was open"


def least_and_most_ticks(line: Line, lot: Lot) -> tuple[int, int]:
    """Return the bounds of a lot's running time at full speed; equal when the rows tell what it is."""
    if line.work is not None:
        return 1, 1 << 62
    ticks = lot.recipe.ticks
    in_full = [(until, -(-ticks * 100 // per_cent)) for until, per_cent in line.ramp]
    if lot.loaded is not None:
        age = lot.loaded - line.commissioned
        exact = next((slowed for until, slowed in in_full if age < until), ticks)
        return exact, exact
    either = [ticks, *(slowed for _, slowed in in_full)]
    return min(either), max(either)


def _check_presence(system: System, line: Line, state: Steps, found: list[Lot]) -> None:
    """Check that the line has a lot in the states that speak of one, and none while it waits for material."""
    there = on_line(system, found, [1] * len(found))
    ticks = instants(state, there)
    now, count = state.at(ticks), there.at(ticks)
    with_lot = np.isin(now, (State.BLOCKED, State.AWAITING_POWER, State.RUNNING))
    refuse(
        "inputs",
        line.name,
        ticks,
        with_lot & (count == 0),
        now,
        "is its state with no lot loaded",
        said=state_name,
    )
    waiting = now == State.AWAITING_MATERIAL
    refuse(
        "inputs",
        line.name,
        ticks,
        waiting & (count == 1),
        now,
        "(awaiting_material) is its state with a lot loaded",
    )


def _work_done(path: SamplePath, system: System, line: Line, state: Steps) -> Steps:
    """Return the speed at which the line runs, in thousandths, 0 when it does not."""
    running = (state.values == State.RUNNING).astype(np.int64)
    if line.grid < 0:
        return Steps(state.ticks, running * FULL_SPEED)
    speed = values(path, system, Kind.SPEED, line.grid)
    ticks = instants(state, speed)
    return Steps(ticks, Steps(state.ticks, running).at(ticks) * speed.at(ticks))


def _check_time(system: System, line: Line, lot: Lot, work: Steps) -> None:
    end = system.end_tick if lot.unloaded is None else lot.unloaded
    ends: Ints = np.array([lot.since, end], dtype=np.int64)
    done = int(np.diff(work.integral(ends))[0])
    least, most = least_and_most_ticks(line, lot)
    # a slowed lot ends with the first whole tick at which nothing is left: less than one tick's work over
    if done >= (most + 1) * FULL_SPEED or (lot.unloaded is not None and done < least * FULL_SPEED):
        raise BrokenInvariant(
            "inputs",
            line.name,
            end,
            f"ran {_spelled(done // FULL_SPEED)} for a lot that takes {_between(least, most)} at full speed",
        )


def _check_rejects(line: Line, lot: Lot) -> None:
    wanted = line.lot * line.reject
    if lot.unloaded is not None and not math.floor(wanted) <= lot.rejected <= math.ceil(wanted):
        raise BrokenInvariant(
            "inputs",
            line.name,
            lot.unloaded,
            f"rejects {lot.rejected} of {line.lot}, at a share of {line.reject}",
        )


def _between(least: int, most: int) -> str:
    if least == most:
        return _spelled(least)
    return f"{_spelled(least)} or more"


def _spelled(ticks: int) -> str:
    return f"{ticks} ticks ({ticks / TICKS_PER_HOUR:.3f} h)"
