"""What comes in and what goes out: suppliers, dated additions, and links with their vehicles."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import simpy

from simulator.engines.reference.stores import Shelf
from simulator.model.system import DELIVERED
from simulator.model.system import Line as LineValue
from simulator.model.system import Link as LinkValue
from simulator.model.system import Store as StoreValue
from simulator.model.system import Supplier as SupplierValue
from simulator.path import Kind

if TYPE_CHECKING:
    from simulator.engines.reference.network import Network

MOST_DELIVERED = 2**52
SUPPLIERS, ADDITIONS, VEHICLES = 0, 1, 2
"""The order in which arrivals of one instant are received (clause 4)."""


@dataclass(frozen=True, slots=True, order=True)
class Rank:
    """Who is received first: by tick, then what arrives, then position in the file, then number (clause 4)."""

    tick: int
    what: int
    position: int
    number: int


class Delivery:
    """What a supplier brings, or what a dated addition adds: it takes the room there is, the rest is lost."""

    def __init__(
        self,
        network: "Network",
        rank: Rank,
        shelf: Shelf,
        amount: int,
        *,
        entity: int,
        supplier: "Supplier | None",
    ) -> None:
        self.network = network
        self.rank = rank
        self.shelf = shelf
        self.amount = amount
        self.entity = entity
        self.supplier = supplier

    def receive(self) -> bool:
        """Put in what fits; it never waits (clause 20)."""
        taken, turned_away = Kind.ADDED, Kind.ADDED_LOST
        if self.supplier:
            taken, turned_away = Kind.SUPPLIED, Kind.TURNED_AWAY
            if self.supplier.disrupted:
                self._write(Kind.LOST, self.amount)
                return True
        fits = min(self.amount, self.shelf.room)
        self.shelf.put(fits)
        self._write(taken, fits)
        self._write(turned_away, self.amount - fits)
        return True

    def _write(self, kind: Kind, amount: int) -> None:
        self.network.recorder.write((self.rank.tick, kind, self.entity, self.shelf.material, amount))


class Vehicle:
    """A load on its way: it is received whole, or waits in transit (clause 21)."""

    def __init__(self, link: "Link", rank: Rank, cargo: Sequence[tuple[int, int]]) -> None:
        self.link = link
        self.rank = rank
        self.cargo = cargo

    def receive(self) -> bool:
        """Unload when there is room for each material; return whether there was."""
        link = self.link
        if link.value.to_store != DELIVERED:
            shelves = [(link.network.shelf(link.value.to_store, material), n) for material, n in self.cargo]
            if any(amount > shelf.room for shelf, amount in shelves):
                return False
            for shelf, amount in shelves:
                shelf.put(amount)
        for material, amount in self.cargo:
            link.network.recorder.write((link.network.now, Kind.RECEIVED, link.number, material, amount))
        return True


class Supplier:
    """A supplier while it runs."""

    def __init__(self, network: "Network", number: int, value: SupplierValue) -> None:
        self.network = network
        self.env = network.env
        self.number = number
        self.value = value
        self.shelf = network.shelf(value.store, value.material)
        self.users = self._lines_that_use_it() if value.share_of_use else []
        self.disrupted = False
        self.env.process(self._dated() if value.table else self._at_intervals())
        if value.disruption_every and value.disruption_lasting:
            self.env.process(self._disruptions())

    def _dated(self) -> Generator[simpy.Event, None, None]:
        for number, (tick, amount) in enumerate(self.value.table):
            yield self.env.timeout(tick - self.network.now)
            self._deliver(number, float(amount))

    def _at_intervals(self) -> Generator[simpy.Event, None, None]:
        stream, name = self.network.chance.stream, self.value.name
        interval = stream("delivery_interval", name, self.value.every)
        quantity = stream("quantity", name, self.value.quantity)
        first, number = self.value.first, 0
        wait = interval.ticks(0) if first is None else first - self.network.now
        while True:
            yield self.env.timeout(wait)
            wait = interval.ticks(number + 1)
            if self.value.share_of_use is None:
                amount = quantity.number(number)
            else:
                amount = self.value.share_of_use * self._coming_use(self.network.now, wait)
            self._deliver(number, amount)
            number += 1

    def _coming_use(self, tick: int, ticks: int) -> float:
        """Return what the store's lines would use in the coming ticks if nothing but the calendar held them."""
        use, until = 0.0, min(tick + ticks, self.network.end_tick)
        open_ticks: dict[tuple[int, int], int] = {}
        for line, needed, lot_ticks in self.users:
            when = line.calendar, max(tick, line.commissioned)
            if when not in open_ticks:
                open_ticks[when] = self.network.open_ticks(*when, until)
            use += float(open_ticks[when]) * float(needed) / float(lot_ticks)
        return use

    def _lines_that_use_it(self) -> list[tuple[LineValue, int, int]]:
        """Return the lines with what a lot of the first recipe that needs the material takes: amount and ticks."""
        found = []
        for line in self.network.system.lines:
            if line.from_store == self.value.store:
                for recipe in line.recipes:
                    needed = sum(
                        amount for material, amount in recipe.inputs if material == self.value.material
                    )
                    if needed:
                        found.append((line, needed, recipe.ticks))
                        break
        return found

    def _deliver(self, number: int, amount: float) -> None:
        now = self.network.now
        if self.value.monthly:
            amount *= self.value.monthly[self.network.system.day_of(now).month - 1]
        whole = int(min(amount + 0.5, MOST_DELIVERED))  # clause 9
        rank = Rank(now, SUPPLIERS, self.number, number)
        delivery = Delivery(self.network, rank, self.shelf, whole, entity=self.number, supplier=self)
        self.network.allocation.arrive(delivery)

    def _disruptions(self) -> Generator[simpy.Event, None, None]:
        """Lose the deliveries from a tick on until before another (clause 20)."""
        stream, name = self.network.chance.stream, self.value.name
        every = stream("disruption_every", name, self.value.disruption_every)
        lasting = stream("disruption_lasting", name, self.value.disruption_lasting)
        index = 0
        while True:
            for disrupted, stretch in ((True, every), (False, lasting)):
                yield self.env.timeout(stretch.ticks(index))
                self.disrupted = disrupted
                self.network.recorder.bound_events += 1
            index += 1


