"""Power drawn is that of the lines that run on lit feeders, and never more than there is."""

import math

import numpy as np

from simulator import streams
from simulator.model.realising.draws import key_word
from simulator.model.system import TICKS_PER_DAY, Grid, GridPolicy, Rotation, State, System
from simulator.path import Kind, SamplePath
from simulator.testing.broken import dated, refuse
from simulator.testing.ledger import values
from simulator.testing.lots import lots, on_line
from simulator.testing.steps import Ints, Steps, instants

FULL_SPEED = 1000
Address = tuple[int, int]
"""The seed and the replication that a path was made with."""


@dated
def power(path: SamplePath, system: System) -> None:
    """Check every grid at every instant: what is drawn is the load of the lines that run, and within supply.

    Under `slow` all loaded open lines are connected, and speed is what supply allows of their load (clause
    15); elsewhere it is 1000. Supply follows the grid's own, less what is curtailed. Raises BrokenInvariant.
    """
    for number, grid in enumerate(system.grids):
        supply, drawn, speed = (
            values(path, system, kind, number) for kind in (Kind.SUPPLY, Kind.DRAWN, Kind.SPEED)
        )
        for name, value in (("supply", supply), ("drawn", drawn), ("speed", speed)):
            same = np.concatenate((np.zeros(1, dtype=bool), value.values[1:] == value.values[:-1]))
            refuse("power", grid.name, value.ticks, same, value.values, f"is the {name} it had before")
        _check_supply(system, grid, supply)
        lines = {
            line: values(path, system, Kind.STATE, line)
            for line, each in enumerate(system.lines)
            if each.grid == number
        }
        ticks = instants(supply, drawn, speed, *lines.values())
        loads = {line: load_of(path, system, line).at(ticks) for line in lines}
        states = {line: state.at(ticks) for line, state in lines.items()}
        _check_draw(grid, ticks, loads, states, supply.at(ticks), drawn.at(ticks), speed.at(ticks))


@dated
def darkness(path: SamplePath, system: System, address: Address) -> None:
    """Check that no line runs while its feeder is dark, on every grid whose feeders take turns (clause 16).

    Which feeders are dark follows from the address of the path. Raises BrokenInvariant.
    """
    for number, grid in enumerate(system.grids):
        if grid.rotation is None:
            continue
        periods, dark = _lots_of_rotation(grid.name, grid.rotation, system, address)
        for line, each in enumerate(system.lines):
            if each.grid != number:
                continue
            state = values(path, system, Kind.STATE, line)
            is_dark = Steps(periods, dark[:, each.feeder])
            ticks = instants(state, is_dark)
            found = state.at(ticks)
            bad = (found == State.RUNNING) & (is_dark.at(ticks) == 1)
            refuse("darkness", each.name, ticks, bad, found, "(running) is its state on a dark feeder")


def _lots_of_rotation(name: str, rotation: Rotation, system: System, address: Address) -> tuple[Ints, Ints]:
    """Return the ticks at which periods start, and 1 for each feeder that is dark then: (n,), (n, feeders)."""
    seed, replication = address
    by_day, by_period = key_word("rotation", name), key_word("rotation_start", name)
    before_run = (system.start.toordinal() - 1) * TICKS_PER_DAY
    first, last = (
        (before_run + tick) // rotation.period for tick in (system.first_tick, system.end_tick - 1)
    )
    feeders = np.arange(rotation.feeders)
    starts, dark = [], []
    for period in range(first, last + 1):
        start = period * rotation.period
        of_day = streams.uniform(seed, by_day, replication, start // TICKS_PER_DAY)
        of_period = streams.uniform(seed, by_period, replication, period)
        count = math.floor(rotation.feeders * (1.0 - rotation.powered_share) + of_day)
        from_feeder = math.floor(rotation.feeders * of_period)
        starts.append(max(system.first_tick, start - before_run))
        dark.append((feeders - from_feeder) % rotation.feeders < count)
    return np.array(starts, dtype=np.int64), np.array(dark, dtype=np.int64)


def load_of(path: SamplePath, system: System, number: int) -> Steps:
    """Return the load in kW that a line has when it runs, by what is on it."""
    line = system.lines[number]
    if line.only_draws_power:
        first = np.array([system.first_tick], dtype=np.int64)
        return Steps(first, np.array([line.load_kw], dtype=np.int64))
    found = lots(path, system, number)
    return on_line(system, found, [lot.recipe.load_kw for lot in found])


def _check_supply(system: System, grid: Grid, supply: Steps) -> None:
    allotted = Steps(*np.array(grid.supply, dtype=np.int64).T)
    ticks = np.union1d(supply.ticks, np.clip(allotted.ticks, system.first_tick, system.end_tick - 1))
    found, most = supply.at(ticks), allotted.at(ticks)
    bad = found > most if grid.curtailment else found != most
    refuse(
        "power",
        grid.name,
        ticks,
        bad,
        found,
        lambda place: f"kW supplied, not what the grid is allotted, {most[place]} kW",
    )


def _check_draw(
    grid: Grid,
    ticks: Ints,
    loads: dict[int, Ints],
    states: dict[int, Ints],
    supply: Ints,
    drawn: Ints,
    speed: Ints,
) -> None:
    refuse(
        "power",
        grid.name,
        ticks,
        drawn > supply,
        drawn,
        lambda place: f"kW drawn, above supply, {supply[place]} kW",
    )
    slowed = grid.policy == GridPolicy.SLOW
    connected = (State.RUNNING, State.AWAITING_POWER) if slowed else (State.RUNNING,)
    load = sum((loads[line] * np.isin(states[line], connected) for line in loads), np.zeros_like(supply))
    allowed = np.full_like(supply, FULL_SPEED)
    if slowed:
        allowed = np.minimum(FULL_SPEED, FULL_SPEED * supply // np.maximum(load, 1))
        allowed[load == 0] = FULL_SPEED
        for line in loads:
            halted = (states[line] == State.AWAITING_POWER) != (
                np.isin(states[line], connected) & (speed == 0)
            )
            refuse(
                "power", grid.name, ticks, halted, speed, "is the speed; lines wait for power exactly at 0"
            )
    refuse(
        "power",
        grid.name,
        ticks,
        speed != allowed,
        speed,
        lambda place: f"is the speed, not what supply and load allow, {allowed[place]} thousandths",
    )
    wanted = load * speed // FULL_SPEED
    refuse(
        "power",
        grid.name,
        ticks,
        drawn != wanted,
        drawn,
        lambda place: f"kW drawn, not the load of the lines that run, {wanted[place]} kW",
    )
