"""Tables for people, JSON for machines."""

import json
import math
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH = 100
"""Columns of text where the output is no terminal."""
GAP = "  "
NO_BREAK = "\N{NO-BREAK SPACE}"
"""A space in a cell at which no line is broken; it is printed as a plain one."""
NARROWEST = 16
"""Columns of text that a column keeps however wide the table."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, and how what stands in it is set."""

    heading: str
    """Broken into lines where it says so."""
    right: bool = False
    """Set to the right, as numbers are."""
    wraps: bool = False
    """Broken into lines where the table would be too wide; other columns keep their width."""


Row = Sequence[str] | str
"""The cells of a row; or one text, which heads the rows below it."""


def print_table(columns: Sequence[Column], rows: Iterable[Row]) -> None:
    """Print rows under headings; a row that is one text heads those below it."""
    print("\n".join(lines(columns, list(rows), width=text_width())))


def print_text(text: str) -> None:
    """Print a paragraph, its lines broken where the table's are."""
    print(textwrap.fill(text, text_width(), break_long_words=False, break_on_hyphens=False))


def text_width() -> int:
    """Return how many columns of text there are: those of the terminal, else `WIDTH`."""
    return shutil.get_terminal_size((WIDTH, 0)).columns if sys.stdout.isatty() else WIDTH


def lines(columns: Sequence[Column], rows: Sequence[Row], *, width: int) -> Iterator[str]:
    """Iterate over the lines of a table that is no wider than `width` if wrapping can help it.

    Rows below a heading are indented.
    """
    headed = any(isinstance(row, str) for row in rows)
    cells = [
        row if isinstance(row, str) else [f"{NO_BREAK * 2 if headed else ''}{row[0]}", *row[1:]]
        for row in rows
    ]
    widths, gap = _widths(columns, [row for row in cells if not isinstance(row, str)], width)
    headings = [column.heading.split("\n") for column in columns]
    depth = max(map(len, headings))
    yield from _set(columns, [[""] * (depth - len(each)) + each for each in headings], widths, gap)
    yield gap.join("─" * each for each in widths)
    for place, row in enumerate(cells):
        if isinstance(row, str):
            if place:
                yield ""
            yield row
        else:
            parts = [textwrap.wrap(text, width) or [""] for text, width in zip(row, widths, strict=True)]
            yield from _set(columns, parts, widths, gap)


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> tuple[list[int], str]:
    """Return the width of each column, and the gap between two."""
    texts = ([*column.heading.split("\n"), *(row[k] for row in rows)] for k, column in enumerate(columns))
    widths = [max(map(len, each)) for each in texts]
    wrapping = [place for place, column in enumerate(columns) if column.wraps]

    def excess(gap: str) -> int:
        return sum(widths) + len(gap) * (len(widths) - 1) - width

    while wrapping and excess(GAP) > 0:
        widest = max(wrapping, key=lambda place: widths[place])
        if widths[widest] <= NARROWEST:
            break
        widths[widest] -= 1
    return widths, GAP if excess(GAP) <= 0 else " "


def _set(
    columns: Sequence[Column], cells: Sequence[Sequence[str]], widths: Sequence[int], gap: str
) -> Iterator[str]:
    """Iterate over the lines of a row whose cells have lines of their own."""
    for number in range(max(map(len, cells))):
        texts = (cell[number] if number < len(cell) else "" for cell in cells)
        line = gap.join(
            text.rjust(width) if column.right else text.ljust(width)
            for column, text, width in zip(columns, texts, widths, strict=True)
        )
        yield line.rstrip().replace(NO_BREAK, " ")


def print_json(value: Any) -> None:
    """Print a value as JSON; what is no finite number becomes null."""
    print(json.dumps(finite(value), indent=1, ensure_ascii=False, allow_nan=False))


def finite(value: Any) -> Any:
    """Return a value of dicts, lists and plain values with null for every number that is not finite."""
    if isinstance(value, Mapping):
        return {str(name): finite(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [finite(item) for item in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value


def duration(seconds: float) -> str:
    """Return a time as people say it: `12 s`, `4 min`, `1 h 20 min`, `3 days`."""
    if not math.isfinite(seconds):
        return "unknown"
    if seconds < 9.95:
        return f"{seconds:.2g} s"
    if seconds < 99.5:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 10 and minutes:
        return f"{hours} h {minutes} min"
    return f"{seconds / 3600:.0f} h" if hours < 48 else f"{seconds / 86_400:,.0f} days"


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: `1 scenario`, `1,024 replications`."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"