def additions(network: "Network", number: int, store: StoreValue) -> None:
    """Start the dated additions of one store."""
    dated = [(tick, holding.material, amount) for holding in store.holdings for tick, amount in holding.added]
    for position, (tick, material, amount) in enumerate(dated):
        rank = Rank(tick, ADDITIONS, number, position)
        delivery = Delivery(
            network, rank, network.shelf(number, material), amount, entity=number, supplier=None
        )
        network.env.process(_add(network, delivery))


def _add(network: "Network", delivery: Delivery) -> Generator[simpy.Event, None, None]:
    yield network.env.timeout(delivery.rank.tick - network.now)
    network.allocation.arrive(delivery)


class Link:
    """A link while it runs; at most one of its vehicles waits for a load."""

    def __init__(self, network: "Network", number: int, value: LinkValue) -> None:
        self.network = network
        self.env = network.env
        self.number = number
        self.value = value
        self.shelves = [network.shelf(value.from_store, material) for material in value.materials]
        for shelf in self.shelves:
            shelf.links.append(self)
        self.waiting_since: int | None = None
        self.waiting_number = 0
        self.env.process(self._schedule())
        self.transit = network.chance.stream("transit", value.name, value.transit)

    def _interval(self, number: int) -> int:
        now, law = self.network.now, self.value.every[0][1]
        for tick, later in self.value.every:
            if tick <= now:
                law = later
        return self.network.chance.stream("departure_interval", self.value.name, law).ticks(number)

    def _schedule(self) -> Generator[simpy.Event, None, None]:
        """Have vehicles fall due, whatever leaves (clause 21)."""
        first, number = self.value.first, 0
        wait = self._interval(0) if first is None else first - self.network.now
        while True:
            yield self.env.timeout(wait)
            now = self.network.now
            self.network.recorder.bound_events += 1
            if self.waiting_since is None:
                self.waiting_since, self.waiting_number = now, number
                self.try_to_leave()
            else:
                self.network.recorder.write((now, Kind.MISSED, self.number, -1, 1))
            number += 1
            wait = self._interval(number)

    def try_to_leave(self) -> None:
        """Have the waiting vehicle, if there is one, tried in the C phase."""
        if self.waiting_since is not None:
            self.network.allocation.links_to_try.add(self)

    def dispatch(self) -> bool:
        """Send the waiting vehicle if the materials above their floors reach its minimum; return whether it left."""
        if sum(shelf.releasable for shelf in self.shelves) < self.value.minimum:
            return False
        now, write = self.network.now, self.network.recorder.write
        cargo, space = [], self.value.load
        for shelf in self.shelves:
            amount = min(space, shelf.releasable)
            if amount:
                shelf.take(amount)
                space -= amount
                cargo.append((shelf.material, amount))
                write((now, Kind.SHIPPED, self.number, shelf.material, amount))
        write((now, Kind.DEPARTED, self.number, -1, 1))
        if self.value.loads_of:
            items = self.value.load - space
            write((now, Kind.LOADS, self.number, -1, -(-items // self.value.loads_of)))
        self.env.process(self._travel(cargo, self.waiting_number))
        self.waiting_since = None
        return True

    def _travel(self, cargo: Sequence[tuple[int, int]], number: int) -> Generator[simpy.Event, None, None]:
        yield self.env.timeout(self.transit.ticks(number))
        now = self.network.now
        self.network.recorder.write((now, Kind.ARRIVED, self.number, -1, 1))
        self.network.allocation.arrive(Vehicle(self, Rank(now, VEHICLES, self.number, number), cargo))
