"""Small systems made by hand, in each of which one rule of the contract decides what happens."""

from dataclasses import replace

from simulator.model.distributions import Variate
from simulator.model.system import (
    DELIVERED,
    Breakdown,
    Holding,
    Link,
    Region,
    Store,
    Supplier,
    System,
)
from tests.engines.build import (
    BODY,
    SHELL,
    STEEL,
    always,
    grid,
    holdings,
    hours,
    line,
    powered,
    recipe,
    store,
    system,
)

AFTER_A_TICK = Breakdown(1e-12, always(5))
"""However short the draw, a line runs one tick to its failure (clause 1); then it is five hours under repair."""


def all_parts_meet() -> System:
    """Power for one of two presses, flow, a link that waits for its minimum, two brittle lathes with one crew."""
    press = line(recipes=(recipe(kw=6),))
    lathe = line(
        recipes=(replace(recipe([], output=BODY), ticks=2),),
        lot=1,
        breakdown=AFTER_A_TICK,
    )
    lines = [replace(each, name=f"works/{k}/0") for k, each in enumerate((press, press, lathe, lathe))]
    lines[0] = replace(lines[0], flow=always(3))
    sea = Link("sea", 0, DELIVERED, (SHELL,), 15, 10, ((0, always(4)),), always(1), loads_of=10)
    whole = powered(*lines, grid=grid(10), end=12, links=(sea,), stores=store(*holdings(steel=55)))
    return replace(whole, regions=(Region("here", 0, crews=1),))


def slow_grid_full_store() -> System:
    """Two presses on a slow grid that stands still for two hours, a store with room for one lot and a half."""
    presses = [line(f"works/{k}/0", recipes=(recipe(kw=8),)) for k in range(2)]
    months = ((0, 10), (hours(2), 20), (hours(4), 0), (hours(6), 20))
    kept = (Holding(STEEL, 45, 45), Holding(BODY), Holding(SHELL, 0, 15))
    sea = Link("sea", 0, DELIVERED, (SHELL,), 10, 1, ((0, always(9)),), always(1), first=hours(7))
    return powered(
        *presses,
        grid=grid(0, "slow", supply=months),
        end=10,
        links=(sea,),
        suppliers=(Supplier("mill", STEEL, 0, table=((hours(7), 40),)),),
        stores=(Store("yard", 0, kept),),
    )


def shed_lines_that_fit_after_all() -> System:
    """Of 4, 12 and 6 kW connected, 10 are left: the last is disconnected first, and kept on the way back."""
    lines = [
        line(f"works/{k}/0", recipes=(recipe(kw=kw, lot_hours=9),), priority=k + 1)
        for k, kw in enumerate((4, 12, 6))
    ]
    return powered(*lines, grid=grid(0, supply=((0, 22), (hours(1), 10))), end=12)


def shed_the_latest() -> System:
    """A press connected since 2:00 and one since 0:00, of equal priority; power for one of them from 3:00."""
    lines = [line(f"works/{k}/0", recipes=(recipe(kw=5, lot_hours=ticks),)) for k, ticks in enumerate((2, 7))]
    return powered(*lines, grid=grid(0, supply=((0, 10), (hours(3), 5))), end=12)


def unload_then_load() -> System:
    """Steel for one lot comes as the first press unloads; the second, of lower priority, starves already."""
    lines = [line(f"works/{k}/0", priority=k + 1) for k in range(2)]
    mill = Supplier("mill", STEEL, 0, quantity=always(10), every=always(2))
    return system(*lines, end=9, suppliers=(mill,), stores=store(*holdings(steel=10)))


def vehicles_in_turn() -> System:
    """A vehicle of the second link waits since 1:00, one of the first since 2:00; at 3:00 there is a load for one."""
    road, rail = (
        Link(name, 0, DELIVERED, (SHELL,), 10, 10, ((0, always(9)),), always(1), first=hours(first))
        for name, first in (("road", 2), ("rail", 1))
    )
    kept = (Holding(STEEL), Holding(BODY), Holding(SHELL, 0, added=((hours(3), 10),)))
    return system(line(recipes=()), end=6, links=(road, rail), stores=store(*kept))


