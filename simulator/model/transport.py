"""What brings materials in and carries them away: suppliers and links."""

from itertools import pairwise
from typing import Annotated, Self

from pydantic import Field, model_validator

from simulator.model.evidence import Ids
from simulator.model.grids import Monthly
from simulator.model.materials import Addition
from simulator.model.quantities import Amount, Day, Frozen, Name, NotNegative
from simulator.model.uncertain import DrawnAmount, DrawnDuration

DELIVERED = "delivered"
"""The end of an export route: what arrives there has left the system."""


class Disruption(Frozen):
    """Times at which a supplier's deliveries are lost."""

    every: DrawnDuration
    """The time between the end of a disruption and the start of the next."""
    lasting: DrawnDuration


class Supplier(Frozen):
    """Deliveries of one material into one store, from outside the system."""

    material: Name
    to: Name
    quantity: DrawnAmount | None = None
    """What one delivery brings."""
    share_of_use: NotNegative | None = None
    """What one delivery brings, as a share of what its customers would use until the next."""
    table: Annotated[tuple[Addition, ...], Field(strict=False)] = ()
    """Dated deliveries, instead of a quantity at intervals."""
    every: DrawnDuration | None = None
    """The time between deliveries."""
    first: Day | None = None
    """The date of the first delivery; one interval after the start when absent."""
    monthly: Monthly | None = None
    disruption: Disruption | None = None
    evidence: Ids = ()
    assumption: str | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = [self.quantity is not None, self.share_of_use is not None, bool(self.table)]
        if sum(ways) != 1:
            raise ValueError("needs one of quantity, share_of_use, table")
        if bool(self.table) == (self.every is not None):
            raise ValueError("needs every with quantity or share_of_use, and not with table")
        if self.table and self.first is not None:
            raise ValueError("has first with a table; the table's dates say when")
        return self


class IntervalChange(Frozen):
    """The time between departures from 00:00 of a date on."""

    from_: Annotated[Day, Field(alias="from")]
    is_: Annotated[DrawnDuration, Field(alias="is")]


class Link(Frozen):
    """Vehicles that carry materials from a store to another, or to `delivered`."""

    from_: Annotated[Name, Field(alias="from")]
    to: Name
    materials: Annotated[tuple[Name, ...], Field(min_length=1, strict=False)]
    """In order of preference."""
    load: Amount
    """The most that a vehicle takes."""
    loads_of: Amount | None = None
    """What one container holds; departures then count containers as loads."""
    minimum: Amount = Field(default=1, validate_default=True)
    """The least that a vehicle leaves with."""
    first: Day | None = None
    """The date on which the first vehicle is due; one interval after the start when absent."""
    every: DrawnDuration | Annotated[tuple[IntervalChange, ...], Field(min_length=1, strict=False)]
    """The time between due vehicles: one for all time, or by date; the first entry also holds before its date."""
    transit: DrawnDuration
    evidence: Ids = ()
    assumption: str | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if isinstance(self.every, tuple):
            dates = [change.from_ for change in self.every]
            if any(later <= earlier for earlier, later in pairwise(dates)):
                raise ValueError(f"has every out of order: {', '.join(map(str, dates))}; give rising dates")
        if len(set(self.materials)) < len(self.materials):
            raise ValueError("names a material twice; name each once")
        return self
