"""Systems so plain that making one part of them better can delay nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from simulator.model.distributions import Variate
from simulator.model.system import (
    NEVER,
    NO_LIMIT,
    TICKS_PER_HOUR,
    Holding,
    Line,
    LotRecipe,
    Material,
    Plant,
    Recipe,
    Region,
    Role,
    Store,
    System,
)

Dated = Sequence[tuple[int, int]]
"""Ticks, each with an amount; ticks rise."""
HERE = Region("here")
START = date(2024, 1, 1)


@dataclass(frozen=True, slots=True)
class Station:
    """One line of a serial line: the hours of a lot, its items, the room in the store behind it."""

    work: Variate
    lot: int = 1
    room: int = NO_LIMIT


def serial_line(stations: Sequence[Station], *, arrivals: Dated, end_tick: int) -> System:
    """Return stations one after another, with a store before the first and behind each.

    Station i takes `lot` items of material i from store i and makes as many of material i + 1 into store i + 1;
    what arrives is put into store 0. Each material has one line that makes it and one that takes it, so that
    nothing is ever given to one line instead of another: shorter work, more room or earlier arrivals let no
    item of any station come later (max-plus: Baccelli, Cohen, Olsder and Quadrat, *Synchronization and
    Linearity*, 1992), provided that the first store has room for all, and no line breaks down.
    """
    names = [f"after{number}" for number in range(len(stations) + 1)]
    rooms = [NO_LIMIT, *(station.room for station in stations)]
    added = tuple((tick, amount) for tick, amount in arrivals)
    return _system(
        end_tick,
        materials=names,
        stores=tuple(
            Store(name, 0, (Holding(number, capacity=room, added=added if number == 0 else ()),))
            for number, (name, room) in enumerate(zip(names, rooms, strict=True))
        ),
        roles=tuple(Role(f"station{number}", number == len(stations) - 1) for number in range(len(stations))),
        plants=tuple(
            Plant(f"station{number}/0", number, 0, None, -NEVER, 0.0) for number in range(len(stations))
        ),
        lines=tuple(
            Line(
                f"station{number}/0/0",
                plant=number,
                role=number,
                region=0,
                lot=station.lot,
                recipes=(
                    LotRecipe(
                        f"step{number}", ((number, station.lot),), number + 1, 0, load_kw=0, energy_kwh=0.0
                    ),
                ),
                work=station.work,
                from_store=number,
                to_store=number + 1,
            )
            for number, station in enumerate(stations)
        ),
        recipes=tuple(Recipe(f"step{number}", (number,), number + 1) for number in range(len(stations))),
    )


def parallel_machines(machines: int, *, work_ticks: int, arrivals: Dated, end_tick: int) -> System:
    """Return identical machines that take jobs, one at a time, from the store in which the jobs arrive.

    Every job takes `work_ticks`. One more machine, shorter work or earlier arrivals let no job start later
    (Kiefer and Wolfowitz, *On the theory of queues with many servers*, 1955). Work that is drawn belongs to
    the lots of a line rather than to a job, and has no such relation.
    """
    recipe = LotRecipe("work", ((0, 1),), 1, work_ticks, load_kw=0, energy_kwh=0.0)
    added = tuple((tick, amount) for tick, amount in arrivals)
    rate = machines * TICKS_PER_HOUR / work_ticks
    return _system(
        end_tick,
        materials=["job", "done"],
        stores=(Store("shop", 0, (Holding(0, added=added), Holding(1))),),
        roles=(Role("machines", final=True),),
        plants=(Plant("machines/0", 0, 0, None, -NEVER, rate),),
        lines=tuple(
            Line(
                f"machines/0/{number}",
                plant=0,
                role=0,
                region=0,
                recipes=(recipe,),
                from_store=0,
                to_store=0,
            )
            for number in range(machines)
        ),
        recipes=(Recipe("work", (0,), 1),),
    )


def _system(
    end_tick: int,
    *,
    materials: Sequence[str],
    stores: tuple[Store, ...],
    roles: tuple[Role, ...],
    plants: tuple[Plant, ...],
    lines: tuple[Line, ...],
    recipes: tuple[Recipe, ...],
) -> System:
    """Return a system of one region from tick 0 on, in which nothing is dated but arrivals."""
    return System(
        start=START,
        first_tick=0,
        end_tick=end_tick,
        materials=tuple(Material(name, "item") for name in materials),
        regions=(HERE,),
        grids=(),
        calendars=(),
        stores=stores,
        roles=roles,
        plants=plants,
        lines=lines,
        suppliers=(),
        links=(),
        recipes=recipes,
    )