def empty_since_unloaded() -> System:
    """One press is blocked from 2:00 to 5:00, another empty since 3:00; steel for one lot comes at 6:00."""
    blocked = line("works/0/0")
    other = line("works/1/0", recipes=(recipe(output=BODY, lot_hours=3),))
    kept = (Holding(STEEL, 20, added=((hours(6), 10),)), Holding(BODY), Holding(SHELL, 5, 10))
    sea = Link("sea", 0, DELIVERED, (SHELL,), 5, 5, ((0, always(9)),), always(1), first=hours(5))
    return system(blocked, other, end=9, links=(sea,), stores=store(*kept))


def share_of_use_at_the_end() -> System:
    """A delivery of what is used until the next one, which would come after the run's end."""
    mill = Supplier("mill", STEEL, 0, share_of_use=1.0, every=always(5))
    return system(line(), end=12, suppliers=(mill,))


def ramp_to_its_end() -> System:
    """The second lot is loaded at the age at which the plant reaches its full speed."""
    new = line(recipes=(recipe(lot_hours=1),), commissioned=0, ramp=((hours(2), 50),))
    return system(new, end=6)


def interval_from_today() -> System:
    """A vehicle falls due at the tick from which another interval is in force."""
    by_date = ((0, always(2)), (hours(4), always(5)))
    sea = Link("sea", 0, DELIVERED, (SHELL,), 5, 5, by_date, always(1))
    return system(line(), end=20, links=(sea,), stores=store(*holdings(shell=50)))


def number_of_the_vehicle_that_waits() -> System:
    """A vehicle due at 2:00 waits until 5:00, one due at 4:00 is missed; times in transit are drawn."""
    transit = Variate("exponential", (3.0,))
    sea = Link("sea", 0, DELIVERED, (SHELL,), 10, 10, ((0, always(2)),), transit)
    kept = (Holding(STEEL), Holding(BODY), Holding(SHELL, 0, added=((hours(5), 10),)))
    return system(line(recipes=()), end=24, links=(sea,), stores=store(*kept))


def vehicles_that_overtake() -> System:
    """A vehicle every hour, in transit by a law of two uniforms; some come before all that are on the way."""
    transit = Variate("erlang", (2.0, 6.0))
    sea = Link("sea", 0, DELIVERED, (SHELL,), 1, 1, ((0, always(1)),), transit)
    return system(line(recipes=()), end=24, links=(sea,), stores=store(*holdings(shell=50)))


def room_for_one_of_two_materials() -> System:
    """A vehicle brings bodies and shells to a depot that has room for the bodies."""
    road = Link("road", 0, 1, (BODY, SHELL), 10, 10, ((0, always(9)),), always(1), first=hours(1))
    depot = Store("depot", 0, (Holding(BODY), Holding(SHELL, 0, 4)))
    return system(line(recipes=()), end=6, links=(road,), stores=(*store(*holdings(body=5, shell=5)), depot))


def room_that_the_next_lot_leaves() -> System:
    """A vehicle waits since 1:30 for the room that a press leaves at 2:00, as it takes steel for its next lot."""
    road = Link("road", 1, 0, (STEEL,), 15, 15, ((0, always(9)),), always(1), first=hours(0.5))
    yard = Store("yard", 0, (Holding(STEEL, 40, 40), Holding(BODY), Holding(SHELL)))
    return system(line(), end=7, links=(road,), stores=(yard, Store("mine", 0, (Holding(STEEL, 30),))))


def warm_up_in_another_month() -> System:
    """Deliveries before and after New Year, three times as much in December."""
    mill = Supplier("mill", STEEL, 0, quantity=always(10), every=always(24), monthly=(*(1.0,) * 11, 3.0))
    return system(line(recipes=()), first_tick=-hours(48), end=48, suppliers=(mill,))


def more_under_way_than_expected() -> System:
    """A lot every hour, each in flow for a hundred: more of them than the compiled engine has room for at first."""
    return system(line(recipes=(recipe([], lot_hours=1),), flow=always(100)), end=120)


CORNERS = (
    all_parts_meet,
    slow_grid_full_store,
    shed_lines_that_fit_after_all,
    shed_the_latest,
    unload_then_load,
    vehicles_in_turn,
    empty_since_unloaded,
    share_of_use_at_the_end,
    ramp_to_its_end,
    interval_from_today,
    number_of_the_vehicle_that_waits,
    vehicles_that_overtake,
    room_for_one_of_two_materials,
    room_that_the_next_lot_leaves,
    warm_up_in_another_month,
    more_under_way_than_expected,
)
"""All of them."""
