"""An answer as a table of a page: texts in cells, numbers to the right, units in headings."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from simulator.analysis.figures import figure
from simulator.analysis.tabular import Tabular
from simulator.report.section import Cell, Column, Table

Writer = Callable[[Any], str]
"""What writes a value of a column."""


def table(
    found: Tabular,
    columns: Mapping[str, str],
    *,
    caption: str,
    writers: Mapping[str, Writer] | None = None,
    folded: bool = True,
) -> Table:
    """Return columns of an answer's `to_frame()` as a table; `columns` gives each a heading, in order.

    Numbers are written by `figure` unless `writers` has another writer for the column.
    """
    frame = found.to_frame()
    numbers = [name for name in columns if frame[name].dtype.kind in "iuf"]
    chosen = writers or {}
    texts = [[chosen.get(name, written)(value) for value in frame[name].tolist()] for name in columns]
    return rows_table(
        [Column(heading, right=name in numbers) for name, heading in columns.items()],
        zip(*texts, strict=True),
        caption=caption,
        folded=folded,
    )


def rows_table(
    columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, caption: str, folded: bool = False
) -> Table:
    """Return rows of cells as a table."""
    return Table(caption, tuple(columns), tuple(tuple(row) for row in rows), folded)


def written(value: Any) -> str:
    """Return a value as a cell says it; what there is none of is a dash."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return "-" if math.isnan(value) else figure(value)
    return str(value)
