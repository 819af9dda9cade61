"""Plants: how many there are, what each kind of them makes, and with what."""

from itertools import pairwise
from typing import Annotated, Self

from pydantic import Field, model_validator

from simulator.model.evidence import Ids
from simulator.model.quantities import Count, Day, Duration, Frozen, Name, Positive, Power, Share, Whole
from simulator.model.uncertain import DrawnDuration, DrawnRate

Availability = Annotated[Share, Field(gt=0.0)]


class Breakdown(Frozen):
    """How often lines fail and how long a repair takes."""

    availability: Availability
    """Running time over running and repair time, in the long run; waiting for a crew is apart."""
    repair: DrawnDuration


class Mix(Frozen):
    """A share of a role's plants that works by recipes of its own, for instance a calibre."""

    share: Share
    recipe: Name | None = None
    recipes: Annotated[tuple[Name, ...], Field(strict=False)] = ()
    at_least: Whole = 0


class Role(Frozen):
    """Plants of one kind."""

    share: Share
    """The share of the plants that have this role."""
    at_least: Whole = 0
    calibres: dict[Name, Mix] = {}
    """What the plants of the role split into, when their recipes differ."""
    regions: Annotated[dict[Name, Share], Field(min_length=1)]
    """The share of the plants in each region."""
    recipe: Name | None = None
    """The recipe, or `none` for plants that only draw power."""
    recipes: Annotated[tuple[Name, ...], Field(strict=False)] = ()
    """Several recipes instead: a line loads the first whose inputs are there."""
    lines: Annotated[Count, Field(le=1000)] = 1
    """Lines of one plant."""
    lot: Count = 1
    """Items that a line works on together."""
    rate: DrawnRate | None = None
    """Items, good or scrapped, an hour of running of a whole plant; drawn once a plant."""
    work: DrawnDuration | None = None
    """Hours of one lot, drawn for every lot, instead of a rate."""
    power: Power | None = None
    """Load of one line, instead of the energy of its recipes."""
    from_: Annotated[Name | None, Field(alias="from")] = None
    """The store that inputs come from."""
    to: Name | None = None
    """The store that output goes to."""
    breakdown: Breakdown | None = None
    reject: Share = 0.0
    """The share of items that are scrapped."""
    flow: DrawnDuration | None = None
    """Time from the line to the store."""
    calendar: Name | None = None
    """Always open when absent."""
    priority: Count = 1
    """Who comes first where something is scarce: 1 before 2."""
    evidence: Ids = ()
    assumption: str | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.recipe == "none":
            if self.power is None:
                raise ValueError("has recipe none and no power; give the power that a line draws")
            extra = [
                name for name in ("rate", "work", "from_", "to", "flow") if getattr(self, name) is not None
            ]
            if extra or self.calibres or self.recipes:
                raise ValueError(
                    "has recipe none and makes nothing; give only lines, power, calendar, breakdown"
                )
            return self
        places = [self.recipe is not None, bool(self.recipes), bool(self.calibres)]
        if sum(places) != 1:
            raise ValueError("needs one of recipe, recipes, calibres")
        for name, mix in self.calibres.items():
            if (mix.recipe is None) == (not mix.recipes):
                raise ValueError(f"needs one of recipe, recipes in calibre {name}")
        if (self.rate is None) == (self.work is None):
            raise ValueError("needs one of rate, work")
        if self.to is None:
            raise ValueError("needs the store that output goes to, as to")
        return self

    def recipe_names(self, calibre: str | None = None) -> tuple[str, ...]:
        """Return the recipes of the role's plants, or of those of one calibre, in order of preference."""
        owner: Role | Mix = self if calibre is None else self.calibres[calibre]
        if calibre is None and self.calibres:
            return tuple(name for each in self.calibres for name in self.recipe_names(each))
        if owner.recipes:
            return owner.recipes
        return () if owner.recipe in (None, "none") else (owner.recipe,)


class RampStep(Frozen):
    """The speed of a new plant until an age."""

    until: Duration
    speed: Annotated[Positive, Field(le=1.0)]


class NewPlants(Frozen):
    """Plants that start during the run."""

    count: Whole
    """The first so many plants, in the order in which plants are dealt to roles."""
    from_: Annotated[Day, Field(alias="from")]
    commissioned_after: DrawnDuration
    ramp: Annotated[tuple[RampStep, ...], Field(strict=False)] = ()
    evidence: Ids = ()
    assumption: str | None = None

    @model_validator(mode="after")
    def _rising(self) -> Self:
        ages = [step.until.number for step in self.ramp]
        if any(later <= earlier for earlier, later in pairwise(ages)):
            raise ValueError("has ramp steps out of order; give rising ages")
        return self


class Plants(Frozen):
    """All plants, dealt to roles, calibres and regions by share."""

    total: Annotated[Count, Field(le=100_000)]
    new: NewPlants | None = None
    roles: Annotated[dict[Name, Role], Field(min_length=1)]
