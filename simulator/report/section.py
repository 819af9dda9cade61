"""What a section of the report is: a sentence, then figures, then notes."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.report.pictures import Image


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    heading: str
    """With the unit, where all its cells share one."""
    right: bool = False
    """Whether its cells are numbers, which are set to the right."""


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to a public page."""

    text: str
    href: str
    """An address of http or https."""


Cell = str | Link | tuple[str | Link, ...]
"""A text, a link, or several of them on lines of their own."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; the first cell of a row names it."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...] | str, ...]
    """Cells; or one text, which heads the rows below it."""
    folded: bool = True
    """Whether it is shut until it is asked for, as one that says a picture in numbers."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with how to read it, and its numbers under it; either may be left out."""

    picture: "Image | None" = None
    caption: str = ""
    table: Table | None = None
    heading: str = ""
    """Where a section has several."""
    sentence: str = ""
    """What is to be seen, where the section's own does not say it."""


@dataclass(frozen=True, slots=True)
class Missing:
    """What a report leaves out, and the command after which the next one has it."""

    what: str
    command: str


@dataclass(frozen=True, slots=True)
class Warned:
    """What a reader has to know before anything else, and the command that mends it, where one does."""

    what: str
    command: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How likely the claim is in one scenario."""

    scenario: str
    chance: str
    """The probability, or its bound."""
    interval: str
    """Empty for a bound."""
    term: str
    confidence: str
    """`low`, `moderate` or `high`."""
    reasons: str
    """What the confidence is due to."""


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the report, all of it ready to be set."""

    id: str
    """What its address ends in."""
    title: str
    sentence: str
    figures: tuple[Figure, ...] = ()
    notes: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    commands: tuple[str, ...] = ()
    """What a person types, a line each."""
    document: str = ""
    """A text to be read as it stands."""
