"""How the plants of a description become whole plants with numbered lines."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from operator import itemgetter

import numpy as np
import numpy.typing as npt

from simulator.errors import ModelError
from simulator.model import plants as written
from simulator.model.description import SystemDescription
from simulator.model.distributions import Distribution, Variate, rounded
from simulator.model.grids import Region
from simulator.model.realising.dealing import deal_plants
from simulator.model.realising.draws import draws, key_words
from simulator.model.realising.freezing import quick
from simulator.model.realising.lots import Lot, lots
from simulator.model.realising.numbers import Numbers
from simulator.model.realising.span import Span
from simulator.model.realising.wholes import duration_ticks, whole
from simulator.model.system import NEVER, NONE, Breakdown, Line, LotRecipe, Plant

DrawsOnce = Callable[[Variate, npt.NDArray[np.uint64]], list[float]]
"""Returns the first numbers of streams: law, key words."""

_line, _lot_recipe, _plant = quick(Line), quick(LotRecipe), quick(Plant)


@dataclass(frozen=True, slots=True)
class Shop:
    """What all lines of one role have in common."""

    name: str
    lots: dict[str | None, tuple[Lot, ...]]
    """By calibre, in order of preference; without calibres by None."""
    lines: int
    """Of one plant."""
    lot: int
    priority: int
    reject: float
    power_kw: int | None
    rate: Variate | None
    mean_work_h: float
    """0 when a rate is given."""
    calendar: int
    load_kw: int
    work: Variate | None
    from_store: int
    to_store: int
    breakdown: Breakdown | None
    flow: Variate | None

    def rates(self, names: tuple[str, ...], draws_once: DrawsOnce) -> list[float]:
        """Return the items an hour of each of its plants, by number; 0 when they have no rate."""
        if self.rate is None:
            return [0.0] * len(names)
        return draws_once(self.rate, key_words("rate", names))

    def recipes(self, calibre: str | None, rate: float, plant: str) -> tuple[LotRecipe, ...]:
        """Return the recipes of a line of a plant that makes `rate` items an hour, in order of preference.

        Raises ModelError naming the plant when it would make none.
        """
        if self.rate is not None and not rate > 0.0:
            where = f"plants.roles.{self.name}.rate"
            raise ModelError(f"{where} draws {rate:g}/h for {plant}; give rates above 0/h")
        chosen = self.lots[calibre]
        if not chosen:
            return ()
        ticks = duration_ticks(self.mean_work_h if self.rate is None else self.lot * self.lines / rate)
        return tuple([self._recipe(lot, rate, ticks) for lot in chosen])

    def _recipe(self, lot: Lot, rate: float, ticks: int) -> LotRecipe:
        if self.power_kw is not None:
            return _lot_recipe(lot.recipe, lot.inputs, lot.output, ticks, self.power_kw, 0.0)
        if self.rate is not None:
            load = lot.energy_kwh * rate / self.lines
        else:
            load = lot.energy_kwh * self.lot / self.mean_work_h
        load_kw = whole(load, lot.load)
        return _lot_recipe(lot.recipe, lot.inputs, lot.output, ticks, load_kw, lot.energy_kwh)


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
    shops = [
        _shop(place, name, role, description, numbers)
        for place, (name, role) in enumerate(plants.roles.items())
    ]
    dealt = deal_plants(plants)
    draws_once: DrawsOnce = partial(draws, index=0, seed=seed, replication=replication)
    roles = [each.role for each in dealt]
    names_of = [_names(shop.name, roles.count(place)) for place, shop in enumerate(shops)]
    names = [names_of[each.role][each.number] for each in dealt]
    commissioned = _commissioned(new, names, span, draws_once)
    rates = [shop.rates(names_of[place], draws_once) for place, shop in enumerate(shops)]
    sites = {
        name: (numbers.regions[name], numbers.grids.get(name, NONE), _feeders(region))
        for name, region in description.regions.items()
    }
    ramp = () if new is None else tuple(_ramp_step(step) for step in new.ramp)
    found: list[Plant] = []
    made: list[tuple[int, int, list[Line]]] = []
    recipes: dict[tuple[int, str | None, float], tuple[LotRecipe, ...]] = {}
    for place, (each, name, tick) in enumerate(zip(dealt, names, commissioned, strict=True)):
        role, number, calibre, site, nth_in_region = each
        shop, rate = shops[role], rates[role][number]
        region, grid, feeders = sites[site]
        kind = (role, calibre, rate)
        if kind not in recipes:
            recipes[kind] = shop.recipes(calibre, rate, name)
        found.append(_plant(name, role, region, calibre, tick, rate))
        shared = (
            place,
            role,
            region,
            grid,
            (nth_in_region + role) % feeders if feeders else 0,  # clause 16
            shop.calendar,
            shop.priority,
            shop.lot,
            recipes[kind],
            shop.load_kw,
            shop.work,
            shop.from_store,
            shop.to_store,
            shop.breakdown,
            shop.reject,
            shop.flow,
            tick,
            ramp if tick > -NEVER else (),
        )
        made.append((number, role, [_line(line, *shared) for line in _names(name, shop.lines)]))
    made.sort(key=itemgetter(0, 1))  # clause 5
    return tuple(found), tuple([line for _, _, lines in made for line in lines])


@lru_cache(maxsize=100_000)
def _names(whole: str, count: int) -> tuple[str, ...]:
    """Return the names of so many plants of a role, or lines of a plant, worked out once."""
    return tuple([f"{whole}/{number}" for number in range(count)])


def _commissioned(
    new: written.NewPlants | None, names: list[str], span: Span, draws_once: DrawsOnce
) -> list[int]:
    """Return the tick at which each plant is commissioned, -NEVER for plants that exist already."""
    if new is None:
        return [-NEVER] * len(names)
    from_ = span.tick(new.from_)
    hours = draws_once(new.commissioned_after.variate(), key_words("commission", tuple(names[: new.count])))
    ticks = [from_ + duration_ticks(each) for each in hours]
    return ticks + [-NEVER] * (len(names) - new.count)


def _feeders(region: Region) -> int:
    """Return how many feeders a region has; 0 without a rotation."""
    return 0 if region.grid is None or region.grid.rotation is None else region.grid.rotation.feeders


def _ramp_step(step: written.RampStep) -> tuple[int, int]:
    return duration_ticks(step.until.number), max(1, math.floor(step.speed * 100 + 0.5))


def _shop(
    place: int, name: str, role: written.Role, description: SystemDescription, numbers: Numbers
) -> Shop:
    where = f"plants.roles.{name}"
    found = lots(name, role, description=description, numbers=numbers)
    calibres: list[str | None] = list(role.calibres) or [None]
    power_kw = None if role.power is None else whole(role.power.number, f"{where}.power")
    mean_work_h, work = (0.0, None) if role.work is None else _hours(role.work, f"{where}.work")
    return Shop(
        name=name,
        lots={each: tuple(found[recipe] for recipe in role.recipe_names(each)) for each in calibres},
        lines=role.lines,
        lot=role.lot,
        priority=role.priority,
        reject=role.reject,
        power_kw=power_kw,
        rate=None if role.rate is None else role.rate.variate(),
        mean_work_h=mean_work_h,
        calendar=NONE if role.calendar is None else numbers.calendars[role.calendar],
        load_kw=0 if found else power_kw or 0,
        work=work,
        from_store=NONE if role.from_ is None else numbers.stores[role.from_],
        to_store=NONE if role.to is None else numbers.stores[role.to],
        breakdown=_breakdown(role.breakdown, f"{where}.breakdown"),
        flow=None if role.flow is None else role.flow.variate(),
    )


def _breakdown(found: written.Breakdown | None, where: str) -> Breakdown | None:
    """Return the law of failures of a line, None when it never fails (clause 10)."""
    if found is None or found.availability == 1.0:
        return None
    repair_h, repair = _hours(found.repair, f"{where}.repair")
    return Breakdown(repair_h * found.availability / (1.0 - found.availability), repair)


def _hours(law: Distribution, where: str) -> tuple[float, Variate]:
    """Return a law of durations, and its mean; raises ModelError naming `where` for a mean that is no duration."""
    mean, variate = _mean(law)
    if not 0.0 < mean < math.inf:
        raise ModelError(f"{where} has a mean of {mean:g} h; give a law of durations above 0 h")
    return mean, variate


@lru_cache(maxsize=1024)
def _mean(law: Distribution) -> tuple[float, Variate]:
    """Return the expectation of a law, the same on every processor, infinite beyond all numbers; and the law."""
    try:
        return rounded(law.mean_number), law.variate()
    except OverflowError:
        return math.inf, law.variate()
