"""A grid: its supply over time, the feeders that are dark, and how it shares out what there is."""

from collections.abc import Generator, Iterator
from itertools import chain
from typing import TYPE_CHECKING

import simpy

from simulator.engines.reference.lines import FULL_SPEED, Line
from simulator.model.system import TICKS_PER_DAY, GridPolicy
from simulator.model.system import Grid as GridValue
from simulator.path import Kind

if TYPE_CHECKING:
    from simulator.engines.reference.network import Network

SUPPLY, DRAWN, SPEED = Kind.SUPPLY, Kind.DRAWN, Kind.SPEED


class Grid:
    """One grid while it runs."""

    def __init__(self, network: "Network", number: int, value: GridValue) -> None:
        self.network = network
        self.env = network.env
        self.number = number
        self.value = value
        self.slows = value.policy is GridPolicy.SLOW
        self.feeders: list[list[Line]] = [[] for _ in range(value.rotation.feeders if value.rotation else 1)]
        self.monthly_kw = value.supply[0][1]
        self.curtailed_by = 0.0
        self.load_kw = 0
        self.speed = FULL_SPEED
        self.dark: frozenset[int] = frozenset()
        self.darkened: frozenset[int] = frozenset()
        """Feeders that went dark at this instant."""
        self.waiting: set[Line] = set()
        """Loaded lines that did not fit."""
        self.has_freed = False
        self.supply_kw = self.monthly_kw
        network.allocation.changed_grids[self] = None
        self._drawn_written = self._supply_written = self._speed_written = -1
        self.env.process(self._months())
        if value.curtailment:
            self.env.process(self._curtailments())
        if value.rotation:
            self.share_of_day = network.chance.stream("rotation", value.name)
            self.first_of_period = network.chance.stream("rotation_start", value.name)
            self.dark = self._dark_feeders(self._period_at(self.network.now))
            self.env.process(self._rotation())

    def lines(self) -> Iterator[Line]:
        """Yield the lines of all feeders."""
        return chain.from_iterable(self.feeders)

    def shrink_load(self, kw: int) -> None:
        """Give back what a line drew; others may fit now."""
        self.load_kw -= kw
        self.has_freed = True
        self.network.allocation.changed_grids[self] = None

    # --- what changes the grid in B ---

    def _supply_changes(self) -> None:
        """Set the whole kW that the grid gives from now on (clauses 9, 17)."""
        self.supply_kw = int(self.monthly_kw * (1.0 - self.curtailed_by) + 0.5)
        self.has_freed = True
        self.network.allocation.changed_grids[self] = None
        self.network.recorder.bound_events += 1

    def _months(self) -> Generator[simpy.Event, None, None]:
        for tick, kw in self.value.supply:
            if tick > self.network.now:
                yield self.env.timeout(tick - self.network.now)
                self.monthly_kw = kw
                self._supply_changes()

    def _curtailments(self) -> Generator[simpy.Event, None, None]:
        curtailment, name = self.value.curtailment, self.value.name
        assert curtailment is not None
        stream = self.network.chance.stream
        every = stream("curtailment_every", name, curtailment.every)
        lasting = stream("curtailment_lasting", name, curtailment.lasting)
        depth = stream("depth", name, curtailment.depth)
        index = 0
        while True:
            yield self.env.timeout(every.ticks(index))
            self.curtailed_by = depth.number(index)
            self._supply_changes()
            yield self.env.timeout(lasting.ticks(index))
            self.curtailed_by = 0.0
            self._supply_changes()
            index += 1

    def _period_at(self, tick: int) -> int:
        assert self.value.rotation is not None
        return (self.network.ticks_since_year_one + tick) // self.value.rotation.period

    def _dark_feeders(self, period: int) -> frozenset[int]:
        """Return the feeders that are dark in a period, counted from 0001-01-01 (clause 16)."""
        rotation = self.value.rotation
        assert rotation is not None
        feeders = rotation.feeders
        day = period * rotation.period // TICKS_PER_DAY
        dark = int(feeders * (1.0 - rotation.powered_share) + self.share_of_day.number(day))
        first = int(feeders * self.first_of_period.number(period))
        return frozenset((first + place) % feeders for place in range(dark))

    def _rotation(self) -> Generator[simpy.Event, None, None]:
        assert self.value.rotation is not None
        period = self._period_at(self.network.now)
        while True:
            period += 1
            start = period * self.value.rotation.period - self.network.ticks_since_year_one
            yield self.env.timeout(start - self.network.now)
            before, self.dark = self.dark, self._dark_feeders(period)
            self.darkened = self.dark - before
            self.network.recorder.bound_events += 1
            for feeder in before - self.dark:
                self.network.allocation.loaded.update(self.feeders[feeder])
            self.network.allocation.changed_grids[self] = None

    # --- what the C phase does with the grid ---

    def darken_and_shed(self) -> None:
        """Disconnect lines on dark feeders, then shed while load exceeds supply (clauses 3, 6)."""
        for feeder in self.darkened:
            for line in self.feeders[feeder]:
                line.stop()
        self.darkened = frozenset()
        if not self.slows and self.load_kw > self.supply_kw:
            self._shed()

    def _shed(self) -> None:
        supply = self.supply_kw
        lowest_first = sorted(
            (line for line in self.lines() if line.connected),
            key=lambda line: (line.priority, line.connected_since, line.number),
            reverse=True,
        )
        chosen: list[Line] = []
        load = self.load_kw
        for line in lowest_first:
            if load <= supply:
                break
            chosen.append(line)
            load -= line.load_kw
        for line in reversed(chosen):
            if load + line.load_kw <= supply:
                load += line.load_kw
            else:
                line.stop()
                self.waiting.add(line)
                line.shed_at = self.network.now

    def take(self, line: Line) -> bool:
        """Connect a line if it fits; return whether it did. A slow grid takes all."""
        too_much = self.load_kw + line.load_kw > self.supply_kw
        if not self.slows and (too_much or line.shed_at == self.network.now):  # clause 6
            self.waiting.add(line)
            return False
        self.waiting.discard(line)
        line.connect()
        self.network.allocation.changed_grids[self] = None
        return True

    def settle(self) -> None:
        """Set the speed, then write what differs from the last instant (clauses 15, 23)."""
        drawn = self.load_kw
        if self.slows:
            self._set_speed()
            drawn = self.load_kw * self.speed // FULL_SPEED
        if drawn != self._drawn_written:
            self._drawn_written = drawn
            self._write(DRAWN, drawn)
        if self.supply_kw != self._supply_written:
            self._supply_written = self.supply_kw
            self._write(SUPPLY, self.supply_kw)
        if self.speed != self._speed_written:
            self._speed_written = self.speed
            self._write(SPEED, self.speed)

    def _write(self, kind: Kind, value: int) -> None:
        self.network.recorder.write((self.network.now, kind, self.number, -1, value))

    def _set_speed(self) -> None:
        """Slow all lines alike when load exceeds supply (clause 15)."""
        speed = FULL_SPEED
        if self.load_kw > 0:
            speed = min(FULL_SPEED, FULL_SPEED * self.supply_kw // self.load_kw)
        if speed == self.speed:
            return
        self.speed = speed
        for line in self.lines():
            if line.connected:
                line.change_speed()
