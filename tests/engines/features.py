"""What happens in a sample path, by name: which clauses of the contract a generated system puts to the test."""

from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np

from simulator.model.system import (
    DELIVERED,
    NO_LIMIT,
    TICKS_PER_DAY,
    GridPolicy,
    State,
    System,
)
from simulator.path import GRID_KINDS, Kind, SamplePath

MANY_DAYS = 20


def features(path: SamplePath) -> list[str]:
    """Return what occurs: kinds of rows, states, parts of the system, things that happen at some instant."""
    rows = path.rows
    kinds = [f"row: {Kind(kind).name.lower()}" for kind in np.unique(rows["kind"])]
    states = [f"state: {State(state).name.lower()}" for state in np.unique(path.of(Kind.STATE)["amount"])]
    parts = [f"part: {name}" for name, has in PARTS.items() if has(path.system)]
    events = [f"event: {name}" for name, happens in EVENTS.items() if happens(path)]
    return kinds + states + parts + events


def _policy(policy: GridPolicy) -> Callable[[System], bool]:
    return lambda system: any(grid.policy is policy for grid in system.grids)


def _has_twins(dated: list[tuple[int, int]]) -> bool:
    return len({tick for tick, _ in dated}) < len(dated)


def _shares_an_input(system: System) -> bool:
    """Whether a line has two recipes that may be short of one material."""
    return any(
        len(line.recipes) > 1
        and set.intersection(*({material for material, _ in recipe.inputs} for recipe in line.recipes[:2]))
        for line in system.lines
    )


PARTS: dict[str, Callable[[System], bool]] = {
    "a grid that sheds": _policy(GridPolicy.SHED),
    "a grid that slows": _policy(GridPolicy.SLOW),
    "a grid that rotates": _policy(GridPolicy.ROTATE),
    "several feeders": lambda system: any(
        grid.rotation and grid.rotation.feeders > 1 for grid in system.grids
    ),
    "a curtailment": lambda system: any(grid.curtailment for grid in system.grids),
    "supply by month": lambda system: any(len(grid.supply) > 1 for grid in system.grids),
    "two grids": lambda system: len(system.grids) > 1,
    "limited crews": lambda system: any(region.crews < NO_LIMIT for region in system.regions),
    "a breakdown": lambda system: any(line.breakdown for line in system.lines),
    "a calendar": lambda system: any(line.calendar >= 0 for line in system.lines),
    "equal priorities": lambda system: len({line.priority for line in system.lines}) < len(system.lines),
    "work drawn": lambda system: any(line.work for line in system.lines),
    "flow": lambda system: any(line.flow for line in system.lines),
    "rejects": lambda system: any(line.reject for line in system.lines),
    "a ramp": lambda system: any(line.ramp for line in system.lines),
    "a plant commissioned in the run": lambda system: any(
        line.commissioned > system.first_tick for line in system.lines
    ),
    "several recipes": lambda system: any(len(line.recipes) > 1 for line in system.lines),
    "two recipes short of one material": _shares_an_input,
    "a recipe without inputs": lambda system: any(
        not recipe.inputs for line in system.lines for recipe in line.recipes
    ),
    "a line that only draws power": lambda system: any(line.only_draws_power for line in system.lines),
    "lots of a few ticks": lambda system: any(
        0 < recipe.ticks < 9 for line in system.lines for recipe in line.recipes
    ),
    "a share of use": lambda system: any(each.share_of_use for each in system.suppliers),
    "a share of use by calendar": lambda system: any(
        each.share_of_use and any(line.calendar >= 0 for line in system.lines) for each in system.suppliers
    ),
    "a dated table": lambda system: any(each.table for each in system.suppliers),
    "two dated deliveries at one tick": lambda system: any(
        _has_twins([*each.table]) for each in system.suppliers
    ),
    "monthly factors": lambda system: any(each.monthly for each in system.suppliers),
    "a disruption": lambda system: any(each.disruption_every for each in system.suppliers),
    "two additions at one tick": lambda system: any(
        _has_twins([each for holding in store.holdings for each in holding.added]) for store in system.stores
    ),
    "a link of several materials": lambda system: any(len(link.materials) > 1 for link in system.links),
    "a link to a store": lambda system: any(link.to_store != DELIVERED for link in system.links),
    "a link with a first tick": lambda system: any(link.first is not None for link in system.links),
    "a link whose interval changes": lambda system: any(len(link.every) > 1 for link in system.links),
    "a capacity": lambda system: any(
        holding.capacity < NO_LIMIT for store in system.stores for holding in store.holdings
    ),
    "a floor": lambda system: any(holding.floor for store in system.stores for holding in store.holdings),
    "a warm-up": lambda system: system.first_tick < 0,
    "many days": lambda system: system.end_tick - system.first_tick > MANY_DAYS * TICKS_PER_DAY,
}


