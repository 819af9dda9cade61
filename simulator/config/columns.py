"""Observed values, from one column of a CSV file."""

from pathlib import Path
from typing import Any

from simulator.config.scalars import Scalar, scalar
from simulator.config.tables import Row, table
from simulator.config.units import Units
from simulator.errors import ConfigError, Fault
from simulator.model.checks.names import allowed
from simulator.model.quantities import Quantity

LEAST, MOST = 2, 10_000
"""How many values a law of observed values is made from."""


def is_column(value: Any) -> bool:
    """Return whether part of a document is a law from a column, `{csv: {file: ..., column: ...}}`."""
    if not isinstance(value, dict) or set(value) != {"csv"}:
        return False
    told = value["csv"]
    return isinstance(told, dict) and bool({"file", "column"} & set(told))


def column_values(path: Path, *, column: str, unit: str | None) -> list[Quantity]:
    """Return the values of a column, in the order of the rows, each a number in `unit`, or bare, or a date.

    Raises ConfigError, with the line of every cell that is no such value, and for fewer than `LEAST` or more
    than `MOST` rows.
    """
    found = table(path)
    if column not in found.columns:
        raise ConfigError(
            [Fault(f"{found.name}:1", f"has no column {column!r}; {allowed(column, found.columns)}")]
        )
    count = len(found.rows)
    if not LEAST <= count <= MOST:
        few = "few" if count < LEAST else "many"
        raise ConfigError([Fault(found.name, f"has too {few} rows, {count}; give {LEAST} to {MOST}")])
    faults: list[Fault] = []
    values: list[Quantity] = []
    for row in found.rows:
        try:
            values.append(_value(row, column, unit))
        except ValueError as error:
            faults.append(Fault(f"{found.name}:{row.line}", f"{column} {error}"))
    if faults:
        raise ConfigError(faults)
    return values


def _value(row: Row, column: str, unit: str | None) -> Quantity:
    cell: Scalar = scalar(row.cells[column])
    if cell is None or isinstance(cell, (str, bool)):
        raise ValueError(f"is {row.cells[column] or 'empty'}; give a number")
    if unit is None:
        return Units().quantity(cell)
    return Units().quantity(f"{row.cells[column]} {unit}")
