"""Tables of a page: texts in cells, numbers to the right, units in headings."""

import math
from collections.abc import Iterable, Mapping, Sequence

from simulator.analysis.figures import figure
from simulator.report.section import Cell, Column, Table

NONE = "-"
"""What a cell says where there is nothing."""


def table(
    caption: str, headings: Mapping[str, bool], rows: Iterable[Sequence[Cell] | str], *, folded: bool = True
) -> Table:
    """Return rows of cells under headings, each with whether its column is of numbers.

    A row that is one text heads those below it.
    """
    columns = tuple(Column(heading, right) for heading, right in headings.items())
    cells = tuple(row if isinstance(row, str) else tuple(row) for row in rows)
    return Table(caption, columns, cells, folded)


def whole(text: str) -> str:
    """Return a text as one that is not broken into lines."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def number(value: float | None) -> str:
    """Return a number as a cell says it."""
    return NONE if value is None or math.isnan(value) else figure(value)


def spread(low: float, middle: float, high: float) -> str:
    """Return a median with its range of 5 to 95 %."""
    return f"{number(middle)} [{number(low)} to {number(high)}]"
