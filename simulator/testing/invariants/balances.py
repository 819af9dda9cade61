"""What came equals what left and what is there, in every store, on every link, in flow, at every instant."""

from collections import Counter
from functools import partial

import numpy as np

from simulator.model.system import DELIVERED, Line, Link, System
from simulator.path import Kind, SamplePath
from simulator.testing.broken import BrokenInvariant, dated, refuse
from simulator.testing.ledger import (
    Place,
    accumulated,
    accumulated_by_place,
    counted_in,
    reserved,
    rows_of,
    stock_terms,
    stocks,
)
from simulator.testing.steps import Steps, instants


@dated
def balance(path: SamplePath, system: System) -> None:
    """Check that nothing appears or vanishes, at every instant and so also over the run.

    By store and material, initial + added + supplied + made + received - used - shipped is what is there:
    never below 0, and with what is in flow to it never above capacity. What a line unloads is made at once,
    or in flow until it is. What a link ships is in transit until it is received, vehicle by vehicle. Dated
    additions and tables arrive in full, or what is missing is counted. Raises BrokenInvariant.
    """
    _check_stores(path, system)
    for number, line in enumerate(system.lines):
        _check_flow(path, system, number, line)
    _check_transit(path, system)
    for number, link in enumerate(system.links):
        _check_vehicles(path, system, number, link)
    _check_additions(path, system)
    _check_tables(path, system)


@dated
def floors(path: SamplePath, system: System) -> None:
    """Check that links leave floors in place, and take what is above them (clauses 19, 21).

    Lines alone may draw a stock below its floor. A vehicle that leaves with less than its load leaves nothing above
    the floors of its materials, and one that takes a material leaves nothing of those it prefers. Raises
    BrokenInvariant.
    """
    lines, links = system.lines, system.links
    shipped = accumulated_by_place(path, system, ((Kind.SHIPPED, 1, [link.from_store for link in links]),))
    used = accumulated_by_place(path, system, ((Kind.USED, 1, [line.from_store for line in lines]),))
    stock = stocks(path, system)
    for number, store in enumerate(system.stores):
        for holding in store.holdings:
            place = number, holding.material
            ticks = shipped[place].ticks[np.diff(shipped[place].values, prepend=0) > 0]
            # of one instant, what lines take after the vehicle left is none of the link's doing
            left = stock[place].at(ticks) + used[place].at(ticks) - used[place].before(ticks)
            where = f"{store.name}, {system.materials[holding.material].name}"
            unit = counted_in(system, holding.material)
            what = f"{unit} left by links below the floor of {holding.floor}"
            refuse("floors", where, ticks, left < holding.floor, left, what)
    for number in range(len(links)):
        _check_choice(path, system, number, stock, shipped, used)


def _check_choice(
    path: SamplePath,
    system: System,
    number: int,
    stock: dict[Place, Steps],
    shipped: dict[Place, Steps],
    used: dict[Place, Steps],
) -> None:
    """Check that vehicles take all they can, in order of preference."""
    link = system.links[number]
    ticks = rows_of(path, Kind.DEPARTED, number)["tick"]
    cargo = [accumulated(path, system, Kind.SHIPPED, number, material) for material in link.materials]
    taken = [each.at(ticks) - each.before(ticks) for each in cargo]
    unfilled = sum(taken, np.zeros_like(ticks)) < link.load
    for order, material in enumerate(link.materials):
        place = link.from_store, material
        later = sum(taken[order + 1 :], np.zeros_like(ticks)) > 0
        # of one instant, what comes into the store may come after the vehicle left
        gone = sum(each.at(ticks) - each.before(ticks) for each in (used[place], shipped[place]))
        least_left = stock[place].before(ticks) - gone
        floor = system.stores[link.from_store].holding(material).floor
        what = (
            f"{system.materials[material].name} left above the floor of {floor} by a vehicle with room for it"
        )
        refuse("floors", link.name, ticks, (unfilled | later) & (least_left > floor), least_left, what)


def _check_stores(path: SamplePath, system: System) -> None:
    stock, flow = stocks(path, system), reserved(path, system)
    for number, store in enumerate(system.stores):
        for holding in store.holdings:
            place = number, holding.material
            where = f"{store.name}, {system.materials[holding.material].name}"
            there, unit = stock[place], counted_in(system, holding.material)
            refuse(
                "balance",
                where,
                there.ticks,
                there.values < 0,
                there.values,
                partial(_below_0, path, system, place),
            )
            ticks = instants(there, flow[place])
            taken = there.at(ticks) + flow[place].at(ticks)
            what = f"{unit} in stock and in flow to it, above its capacity of {holding.capacity}"
            refuse("balance", where, ticks, taken > holding.capacity, taken, what)


def _below_0(path: SamplePath, system: System, place: Place, instant: int) -> str:
    """Return how a stock came to what it is, at its `instant`-th change."""
    tick = int(stocks(path, system)[place].ticks[instant])
    return f"{counted_in(system, place[1])} in stock, below 0: {stock_terms(path, system, place, tick)}"


