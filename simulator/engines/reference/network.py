"""The whole network while it runs: parts made from a System, clocks started, rows collected."""

from collections.abc import Generator

import simpy

from simulator.engines.reference.allocation import Allocation
from simulator.engines.reference.chance import Chance
from simulator.engines.reference.lines import Line
from simulator.engines.reference.power import Grid
from simulator.engines.reference.recorder import Recorder
from simulator.engines.reference.regions import Region
from simulator.engines.reference.stores import Shelf
from simulator.engines.reference.transport import Link, Supplier, additions
from simulator.model.system import TICKS_PER_DAY, System
from simulator.path import SamplePath


class Network:
    """All parts of a system while it runs."""

    def __init__(self, system: System, chance: Chance, env: simpy.Environment) -> None:
        self.system = system
        self.chance = chance
        self.env = env
        self.now, self.end_tick = system.first_tick, system.end_tick
        self.recorder = Recorder()
        self.ticks_since_year_one = (system.start.toordinal() - 1) * TICKS_PER_DAY
        self.regions: list[Region] = []
        self.grids: list[Grid] = []
        self.links: list[Link] = []
        self.allocation = Allocation(self)
        self._shelves = {
            (number, holding.material): Shelf(self.allocation, holding)
            for number, store in enumerate(system.stores)
            for holding in store.holdings
        }
        self._commissioning: dict[int, list[Line]] = {}
        self.regions += [Region(self, region.crews) for region in system.regions]
        self.grids += [Grid(self, number, grid) for number, grid in enumerate(system.grids)]
        self.lines = [Line(self, number, line) for number, line in enumerate(system.lines)]
        for line in self.lines:
            if line.grid:
                line.grid.feeders[line.value.feeder].append(line)
        for lines in self._commissioning.values():
            env.process(self._commission(lines))
        for number in range(len(system.calendars)):
            env.process(self._follow(number))
        for number, supplier in enumerate(system.suppliers):
            Supplier(self, number, supplier)
        for number, store in enumerate(system.stores):
            additions(self, number, store)
        self.links += [Link(self, number, link) for number, link in enumerate(system.links)]
        for line in self.lines:
            line.become_available()

    def run(self) -> None:
        """Go from instant to instant: the clock (A), the bound events that are due (B), what is scarce (C)."""
        env = self.env
        env.timeout(0)  # the first instant has a C phase, whatever is due (clause 1)
        while (due := env.peek()) < self.end_tick:
            self.now = int(due)
            while env.peek() == due:
                env.step()
            self.allocation.carry_out()

    def shelf(self, store: int, material: int) -> Shelf:
        """Return what a store keeps of a material."""
        return self._shelves[store, material]

    def open_until(self, calendar: int) -> int | None:
        """Return when lines that follow a calendar, -1 for none, will close; None where they are closed now."""
        if calendar < 0:
            return self.end_tick
        stretches = self.system.calendars[calendar].open
        return stretches[0][1] if stretches and stretches[0][0] <= self.now else None

    def open_ticks(self, calendar: int, start: int, until: int) -> int:
        """Return how many ticks from `start` to before `until` a calendar is open."""
        if until <= start:
            return 0
        if calendar < 0:
            return until - start
        return sum(
            max(0, min(closes, until) - max(opens, start))
            for opens, closes in self.system.calendars[calendar].open
        )

    def commission_later(self, line: Line) -> None:
        """Have a line start with its plant."""
        self._commissioning.setdefault(line.value.plant, []).append(line)

    def _commission(self, lines: list[Line]) -> Generator[simpy.Event, None, None]:
        """Start the lines of one plant."""
        yield self.env.timeout(lines[0].value.commissioned - self.now)
        self.recorder.bound_events += 1
        for line in lines:
            line.commissioned = True
            line.become_available()

    def _follow(self, number: int) -> Generator[simpy.Event, None, None]:
        """Open and close all lines of a calendar (clause 18)."""
        lines = [line for line in self.lines if line.value.calendar == number]
        for opens, closes in self.system.calendars[number].open:
            for tick, until in ((opens, closes), (closes, None)):
                if tick > self.now:
                    yield self.env.timeout(tick - self.now)
                    self.recorder.bound_events += 1
                    for line in lines:
                        line.open_or_close(until)


def simulate(
    system: System, *, seed: int, replication: int, environment: type[simpy.Environment] = simpy.Environment
) -> SamplePath:
    """Unfold a system by the numbers of one replication.

    `environment` may order events of one time and priority otherwise than SimPy does: the path stays the same.
    """
    env = environment(initial_time=system.first_tick)
    network = Network(system, Chance(seed=seed, replication=replication), env)
    network.run()
    return SamplePath(system, network.recorder.rows(), network.recorder.bound_events)
