"""At no instant is anything left undone that could be done."""

import math

import numpy as np

from simulator.model.system import DELIVERED, GridPolicy, Line, State, System
from simulator.path import Kind, SamplePath
from simulator.testing.broken import dated, refuse
from simulator.testing.invariants.power import load_of
from simulator.testing.ledger import Place, accumulated, reserved, stocks, values
from simulator.testing.lots import inputs_of, lots
from simulator.testing.steps import Ints, Steps, instants


@dated
def fixed_point(path: SamplePath, system: System) -> None:
    """Check that C went on until nothing more could start (clause 3).

    After every instant, a line that awaits material has no recipe all of whose inputs are there, a blocked
    line has more to unload than there is room, and a line that awaits power on a lit feeder has a load above
    what is left. The lines of one feeder are lit or dark together, and no more feeders are dark than the
    rotation says. Raises BrokenInvariant.
    """
    stock, flow = stocks(path, system), reserved(path, system)
    for number, line in enumerate(system.lines):
        if not line.only_draws_power:
            _check_material(path, system, number, stock)
            _check_room(path, system, number, stock, flow)
    for number, link in enumerate(system.links):
        if link.to_store != DELIVERED:
            _check_arrived(path, system, number, stock, flow)
    for number, grid in enumerate(system.grids):
        if grid.policy != GridPolicy.SLOW:
            _check_power(path, system, number)


def _check_material(path: SamplePath, system: System, number: int, stock: dict[Place, Steps]) -> None:
    line, state = system.lines[number], values(path, system, Kind.STATE, number)
    for recipe in line.recipes:
        needs = [(stock[line.from_store, material], amount) for material, amount in inputs_of(recipe).items()]
        ticks = instants(state, *(there for there, _ in needs))
        ready = state.at(ticks) == State.AWAITING_MATERIAL
        for there, amount in needs:
            ready &= there.at(ticks) >= amount
        what = f"(awaiting_material) is its state while what {recipe.recipe} takes is there"
        refuse("fixed_point", line.name, ticks, ready, state.at(ticks), what)


def _check_room(
    path: SamplePath, system: System, number: int, stock: dict[Place, Steps], flow: dict[Place, Steps]
) -> None:
    line, state = system.lines[number], values(path, system, Kind.STATE, number)
    if not np.any(state.values == State.BLOCKED):
        return
    capacity = {holding.material: holding.capacity for holding in system.stores[line.to_store].holdings}
    for lot in lots(path, system, number):
        place = line.to_store, lot.recipe.output
        ticks = instants(state, stock[place], flow[place])
        end = system.end_tick if lot.unloaded is None else lot.unloaded
        ticks = ticks[(ticks >= lot.since) & (ticks < end)]
        room = capacity[lot.recipe.output] - stock[place].at(ticks) - flow[place].at(ticks)
        fits = (state.at(ticks) == State.BLOCKED) & (
            room >= _good(line, lot.rejected, done=lot.unloaded is not None)
        )
        refuse(
            "fixed_point",
            line.name,
            ticks,
            fits,
            room,
            "is the room in the store of a blocked line whose lot fits",
        )


def _good(line: Line, rejected: int, *, done: bool) -> int:
    """Return the good items of a lot, the most it can have when it never came off the line."""
    return line.lot - rejected if done else line.lot - math.floor(line.lot * line.reject)


def _check_arrived(
    path: SamplePath, system: System, number: int, stock: dict[Place, Steps], flow: dict[Place, Steps]
) -> None:
    """Check a link none of whose vehicles is on the way: what is in transit waits for want of room."""
    link = system.links[number]
    departed, arrived = (accumulated(path, system, kind, number) for kind in (Kind.DEPARTED, Kind.ARRIVED))
    capacity = {holding.material: holding.capacity for holding in system.stores[link.to_store].holdings}
    places = [(link.to_store, material) for material in link.materials]
    shipped, received = (
        {material: accumulated(path, system, kind, number, material) for material in link.materials}
        for kind in (Kind.SHIPPED, Kind.RECEIVED)
    )
    steps = [*shipped.values(), *received.values(), *(stock[place] for place in places)]
    ticks = instants(departed, arrived, *steps, *(flow[place] for place in places))
    waiting = {
        material: shipped[material].at(ticks) - received[material].at(ticks) for material in link.materials
    }
    total = sum(waiting.values(), np.zeros_like(ticks))
    fits = (departed.at(ticks) == arrived.at(ticks)) & (total > 0)
    for place in places:
        room = capacity[place[1]] - stock[place].at(ticks) - flow[place].at(ticks)
        fits &= room >= waiting[place[1]]
    refuse("fixed_point", link.name, ticks, fits, total, "wait in vehicles that arrived, with room for all")


def _check_power(path: SamplePath, system: System, number: int) -> None:
    """Check lines that wait for power: what is left is too little, or their whole feeder is dark."""
    grid = system.grids[number]
    supply, drawn = (values(path, system, kind, number) for kind in (Kind.SUPPLY, Kind.DRAWN))
    lines = [line for line, each in enumerate(system.lines) if each.grid == number]
    states = {line: values(path, system, Kind.STATE, line) for line in lines}
    ticks = instants(supply, drawn, *states.values())
    left = supply.at(ticks) - drawn.at(ticks)
    dark: dict[int, Ints] = {}
    for line in lines:
        idle = (states[line].at(ticks) == State.AWAITING_POWER) & (
            load_of(path, system, line).at(ticks) <= left
        )
        name = system.lines[line].name
        if grid.rotation is None:
            refuse("fixed_point", name, ticks, idle, left, "kW are left, enough for a line that awaits power")
        feeder = system.lines[line].feeder
        dark[feeder] = dark.get(feeder, np.zeros(len(ticks), dtype=bool)) | idle
    if grid.rotation is None:
        return
    for line in lines:
        lit = (states[line].at(ticks) == State.RUNNING) & dark[system.lines[line].feeder]
        refuse(
            "fixed_point",
            system.lines[line].name,
            ticks,
            lit,
            left,
            "kW are left to lines of its feeder that wait",
        )
    rotation = grid.rotation
    most = math.floor(rotation.feeders * (1.0 - rotation.powered_share)) + 1
    count = sum((each.astype(np.int64) for each in dark.values()), np.zeros(len(ticks), dtype=np.int64))
    refuse(
        "fixed_point",
        grid.name,
        ticks,
        count > most,
        count,
        f"feeders have lines that wait for no reason, above {most}",
    )
