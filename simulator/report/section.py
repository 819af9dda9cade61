"""What a section of the report is: a sentence, then figures, then notes."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    heading: str
    """With the unit, where all its cells share one."""
    right: bool = False
    """Whether its cells are numbers, which are set to the right."""


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads to a public page."""

    text: str
    href: str
    """Of http or https."""


Cell = str | Link | tuple["str | Link", ...]
"""A text, a link, or several of them on lines of their own."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; the first cell of a row names it."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    folded: bool = False
    """Whether it is shut until it is asked for, as one that repeats a picture in numbers."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its numbers under it; either may be left out."""

    picture: Markup | None = None
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """What a report leaves out, and the command after which the next one has it."""

    what: str
    command: str


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the report, all of it ready to be set."""

    id: str
    """What its address ends in."""
    title: str
    sentence: str
    figures: tuple[Figure, ...] = ()
    notes: Sequence[str] = ()
    missing: tuple[Missing, ...] = ()
