"""CSV files with a header, row by row, each with the line it starts on."""

import csv
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from simulator.config.files import CONFIG_LIMIT, read_text, shown
from simulator.errors import ConfigError, Fault


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row by column, and the line it starts on."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The columns and the rows of a CSV file."""

    name: str
    """The file as messages show it."""
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def table(path: Path, *, limit: int = CONFIG_LIMIT) -> Table:
    """Return what a CSV file holds, blank lines left out, cells without the spaces around them.

    Raises ConfigError for a file that cannot be read or is no CSV, that has no header, a column twice or rows
    of other lengths.
    """
    name = shown(path)
    lines = _lines(read_text(path, limit=limit), name=name)
    if not lines:
        raise ConfigError([Fault(f"{name}:1", "is empty; give a header with the names of the columns")])
    columns = tuple(lines[0][1])
    twice = next((column for column in columns if columns.count(column) > 1), None)
    if twice is not None:
        raise ConfigError([Fault(f"{name}:1", f"has the column {twice!r} twice; give it once")])
    faults = [
        Fault(f"{name}:{line}", f"has {len(cells)} of {len(columns)} cells; give one a column")
        for line, cells in lines[1:]
        if len(cells) != len(columns)
    ]
    if faults:
        raise ConfigError(faults)
    rows = [Row(line, dict(zip(columns, cells, strict=True))) for line, cells in lines[1:]]
    return Table(name, columns, tuple(rows))


def _lines(text: str, *, name: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    found: list[tuple[int, list[str]]] = []
    before = 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((before + 1, [cell.strip() for cell in cells]))
            before = reader.line_num
    except csv.Error as error:
        raise ConfigError(
            [Fault(f"{name}:{before + 1}", f"is no CSV: {error}; look at the quotes")]
        ) from None
    return found
