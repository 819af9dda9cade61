"""When plants are open: shifts, days of the week and closed dates, each from a date on."""

from itertools import pairwise
from typing import Annotated, Self

from pydantic import Field, model_validator

from simulator.model.evidence import Ids
from simulator.model.quantities import Day, Frozen, Whole


class Change(Frozen):
    """The working week from 00:00 of a date on."""

    from_: Annotated[Day, Field(alias="from")]
    shifts: Annotated[Whole, Field(le=3)]
    """0 closed; 1, 2 or 3 shifts of eight hours, from 08:00, 08:00 and 00:00."""
    days: Annotated[Whole, Field(le=7)]
    """The first so many days of the week, from Monday."""


class Calendar(Frozen):
    """Opening hours by local civil time in days of 24 hours."""

    changes: Annotated[tuple[Change, ...], Field(min_length=1, strict=False)]
    """In the order of their dates; the first also holds before its date."""
    closed: Annotated[tuple[Day, ...], Field(strict=False)] = ()
    evidence: Ids = ()
    assumption: str | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        dates = [change.from_ for change in self.changes]
        if any(later <= earlier for earlier, later in pairwise(dates)):
            raise ValueError(f"has changes out of order: {', '.join(map(str, dates))}; give rising dates")
        return self
