"""The C phase: what is scarce goes out in rank order until nothing more can start (clauses 3 and 4)."""

from collections.abc import Collection
from operator import attrgetter
from typing import TYPE_CHECKING

from simulator.engines.reference.lines import Line
from simulator.engines.reference.stores import Shelf
from simulator.engines.reference.transport import Delivery, Link, Vehicle
from simulator.path import Kind

if TYPE_CHECKING:
    from simulator.engines.reference.network import Network
    from simulator.engines.reference.power import Grid
    from simulator.engines.reference.regions import Region

STATE = Kind.STATE


class Allocation:
    """Who wants something scarce. Only what can have changed is tried; the result is that of the full rule."""

    def __init__(self, network: "Network") -> None:
        self.network = network
        self.recorder = network.recorder
        self.arrivals: list[Delivery | Vehicle] = []
        self.done: set[Line] = set()
        """Lines that ask to unload for the first time."""
        self.empty: set[Line] = set()
        """Lines that ask to load for the first time since they could."""
        self.loaded: set[Line] = set()
        """Lines that ask to be connected for the first time since they could."""
        self.refilled: set[Shelf] = set()
        """Shelves with stock for a starving line."""
        self.emptied: set[Shelf] = set()
        """Shelves with room for a blocked line."""
        self.links_to_try: set[Link] = set()
        """Links with a waiting vehicle that may leave."""
        self.regions_short_of_crews: set[Region] = set()
        """Regions with failed lines that wait for a crew."""
        self.changed_grids: dict[Grid, None] = {}
        """Grids whose supply, load or dark feeders changed, in order of change."""
        self.touched: set[Line] = set()
        """Lines whose state may differ."""

    def arrive(self, arrival: Delivery | Vehicle) -> None:
        """Have a delivery or a vehicle received in this instant's C phase, or in a later one."""
        self.recorder.bound_events += 1
        self.arrivals.append(arrival)

    def carry_out(self) -> None:
        """Give out what is scarce at this instant, then write what came of it."""
        for grid in self.changed_grids:
            grid.darken_and_shed()
        while self._pass():
            pass
        if self.loaded or self.changed_grids:
            self._connect()
        if self.changed_grids:
            self._settle()
        if self.touched:
            self._write_states()

    def _pass(self) -> bool:
        """Try each kind of start once, in this order; return whether anything changed."""
        changed = False
        if self.arrivals:
            changed |= self._receive()
        if self.done or self.emptied:
            changed |= self._unload()
        if self.regions_short_of_crews:
            changed |= self._send_crews()
        if self.empty or self.refilled:
            changed |= self._load()
        if self.links_to_try:
            changed |= self._dispatch()
        return changed

    def _receive(self) -> bool:
        waiting = sorted(self.arrivals, key=lambda arrival: arrival.rank)  # clause 4
        self.arrivals = [arrival for arrival in waiting if not arrival.receive()]
        return len(self.arrivals) < len(waiting)

    def _unload(self) -> bool:
        lines, self.done = self.done, set()
        for shelf in self.emptied:
            lines.update(shelf.blocked.served_by(shelf.room))
        self.emptied.clear()
        unloaded = [line.unload() for line in by_rank(lines)]
        return any(unloaded)

    def _send_crews(self) -> bool:
        sent = [region.send_crews() for region in list(self.regions_short_of_crews)]
        return any(sent)

    def _load(self) -> bool:
        lines, self.empty = self.empty, set()
        for shelf in self.refilled:
            lines.update(shelf.starving.served_by(shelf.stock))
        self.refilled.clear()
        loaded = [line.load() for line in by_rank([line for line in lines if line.may_load])]
        return any(loaded)

    def _dispatch(self) -> bool:
        links, self.links_to_try = self.links_to_try, set()
        left = [link.dispatch() for link in sorted(links, key=due)]
        return any(left)

    def _connect(self) -> None:
        lines, self.loaded = self.loaded, set()
        for grid in self.changed_grids:
            if grid.has_freed:
                lines.update(grid.waiting)
                grid.has_freed = False
        for line in by_rank([line for line in lines if line.wants_power]):
            line.connect() if line.grid is None else line.grid.take(line)

    def _settle(self) -> None:
        for grid in self.changed_grids:
            grid.settle()
        self.changed_grids.clear()

    def _write_states(self) -> None:
        now, write = self.network.now, self.recorder.write
        for line in self.touched:
            state = line.current_state()
            if state is not line.state:
                line.state = state
                write((now, STATE, line.number, -1, state))
        self.touched.clear()


def by_rank(lines: Collection[Line]) -> list[Line]:
    """Return lines by priority, then the tick since which they are done, empty or loaded, then number (clause 4)."""
    if len(lines) < 2:
        return list(lines)
    return sorted(lines, key=attrgetter("priority", "since", "number"))


def due(link: Link) -> tuple[int, int]:
    """Return the rank of a link's waiting vehicle: the tick it fell due, then position in the file."""
    assert link.waiting_since is not None
    return link.waiting_since, link.number
