"""The register of evidence: a CSV file with one public figure a row."""

from pathlib import Path

from pydantic import ValidationError

from simulator.config.files import REGISTER_LIMIT
from simulator.config.tables import Table, table
from simulator.errors import ConfigError, Fault
from simulator.model.checks.refusals import refusals
from simulator.model.evidence import Evidence

COLUMNS = tuple(Evidence.model_fields)
"""The columns of a register, in any order."""


def register(path: str | Path) -> dict[str, Evidence]:
    """Return the rows of a register by id, in the order of the file; raises ConfigError with all faults."""
    rows = table(Path(path), limit=REGISTER_LIMIT)
    _check_columns(rows)
    faults: list[Fault] = []
    found: dict[str, Evidence] = {}
    lines: dict[str, int] = {}
    for row in rows.rows:
        where = f"{rows.name}:{row.line}"
        try:
            evidence = Evidence.model_validate(row.cells)
        except ValidationError as error:
            faults += [Fault(where, f"{keys[0]} {why}") for keys, why in refusals(error, row.cells)]
            continue
        if evidence.id in found:
            first = lines[evidence.id]
            faults.append(
                Fault(where, f"has the id {evidence.id}, first on line {first}; give each row its own")
            )
            continue
        found[evidence.id] = evidence
        lines[evidence.id] = row.line
    if faults:
        raise ConfigError(faults)
    return found


def _check_columns(rows: Table) -> None:
    missing = [column for column in COLUMNS if column not in rows.columns]
    unknown = [column for column in rows.columns if column not in COLUMNS]
    messages = [f"lacks the column {column}" for column in missing]
    messages += [f"has the column {column!r}, which a register has not" for column in unknown]
    if messages:
        every = ", ".join(COLUMNS)
        raise ConfigError([Fault(f"{rows.name}:1", f"{message}; give {every}") for message in messages])
