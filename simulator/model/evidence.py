"""What is publicly known: one figure a row, each with its source and its grade."""

from typing import Annotated

from pydantic import Field

from simulator.model.quantities import Frozen, Texts

Ids = Texts
"""Ids of the register's rows that a part of a document rests on."""


class Evidence(Frozen):
    """One public figure of the register, as its columns have it; texts are empty where nothing is known."""

    id: Annotated[str, Field(pattern=r"^[A-Z][0-9]{2,4}$")]
    quantity: str
    value_low: str = ""
    value_central: str = ""
    value_high: str = ""
    unit: str = ""
    period: str = ""
    place: str = ""
    source: str
    source_date: str = ""
    url: str = ""
    status: str = ""
    """`read` in a copy of the page, or `unverified`."""
    admiralty_grade: Annotated[str, Field(pattern=r"^([A-F][1-6])?$")] = ""
    """NATO Admiralty code: reliability of the source A to F, credibility of the information 1 to 6."""
    note: str = ""

    def value(self) -> str:
        """Return the figure in one text: low, central and high as far as they are known."""
        low, central, high = self.value_low, self.value_central, self.value_high
        span = (
            f"{low} to {high}"
            if low and high
            else f"at least {low}"
            if low
            else f"at most {high}"
            if high
            else ""
        )
        return central if not span else f"{central} ({span})" if central else span
