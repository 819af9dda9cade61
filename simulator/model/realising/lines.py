"""How the plants of a description become whole plants with numbered lines."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial

from simulator.errors import ModelError
from simulator.model import plants as written
from simulator.model.description import SystemDescription
from simulator.model.distributions import Distribution, Variate, rounded
from simulator.model.realising.dealing import Dealt, deal_plants
from simulator.model.realising.draws import draw
from simulator.model.realising.lots import Lot, lots
from simulator.model.realising.numbers import Numbers
from simulator.model.realising.span import Span
from simulator.model.realising.wholes import whole
from simulator.model.system import NEVER, NONE, Breakdown, Line, LotRecipe, Plant
from simulator.streams import duration_ticks

DrawOnce = Callable[[Variate, str, str], float]
"""Returns the first number of the stream `kind` of an entity: law, kind, entity."""


@dataclass(frozen=True, slots=True)
class Shop:
    """What all lines of one role have in common."""

    name: str
    role: written.Role
    calendar: int
    from_store: int
    to_store: int
    lots: dict[str, Lot]
    power_kw: int | None
    rate: Variate | None
    work: Variate | None
    mean_work_h: float
    """0 when a rate is given."""
    flow: Variate | None
    breakdown: Breakdown | None

    def recipes(self, calibre: str | None, rate: float) -> tuple[LotRecipe, ...]:
        """Return the recipes of a line of a plant that makes `rate` items an hour, in order of preference."""
        role = self.role
        if role.recipe == "none":
            return ()
        hours = role.lot * role.lines / rate if self.work is None else self.mean_work_h
        ticks = duration_ticks(hours)
        return tuple(self._recipe(self.lots[name], rate, ticks) for name in role.recipe_names(calibre))

    def _recipe(self, lot: Lot, rate: float, ticks: int) -> LotRecipe:
        if self.power_kw is not None:
            return LotRecipe(lot.recipe, lot.inputs, lot.output, ticks, self.power_kw, 0.0)
        role = self.role
        if self.work is None:
            load = lot.energy_kwh * rate / role.lines
        else:
            load = lot.energy_kwh * role.lot / self.mean_work_h
        load_kw = whole(load, f"the kilowatts of a line of plants.roles.{self.name} by {lot.recipe}")
        return LotRecipe(lot.recipe, lot.inputs, lot.output, ticks, load_kw, lot.energy_kwh)


def realise_plants(
    description: SystemDescription, *, numbers: Numbers, span: Span, seed: int, replication: int
) -> tuple[tuple[Plant, ...], tuple[Line, ...]]:
    """Return the plants, in the order in which they are dealt, and their lines, by number.

    Raises ModelError when a draw gives plants that cannot be.
    """
    plants = description.plants
    if plants is None:
        return (), ()
    new = plants.new
    if new is not None and new.count > plants.total:
        raise ModelError(
            f"plants.new.count is {new.count}, more than the {plants.total} of plants.total; give less"
        )
    shops = [_shop(name, role, description, numbers) for name, role in plants.roles.items()]
    dealt = deal_plants(plants)
    draw_once: DrawOnce = partial(draw, index=0, seed=seed, replication=replication)
    commissioned = _commissioned(new, [_name(shops[each.role], each) for each in dealt], span, draw_once)
    found = tuple(
        _plant(each, tick, shop=shops[each.role], numbers=numbers, draw_once=draw_once)
        for each, tick in zip(dealt, commissioned, strict=True)
    )
    feeders = {
        name: 0 if region.grid is None or region.grid.rotation is None else region.grid.rotation.feeders
        for name, region in description.regions.items()
    }
    ramp = () if new is None else tuple(_ramp_step(step) for step in new.ramp)
    lines: list[Line] = []
    for place in sorted(
        range(len(dealt)), key=lambda place: (dealt[place].number, dealt[place].role)
    ):  # clause 5
        each = dealt[place]
        lines += _lines(
            found[place],
            place=place,
            shop=shops[each.role],
            grid=numbers.grids.get(each.region, NONE),
            feeder=_feeder(each, feeders[each.region]),
            ramp=ramp if commissioned[place] > -NEVER else (),
        )
    return found, tuple(lines)


def _name(shop: Shop, dealt: Dealt) -> str:
    return f"{shop.name}/{dealt.number}"


def _commissioned(
    new: written.NewPlants | None, names: list[str], span: Span, draw_once: DrawOnce
) -> list[int]:
    """Return the tick at which each plant is commissioned, -NEVER for plants that exist already."""
    if new is None:
        return [-NEVER] * len(names)
    after = new.commissioned_after.variate()
    ticks = [
        span.tick(new.from_) + duration_ticks(draw_once(after, "commission", name))
        for name in names[: new.count]
    ]
    return ticks + [-NEVER] * (len(names) - new.count)


def _plant(dealt: Dealt, commissioned: int, *, shop: Shop, numbers: Numbers, draw_once: DrawOnce) -> Plant:
    name = _name(shop, dealt)
    rate = 0.0
    if shop.rate is not None:
        rate = draw_once(shop.rate, "rate", name)
        if not rate > 0.0:
            raise ModelError(
                f"plants.roles.{shop.name}.rate draws {rate:g}/h for {name}; give rates above 0/h"
            )
    return Plant(name, dealt.role, numbers.regions[dealt.region], dealt.calibre, commissioned, rate)


def _lines(
    plant: Plant, *, place: int, shop: Shop, grid: int, feeder: int, ramp: tuple[tuple[int, int], ...]
) -> list[Line]:
    """Return the lines of one plant, in order."""
    role = shop.role
    recipes = shop.recipes(plant.calibre, plant.rate)
    return [
        Line(
            name=f"{plant.name}/{number}",
            plant=place,
            role=plant.role,
            region=plant.region,
            grid=grid,
            feeder=feeder,
            calendar=shop.calendar,
            priority=role.priority,
            lot=role.lot,
            recipes=recipes,
            load_kw=0 if recipes else shop.power_kw or 0,
            work=shop.work,
            from_store=shop.from_store,
            to_store=shop.to_store,
            breakdown=shop.breakdown,
            reject=role.reject,
            flow=shop.flow,
            commissioned=plant.commissioned,
            ramp=ramp,
        )
        for number in range(role.lines)
    ]


def _feeder(dealt: Dealt, feeders: int) -> int:
    """Return the feeder of a plant, 0 on a grid that has no rotation (clause 16)."""
    return (dealt.nth_in_region + dealt.role) % feeders if feeders else 0


def _ramp_step(step: written.RampStep) -> tuple[int, int]:
    return duration_ticks(step.until.number), max(1, math.floor(step.speed * 100 + 0.5))


def _shop(name: str, role: written.Role, description: SystemDescription, numbers: Numbers) -> Shop:
    where = f"plants.roles.{name}"
    return Shop(
        name=name,
        role=role,
        calendar=NONE if role.calendar is None else numbers.calendars[role.calendar],
        from_store=NONE if role.from_ is None else numbers.stores[role.from_],
        to_store=NONE if role.to is None else numbers.stores[role.to],
        lots=lots(name, role, description=description, numbers=numbers),
        power_kw=None if role.power is None else whole(role.power.number, f"{where}.power"),
        rate=None if role.rate is None else role.rate.variate(),
        work=None if role.work is None else role.work.variate(),
        mean_work_h=0.0 if role.work is None else _mean_hours(role.work, f"{where}.work"),
        flow=None if role.flow is None else role.flow.variate(),
        breakdown=_breakdown(role.breakdown, f"{where}.breakdown"),
    )


def _breakdown(found: written.Breakdown | None, where: str) -> Breakdown | None:
    """Return the law of failures of a line, None when it never fails (clause 10)."""
    if found is None or found.availability == 1.0:
        return None
    repair_h = _mean_hours(found.repair, f"{where}.repair")
    return Breakdown(repair_h * found.availability / (1.0 - found.availability), found.repair.variate())


def _mean_hours(law: Distribution, where: str) -> float:
    mean = _mean(law)
    if not 0.0 < mean < math.inf:
        raise ModelError(f"{where} has a mean of {mean:g} h; give a law of durations above 0 h")
    return mean


@lru_cache(maxsize=1024)
def _mean(law: Distribution) -> float:
    """Return the expectation of a law, the same on every processor; infinite beyond all numbers."""
    try:
        return rounded(law.mean_number)
    except OverflowError:
        return math.inf
