"""The C phase: what is scarce goes out in rank order until nothing more can start (clauses 3 and 4)."""

from typing import TYPE_CHECKING

import simpy
from simpy.events import EventPriority

from simulator.engines.reference.lines import Line
from simulator.engines.reference.stores import Shelf
from simulator.engines.reference.transport import Delivery, Link, Vehicle
from simulator.path import Kind

if TYPE_CHECKING:
    from simulator.engines.reference.network import Network

AFTER_ALL_BOUND_EVENTS = EventPriority(2)
"""A priority later than SimPy's URGENT (0) and NORMAL (1)."""


class Instant(simpy.Event):
    """The C phase of one instant: an event that comes after all others of its time."""

    def __init__(self, env: simpy.Environment) -> None:
        super().__init__(env)
        self._ok = True
        self._value = None
        env.schedule(self, priority=AFTER_ALL_BOUND_EVENTS)


class Allocation:
    """Who wants something scarce. Only what can have changed is tried; the result is that of the full rule."""

    def __init__(self, network: "Network") -> None:
        self.network = network
        self.env = network.env
        self.recorder = network.recorder
        self.requested_at: int | None = None
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
        self.shed: set[Line] = set()
        """Lines shed at this instant."""
        self.touched: set[Line] = set()
        """Lines whose state may differ."""

    def request(self) -> None:
        """Have a C phase at the end of this instant; one, however many ask."""
        if self.requested_at != self.env.now:
            self.requested_at = int(self.env.now)
            instant = Instant(self.env)
            assert instant.callbacks is not None
            instant.callbacks.append(self._carry_out)

    def arrive(self, arrival: Delivery | Vehicle) -> None:
        """Have a delivery or a vehicle received in this instant's C phase, or in a later one."""
        self.recorder.bound_events += 1
        self.arrivals.append(arrival)
        self.request()

    def _carry_out(self, _: simpy.Event) -> None:
        grids = self.network.grids
        for grid in grids:
            grid.darken_and_shed()
        while self._pass():
            pass
        self._connect()
        for grid in grids:
            grid.set_speed()
        self._write()

    def _pass(self) -> bool:
        """Try each kind of start once, in this order; return whether anything changed."""
        changed = [self._receive(), self._unload(), self._send_crews(), self._load(), self._dispatch()]
        return any(changed)

    def _receive(self) -> bool:
        if not self.arrivals:
            return False
        waiting = sorted(self.arrivals, key=lambda arrival: arrival.rank)  # clause 4
        self.arrivals = [arrival for arrival in waiting if not arrival.receive()]
        return len(self.arrivals) < len(waiting)

    def _unload(self) -> bool:
        lines = self.done
        if self.emptied:
            lines = lines.union(*(shelf.blocked for shelf in self.emptied))
            self.emptied.clear()
        if not lines:
            return False
        self.done = set()
        return any([line.unload() for line in by_rank(lines)])

    def _send_crews(self) -> bool:
        return any([region.send_crews() for region in self.network.regions if region.waiting])

    def _load(self) -> bool:
        lines = self.empty
        if self.refilled:
            lines = lines.union(*(shelf.starving for shelf in self.refilled))
            self.refilled.clear()
        if not lines:
            return False
        self.empty = set()
        return any([line.load() for line in by_rank(lines) if line.may_work and line.recipe < 0])

    def _dispatch(self) -> bool:
        waiting = [
            link for link in self.network.links if link.may_leave and link.waiting_since is not None
        ]
        waiting.sort(key=due)
        return any([link.dispatch() for link in waiting])

    def _connect(self) -> None:
        lines = self.loaded
        for grid in self.network.grids:
            if grid.has_freed:
                lines = lines | grid.waiting
                grid.has_freed = False
        if not lines:
            return
        self.loaded = set()
        for line in by_rank(lines):
            if line.holds_work and line.may_work and line.lit and not line.connected:
                if line.grid:
                    line.grid.take(line)
                else:
                    line.connect()
        self.shed.clear()

    def _write(self) -> None:
        now = int(self.env.now)
        for line in self.touched:
            state = line.current_state()
            if state is not line.state:
                line.state = state
                self.recorder.write(now, Kind.STATE, line.number, -1, state)
        self.touched.clear()
        for grid in self.network.grids:
            grid.write()


def by_rank(lines: set[Line]) -> list[Line]:
    """Return lines by priority, then the tick since which they are done, empty or loaded, then number (clause 4)."""
    return sorted(lines, key=lambda line: (line.priority, line.since, line.number))


def due(link: Link) -> tuple[int, int]:
    """Return the rank of a link's waiting vehicle: the tick it fell due, then position in the file."""
    assert link.waiting_since is not None
    return link.waiting_since, link.number


