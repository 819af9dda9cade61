"""How a description becomes, for one replication, a system of whole plants, kilowatts, amounts, ticks."""

import math
from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from simulator.errors import ModelError
from simulator.model import grids, materials, system, transport
from simulator.model.description import SystemDescription
from simulator.model.experiment import Horizon
from simulator.model.realising.lines import realise_plants
from simulator.model.realising.lots import rounding_warnings
from simulator.model.realising.numbers import Numbers
from simulator.model.realising.openings import openings
from simulator.model.realising.span import Span, months
from simulator.model.realising.wholes import capacity, duration_ticks, whole
from simulator.model.system import DELIVERED, NO_LIMIT, NONE, System

Part = TypeVar("Part")


def realise(description: SystemDescription, *, horizon: Horizon, seed: int, replication: int) -> System:
    """Return the system that a description is in one replication, its differences between plants drawn.

    `description` has the replication's factors in it, and names only parts that exist
    (`simulator.model.checks.references`). Every draw has an address (clauses 24 and 25), so a larger total of plants
    only adds plants. Raises ModelError, naming the part, when the numbers of a draw do not go together.
    """
    span = Span.of(horizon)
    numbers = Numbers.of(description)
    plants, lines = realise_plants(
        description, numbers=numbers, span=span, seed=seed, replication=replication
    )
    return System(
        start=span.start,
        first_tick=span.first_tick,
        end_tick=span.end_tick,
        materials=_parts(system.Material, _materials(description, numbers)),
        regions=tuple(_region(name, each, numbers) for name, each in description.regions.items()),
        grids=tuple(
            _grid(name, each.grid, region=numbers.regions[name], span=span)
            for name, each in description.regions.items()
            if each.grid is not None
        ),
        calendars=tuple(
            system.Calendar(name, openings(each, span)) for name, each in description.calendars.items()
        ),
        stores=tuple(
            _store(name, each, numbers=numbers, span=span) for name, each in description.stores.items()
        ),
        roles=_parts(system.Role, _roles(description)),
        plants=plants,
        lines=lines,
        suppliers=tuple(
            _supplier(name, each, numbers=numbers, span=span) for name, each in description.suppliers.items()
        ),
        links=tuple(
            _link(name, each, description=description, numbers=numbers, span=span)
            for name, each in description.links.items()
        ),
        recipes=_parts(system.Recipe, _recipes(description, numbers)),
        recipe_warnings=rounding_warnings(description),
    )


@lru_cache(maxsize=256)
def _parts(kind: Callable[..., Part], rows: tuple[tuple[object, ...], ...]) -> tuple[Part, ...]:
    """Return parts of a kind by their fields: one object where replications have the same parts."""
    return tuple(kind(*row) for row in rows)


def _materials(description: SystemDescription, numbers: Numbers) -> tuple[tuple[object, ...], ...]:
    return tuple(
        [
            (name, each.unit, NONE if each.counts_as is None else numbers.materials[each.counts_as])
            for name, each in description.materials.items()
        ]
    )


def _recipes(description: SystemDescription, numbers: Numbers) -> tuple[tuple[object, ...], ...]:
    number_of = numbers.materials
    return tuple(
        [
            (name, tuple([number_of[material] for material in each.inputs]), number_of[each.output])
            for name, each in description.recipes.items()
        ]
    )


def _region(name: str, found: grids.Region, numbers: Numbers) -> system.Region:
    crews = NO_LIMIT if found.crews is None else found.crews
    return system.Region(name, numbers.grids.get(name, NONE), crews)


def _roles(description: SystemDescription) -> tuple[tuple[object, ...], ...]:
    """Return name, whether final of each role; one is final when some recipe of it makes what no recipe takes."""
    if description.plants is None:
        return ()
    taken = {material for recipe in description.recipes.values() for material in recipe.inputs}
    final = {name for name, recipe in description.recipes.items() if recipe.output not in taken}
    return tuple(
        [(name, not final.isdisjoint(role.recipe_names())) for name, role in description.plants.roles.items()]
    )


def _store(name: str, found: materials.Store, *, numbers: Numbers, span: Span) -> system.Store:
    holdings = tuple(
        _holding(found, material, where=f"stores.{name}", number=numbers.materials[material], span=span)
        for material in found.holds
    )
    return system.Store(name, numbers.regions[found.region], holdings)


def _holding(store: materials.Store, material: str, *, where: str, number: int, span: Span) -> system.Holding:
    found = store.holds[material]
    room = capacity(store, material, where)
    where = f"{where}.holds.{material}"
    initial = whole(found.initial.number, f"{where}.initial")
    if initial > room:
        raise ModelError(
            f"{where}.initial is {initial}, more than its capacity of {room}; give no more than fits"
        )
    floor = 0
    if found.releasable is not None:
        floor = initial - math.floor(initial * found.releasable + 0.5)  # clause 19
    elif found.floor is not None:
        floor = whole(found.floor.number, f"{where}.floor")
    return system.Holding(
        number, initial, room, floor, _dated(found.added, where=f"{where}.added", span=span)
    )


