"""Regions with the electric grids and the repair crews that their plants share."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from simulator.model.evidence import Ids
from simulator.model.quantities import Count, Duration, Frozen, In, NotNegative, Power, Quantity
from simulator.model.uncertain import DrawnDuration, DrawnShare

PoweredHours = Annotated[Quantity, In(("h",), high=24.0)]


class Rotation(Frozen):
    """Feeders darkened by lot, period after period, so that each is lit for so many hours of a day."""

    feeders: Annotated[Count, Field(le=10_000)]
    period: Duration
    powered: PoweredHours
    """Hours of a day that a feeder is lit on average, 0 h to 24 h."""


class Curtailment(Frozen):
    """Times at which a grid gives less than its allotment."""

    every: DrawnDuration
    """The time of normal supply between two curtailments."""
    lasting: DrawnDuration
    depth: DrawnShare
    """The share of the supply that is lost."""


Monthly = Annotated[tuple[NotNegative, ...], Field(min_length=12, max_length=12, strict=False)]
"""Twelve factors, January to December, on a yearly figure."""


class Grid(Frozen):
    """The electric supply of one region, and who goes without when it is short."""

    allotment: Power
    monthly: Monthly | None = None
    policy: Literal["shed", "slow", "rotate"] = "shed"
    """`shed` disconnects lines by rank, `slow` lets all run slower, `rotate` darkens feeders in turn, then sheds."""
    rotation: Rotation | None = None
    curtailment: Curtailment | None = None
    evidence: Ids = ()
    assumption: str | None = None

    @model_validator(mode="after")
    def _rotation_with_its_policy(self) -> Self:
        if (self.policy == "rotate") != (self.rotation is not None):
            raise ValueError("needs rotation with policy rotate, and with no other policy")
        return self


class Region(Frozen):
    """A part of the country with its grid and its repair crews."""

    grid: Grid | None = None
    """No limit on power when absent."""
    crews: Count | None = None
    """How many lines can be under repair at once; no limit when absent."""
