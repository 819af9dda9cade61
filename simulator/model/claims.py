"""Reported quantities that replications are compared with."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from simulator.model.evidence import Ids
from simulator.model.quantities import Day, Frozen, Name, Number
from simulator.model.uncertain import AnyDistribution

MATERIAL_QUANTITIES = ("made", "available", "delivered")
LINK_QUANTITIES = ("departures", "loads")


class Claim(Frozen):
    """A reported figure about what was made, available or delivered, or about departures or container loads.

    The window is from 00:00 of `from` to 24:00 of `by`.
    """

    quantity: Literal["made", "available", "delivered", "departures", "loads"]
    materials: Annotated[tuple[Name, ...], Field(strict=False)] = ()
    links: Annotated[tuple[Name, ...], Field(strict=False)] = ()
    at_least: Number
    from_: Annotated[Day, Field(alias="from")]
    by: Day
    observed: AnyDistribution | None = None
    """What was observed, with its error."""
    evidence: Ids = ()
    assumption: str | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.quantity in MATERIAL_QUANTITIES and (not self.materials or self.links):
            raise ValueError(f"needs materials, and no links, for {self.quantity}")
        if self.quantity in LINK_QUANTITIES and (not self.links or self.materials):
            raise ValueError(f"needs links, and no materials, for {self.quantity}")
        if self.by < self.from_:
            raise ValueError(f"has by {self.by} before from {self.from_}; give a later by")
        return self

    @property
    def window(self) -> tuple[date, date]:
        """The first and the last day of the window, both included."""
        return self.from_, self.by