def _dated(
    found: tuple[materials.Addition, ...], *, where: str, span: Span, monthly: tuple[float, ...] | None = None
) -> tuple[tuple[int, int], ...]:
    """Return dated amounts times the factor of their month: tick, amount; by tick, then as in the file."""
    if not found:
        return ()
    rows = []
    for place, each in enumerate(found):
        factor = 1.0 if monthly is None else monthly[each.at.month - 1]
        amount = whole(each.amount.number * factor, f"{where}.{place}.amount")
        rows.append((span.event(each.at, f"{where}.{place}.at"), amount))
    return tuple(sorted(rows, key=lambda row: row[0]))


def _grid(name: str, found: grids.Grid, *, region: int, span: Span) -> system.Grid:
    return system.Grid(
        name,
        region,
        _supply(found, f"regions.{name}.grid.allotment", span),
        system.GridPolicy(found.policy),
        None if found.rotation is None else _rotation(found.rotation),
        None if found.curtailment is None else _curtailment(found.curtailment),
    )


def _rotation(found: grids.Rotation) -> system.Rotation:
    period = duration_ticks(found.period.number)
    return system.Rotation(found.feeders, period, found.powered.number / 24.0)


def _curtailment(found: grids.Curtailment) -> system.Curtailment:
    return system.Curtailment(found.every.variate(), found.lasting.variate(), found.depth.variate())


def _supply(found: grids.Grid, where: str, span: Span) -> tuple[tuple[int, int], ...]:
    """Return the supply of a grid as (tick, kW), one row for each change."""
    if found.monthly is None:
        return ((span.first_tick, whole(found.allotment.number, where)),)
    steps: list[tuple[int, int]] = []
    for tick, month in months(span):
        supply_kw = whole(found.allotment.number * found.monthly[month], where)
        if not steps or steps[-1][1] != supply_kw:
            steps.append((tick, supply_kw))
    return tuple(steps)


def _supplier(name: str, found: transport.Supplier, *, numbers: Numbers, span: Span) -> system.Supplier:
    where = f"suppliers.{name}"
    disruption = found.disruption
    table = _dated(found.table, where=f"{where}.table", span=span, monthly=found.monthly)
    return system.Supplier(
        name,
        numbers.materials[found.material],
        numbers.stores[found.to],
        quantity=None if found.quantity is None else found.quantity.variate(),
        share_of_use=found.share_of_use,
        table=table,
        every=None if found.every is None else found.every.variate(),
        first=None if found.first is None else span.event(found.first, f"{where}.first"),
        monthly=() if table else found.monthly or (),  # a table has its factors in it
        disruption_every=None if disruption is None else disruption.every.variate(),
        disruption_lasting=None if disruption is None else disruption.lasting.variate(),
    )


def _link(
    name: str, found: transport.Link, *, description: SystemDescription, numbers: Numbers, span: Span
) -> system.Link:
    where = f"links.{name}"
    load = whole(found.load.number, f"{where}.load")
    minimum = whole(found.minimum.number, f"{where}.minimum")
    if load < minimum:
        raise ModelError(f"{where}.load is {load}, less than its minimum of {minimum}; give a larger load")
    loads_of = 0
    if found.loads_of is not None:
        loads_of = whole(found.loads_of.number, f"{where}.loads_of")
        if loads_of == 0:
            raise ModelError(f"{where}.loads_of is {found.loads_of}, less than one whole; give 1 or more")
    if found.to != transport.DELIVERED:
        _check_room(found, load, description, where)
    if isinstance(found.every, tuple):
        every = tuple((span.tick(change.from_), change.is_.variate()) for change in found.every)
    else:
        every = ((span.first_tick, found.every.variate()),)
    return system.Link(
        name,
        numbers.stores[found.from_],
        DELIVERED if found.to == transport.DELIVERED else numbers.stores[found.to],
        tuple(numbers.materials[material] for material in found.materials),
        load,
        minimum,
        every,
        found.transit.variate(),
        None if found.first is None else span.event(found.first, f"{where}.first"),
        loads_of,
    )


def _check_room(found: transport.Link, load: int, description: SystemDescription, where: str) -> None:
    """Raise ModelError when a full load could never be received, for it is received whole (clause 21)."""
    for material in found.materials:
        room = capacity(description.stores[found.to], material, f"stores.{found.to}")
        if load > room:
            raise ModelError(
                f"{where}.load is {load}, more than the {room} of {material} that store {found.to} has room "
                "for; give a smaller load or a larger capacity"
            )