def _speeds(path: SamplePath) -> list[int]:
    speeds: list[int] = path.of(Kind.SPEED)["amount"].tolist()
    return speeds


def _changes(path: SamplePath) -> Iterator[tuple[int, State, State]]:
    """Yield every change of a line's state, with its tick."""
    rows = path.of(Kind.STATE)
    for line in range(len(path.system.lines)):
        own = rows[rows["entity"] == line]
        for before, after in pairwise(own):
            yield int(after["tick"]), State(before["amount"]), State(after["amount"])


def _changes_to(before: State, after: State) -> Callable[[SamplePath], bool]:
    return lambda path: any(change[1:] == (before, after) for change in _changes(path))


def _waits_for_room(path: SamplePath) -> bool:
    """Whether a vehicle arrives at a tick at which its link receives nothing."""
    arrived, received = (
        {(int(row["tick"]), int(row["entity"])) for row in path.of(kind)}
        for kind in (Kind.ARRIVED, Kind.RECEIVED)
    )
    loaded = {int(row["entity"]) for row in path.of(Kind.SHIPPED)}
    return any(link in loaded for _, link in arrived - received)


def _waits_for_a_crew(path: SamplePath) -> bool:
    """Whether more lines of a region are under repair than it has crews."""
    system = path.system
    under_repair: set[int] = set()
    for row in path.of(Kind.STATE):
        (under_repair.add if row["amount"] == State.UNDER_REPAIR else under_repair.discard)(
            int(row["entity"])
        )
        for number, region in enumerate(system.regions):
            if sum(system.lines[line].region == number for line in under_repair) > region.crews:
                return True
    return False


def _lots_fail_as_they_end(path: SamplePath) -> bool:
    """Whether a line unloads a lot at the tick at which it fails."""
    fails = {
        tick
        for tick, before, after in _changes(path)
        if (before, after) == (State.RUNNING, State.UNDER_REPAIR)
    }
    unloads = path.of(Kind.UNLOADED, Kind.REJECTED)
    return any(int(row["tick"]) in fails for row in unloads)


def _sheds(path: SamplePath) -> bool:
    slow = [grid.policy is GridPolicy.SLOW for grid in path.system.grids]
    return not all(slow) and _changes_to(State.RUNNING, State.AWAITING_POWER)(path)


def _busiest(path: SamplePath) -> int:
    """Return the most rows of one tick after the first, those of grids apart."""
    ticks = path.rows["tick"][~np.isin(path.rows["kind"], GRID_KINDS)]
    ticks = ticks[ticks > path.system.first_tick]
    return int(np.unique(ticks, return_counts=True)[1].max()) if len(ticks) else 0


EVENTS: dict[str, Callable[[SamplePath], bool]] = {
    "a line is shed or goes dark": _sheds,
    "a grid slows": lambda path: any(0 < speed < 1000 for speed in _speeds(path)),
    "a grid stands still": lambda path: 0 in _speeds(path),
    "a vehicle waits for room": _waits_for_room,
    "a line waits for a crew": _waits_for_a_crew,
    "a lot ends as its line fails": _lots_fail_as_they_end,
    "a blocked line goes on": lambda path: any(
        before is State.BLOCKED and after is not State.BLOCKED for _, before, after in _changes(path)
    ),
    "a starving line goes on": _changes_to(State.AWAITING_MATERIAL, State.RUNNING),
    "power comes back": _changes_to(State.AWAITING_POWER, State.RUNNING),
    "a repair outlasts a shift": _changes_to(State.UNDER_REPAIR, State.OFF_SHIFT),
    "a container is part full": lambda path: bool(len(path.of(Kind.LOADS))),
    "ten rows at one tick": lambda path: _busiest(path) >= 10,
}
