"""A system in whole numbers: whole plants, items, kilograms, kilowatts and ticks; what an engine unfolds."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from typing import Any

from simulator.model.distributions import Variate

TICKS_PER_HOUR = 3_600_000
TICKS_PER_DAY = 24 * TICKS_PER_HOUR
NO_LIMIT = 1 << 53
"""The capacity of a store, and the number of crews of a region, that has no limit."""
NEVER = 1 << 53
"""A tick later than any run's end."""
DELIVERED = -1
"""The end of a link that leaves the system."""
NONE = -1
"""No grid, calendar, store or material."""


class State(IntEnum):
    """What a line is doing; the first that holds (clause 11)."""

    NOT_COMMISSIONED = 0
    UNDER_REPAIR = 1
    OFF_SHIFT = 2
    BLOCKED = 3
    AWAITING_MATERIAL = 4
    AWAITING_POWER = 5
    RUNNING = 6


class GridPolicy(StrEnum):
    """Who goes without when a grid's supply is short."""

    SHED = "shed"
    SLOW = "slow"
    ROTATE = "rotate"


@dataclass(frozen=True, slots=True)
class Material:
    """A thing counted in whole items or kilograms."""

    name: str
    unit: str
    counts_as: int = NONE
    """The number of the material whose claims also count this one."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One material in one store."""

    material: int
    initial: int = 0
    capacity: int = NO_LIMIT
    floor: int = 0
    """Stock that links leave in place."""
    added: tuple[tuple[int, int], ...] = ()
    """Dated additions: tick, amount; by tick."""


@dataclass(frozen=True, slots=True)
class Store:
    """A place that keeps materials."""

    name: str
    region: int
    holdings: tuple[Holding, ...]

    def holding(self, material: int) -> Holding:
        """Return what the store keeps of a material; raises KeyError when it keeps none."""
        for holding in self.holdings:
            if holding.material == material:
                return holding
        raise KeyError(material)


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the country: its grid's number, or NONE, and its repair crews."""

    name: str
    grid: int = NONE
    crews: int = NO_LIMIT


@dataclass(frozen=True, slots=True)
class Rotation:
    """Feeders darkened by lot, period after period (clause 16)."""

    feeders: int
    period: int
    """Ticks."""
    powered_share: float
    """Hours a day that a feeder is lit on average, over 24."""


@dataclass(frozen=True, slots=True)
class Curtailment:
    """Times at which a grid gives less (clause 17); hours and a share."""

    every: Variate
    lasting: Variate
    depth: Variate


@dataclass(frozen=True, slots=True)
class Grid:
    """The electric supply of a region; its name is the region's."""

    name: str
    region: int
    supply: tuple[tuple[int, int], ...]
    """Supply in kW from each tick on; the first at or before the run's first tick."""
    policy: GridPolicy = GridPolicy.SHED
    rotation: Rotation | None = None
    curtailment: Curtailment | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """When lines that follow it are open: half-open stretches of ticks, in order, that do not touch.

    None begins or ends before the run's first tick.
    """

    name: str
    open: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is made of what, as the document has it, whether or not a plant of this replication does it."""

    name: str
    inputs: tuple[int, ...]
    """Materials; in recipe order."""
    output: int


@dataclass(frozen=True, slots=True)
class LotRecipe:
    """One recipe as a line carries it out, for a whole lot."""

    recipe: str
    inputs: tuple[tuple[int, int], ...]
    """Material, amount; in recipe order."""
    output: int
    ticks: int
    """Running time of a lot at full speed; 0 when `Line.work` is drawn for every lot."""
    load_kw: int
    energy_kwh: float
    """Electricity for one item, as written; 0 when the line's power was given instead."""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Mean running hours to a failure, and hours of a repair (clause 10)."""

    failure_mean_h: float
    repair: Variate