def _check_flow(path: SamplePath, system: System, number: int, line: Line) -> None:
    if line.only_draws_power:
        return
    for material in sorted({recipe.output for recipe in line.recipes}):
        unloaded, made = (
            accumulated(path, system, kind, number, material) for kind in (Kind.UNLOADED, Kind.MADE)
        )
        where = f"{line.name}, {system.materials[material].name}"
        ticks = instants(unloaded, made)
        # what flows arrives at least a tick after it was unloaded
        sent = unloaded.at(ticks) if line.flow is None else unloaded.before(ticks)
        in_flow = sent - made.at(ticks)
        bad = in_flow != 0 if line.flow is None else in_flow < 0
        allowed = "must be 0: the line has no flow time" if line.flow is None else "must not be below 0"
        refuse(
            "balance",
            where,
            ticks,
            bad,
            in_flow,
            f"{counted_in(system, material)} in flow, unloaded less made, {allowed}",
        )


def _check_transit(path: SamplePath, system: System) -> None:
    for number, link in enumerate(system.links):
        for material in link.materials:
            shipped, received = (
                accumulated(path, system, kind, number, material) for kind in (Kind.SHIPPED, Kind.RECEIVED)
            )
            ticks = instants(shipped, received)
            in_transit = shipped.before(ticks) - received.at(ticks)
            where = f"{link.name}, {system.materials[material].name}"
            what = f"{counted_in(system, material)} in transit, shipped less received"
            refuse("balance", where, ticks, in_transit < 0, in_transit, what)


def _check_vehicles(path: SamplePath, system: System, number: int, link: Link) -> None:
    departed, arrived, shipped, received, loads = (
        accumulated(path, system, kind, number)
        for kind in (Kind.DEPARTED, Kind.ARRIVED, Kind.SHIPPED, Kind.RECEIVED, Kind.LOADS)
    )
    ticks = instants(departed, arrived, shipped, received, loads)
    vehicles = departed.before(ticks) - arrived.at(ticks)
    refuse("balance", link.name, ticks, vehicles < 0, vehicles, "vehicles in transit")
    leaving = departed.at(ticks) - departed.before(ticks)
    refuse(
        "balance", link.name, ticks, leaving > 1, leaving, "vehicles leave at one instant; one at most waits"
    )
    load = shipped.at(ticks) - shipped.before(ticks)
    refuse(
        "balance",
        link.name,
        ticks,
        load > leaving * link.load,
        load,
        f"on a vehicle; its load is {link.load}",
    )
    short = load < leaving * link.minimum
    refuse("balance", link.name, ticks, short, load, f"on a vehicle; its minimum is {link.minimum}")
    boxes = loads.at(ticks) - loads.before(ticks)
    due = -(-load // link.loads_of) if link.loads_of else np.zeros_like(load)
    refuse("balance", link.name, ticks, boxes != due, boxes, f"loads, of {link.loads_of} each")
    if link.to_store == DELIVERED:
        # there is always room: what arrives is received at once
        missing = (departed.at(ticks) == arrived.at(ticks)) & (shipped.at(ticks) != received.at(ticks))
        on_road = shipped.at(ticks) - received.at(ticks)
        refuse("balance", link.name, ticks, missing, on_road, "in transit with no vehicle on the way")
    came = received.at(ticks) - received.before(ticks)
    most = np.minimum(shipped.before(ticks), arrived.at(ticks) * link.load) - received.before(ticks)
    refuse(
        "balance",
        link.name,
        ticks,
        came > most,
        came,
        "received, more than the vehicles brought that arrived",
    )


def _check_additions(path: SamplePath, system: System) -> None:
    for number, store in enumerate(system.stores):
        for holding in store.holdings:
            due = Counter[int]()
            for tick, amount in holding.added:
                due[tick] += amount
            kinds = (Kind.ADDED, Kind.ADDED_LOST)
            where = f"{store.name}, {system.materials[holding.material].name}"
            _check_due(path, system, where, due, kinds, number, holding.material)


def _check_tables(path: SamplePath, system: System) -> None:
    for number, supplier in enumerate(system.suppliers):
        if supplier.table:
            due = Counter[int]()
            for tick, amount in supplier.table:
                # clause 9: the factor of the month, rounded half up
                factor = supplier.monthly[system.day_of(tick).month - 1] if supplier.monthly else 1.0
                due[tick] += int(amount * factor + 0.5)
            kinds = (Kind.SUPPLIED, Kind.TURNED_AWAY, Kind.LOST)
            _check_due(path, system, supplier.name, due, kinds, number, supplier.material)


def _check_due(
    path: SamplePath,
    system: System,
    where: str,
    due: Counter[int],
    kinds: tuple[Kind, ...],
    number: int,
    material: int,
) -> None:
    """Check that dated amounts come, and nothing else does, in rows of some kinds taken together."""
    came = Counter[int]()
    for kind in kinds:
        rows = rows_of(path, kind, number)
        for tick, amount in rows[rows["material"] == material][["tick", "amount"]].tolist():
            came[tick] += amount
    for tick in sorted({*due, *came}):
        if tick < system.end_tick and came[tick] != due[tick]:
            names = ", ".join(kind.name.lower() for kind in kinds)
            raise BrokenInvariant(
                "balance",
                where,
                tick,
                f"{came[tick]} {counted_in(system, material)} {names} where {due[tick]} is due",
            )
