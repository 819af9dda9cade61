"""What is stored and what is made from what: materials, stores, recipes."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from simulator.model.evidence import Ids
from simulator.model.quantities import Amount, Day, Energy, Frozen, Name, Share


class Material(Frozen):
    """A thing that is counted in whole items or weighed in whole kilograms."""

    unit: Literal["item", "kg"]
    counts_as: Name | None = None
    """The material whose claims also count this one, for instance old stock of a shell that is still made."""


class Addition(Frozen):
    """An amount that appears in a store at 00:00 of a date."""

    at: Day
    amount: Amount


class Holding(Frozen):
    """What one store keeps of one material."""

    capacity: Amount | None = None
    """The most that fits; no limit when absent."""
    initial: Amount = Field(default=0, validate_default=True)
    """The stock at the start."""
    added: Annotated[tuple[Addition, ...], Field(strict=False)] = ()
    """Dated additions; what does not fit is lost, and counted."""
    floor: Amount | None = None
    """The stock that links leave in place."""
    releasable: Share | None = None
    """The share of the initial stock that links may take, instead of a floor."""
    evidence: Ids = ()
    assumption: str | None = None

    @model_validator(mode="after")
    def _one_floor(self) -> Self:
        if self.floor is not None and self.releasable is not None:
            raise ValueError("has both floor and releasable; give one of them")
        return self


class Store(Frozen):
    """A place that keeps materials."""

    region: Name
    holds: Annotated[dict[Name, Holding], Field(min_length=1)]


class Recipe(Frozen):
    """What one item takes, good or scrapped, and what it becomes."""

    inputs: dict[Name, Amount] = {}
    """The amount of each material for one item; the order says which is named when several are missing."""
    output: Name
    energy: Energy | None = None
    """Electricity for one item."""
    evidence: Ids = ()
    assumption: str | None = None