@dataclass(frozen=True, slots=True)
class Plant:
    """One plant of a role; its name is `role/k`."""

    name: str
    role: int
    region: int
    calibre: str | None
    commissioned: int
    """Tick; at or before the run's first tick for a plant that exists already."""
    rate: float
    """Items an hour of running of the whole plant; 0 when work is drawn for every lot, or nothing is made."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a plant; its name is `role/k/j`, its number its place in `System.lines` (clause 5)."""

    name: str
    plant: int
    role: int
    region: int
    grid: int = NONE
    feeder: int = 0
    calendar: int = NONE
    """NONE is always open."""
    priority: int = 1
    lot: int = 1
    recipes: tuple[LotRecipe, ...] = ()
    """In order of preference; empty for a line that only draws power."""
    load_kw: int = 0
    """Load of a line without recipe."""
    work: Variate | None = None
    """Hours of one lot, drawn for every lot."""
    from_store: int = NONE
    to_store: int = NONE
    breakdown: Breakdown | None = None
    reject: float = 0.0
    flow: Variate | None = None
    """Hours from the line to the store."""
    commissioned: int = -NEVER
    ramp: tuple[tuple[int, int], ...] = ()
    """Until an age in ticks, speed in whole per cent; by age."""

    @property
    def only_draws_power(self) -> bool:
        """Whether the line makes nothing."""
        return not self.recipes


@dataclass(frozen=True, slots=True)
class Role:
    """A kind of plant: its name, and whether its output goes into no recipe."""

    name: str
    final: bool


@dataclass(frozen=True, slots=True)
class Supplier:
    """Deliveries of one material into one store."""

    name: str
    material: int
    store: int
    quantity: Variate | None = None
    share_of_use: float | None = None
    table: tuple[tuple[int, int], ...] = ()
    """Dated deliveries: tick, amount."""
    every: Variate | None = None
    first: int | None = None
    """Tick of the first delivery; one interval after the first tick when absent."""
    monthly: tuple[float, ...] = ()
    """Twelve factors on the quantity, January first; empty for none."""
    disruption_every: Variate | None = None
    disruption_lasting: Variate | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Vehicles from a store to another, or to DELIVERED."""

    name: str
    from_store: int
    to_store: int
    materials: tuple[int, ...]
    load: int
    minimum: int
    every: tuple[tuple[int, Variate], ...]
    """Hours between due vehicles, from each tick on; the first also holds before its tick."""
    transit: Variate
    first: int | None = None
    loads_of: int = 0
    """What one container holds; 0 when loads are not counted."""


@dataclass(frozen=True, slots=True)
class System:
    """A production network in whole numbers, for one replication.

    Parts refer to each other by their place in these tuples, which is their order in the file.
    """

    start: date
    """The day whose 00:00 is tick 0."""
    first_tick: int
    """0, or minus the warm-up."""
    end_tick: int
    materials: tuple[Material, ...]
    regions: tuple[Region, ...]
    grids: tuple[Grid, ...]
    calendars: tuple[Calendar, ...]
    stores: tuple[Store, ...]
    roles: tuple[Role, ...]
    plants: tuple[Plant, ...]
    lines: tuple[Line, ...]
    suppliers: tuple[Supplier, ...]
    links: tuple[Link, ...]
    recipes: tuple[Recipe, ...] = ()
    """All of the document, in file order, so that what is reported does not depend on which plants were dealt."""
    recipe_warnings: tuple[str, ...] = field(default=(), compare=False)
    """Inputs of a lot that rounding to whole units changed by more than 0.5 %."""

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Print how large the system is, for Hypothesis and IPython, in one line."""
        days = self.end_tick / TICKS_PER_DAY
        counts = (len(self.plants), "plant"), (len(self.lines), "line"), (days, "day")
        told = ", ".join(f"{number:g} {name}{'' if number == 1 else 's'}" for number, name in counts)
        printer.text(f"System({told} from {self.start})")

    def tick_of(self, day: date) -> int:
        """Return the tick of 00:00 of a date."""
        return (day - self.start).days * TICKS_PER_DAY

    def day_of(self, tick: int) -> date:
        """Return the date that a tick lies in."""
        return self.start + timedelta(days=tick // TICKS_PER_DAY)
