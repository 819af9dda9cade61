"""The rows of a committed block, as they were before they were committed."""

from pathlib import Path

from simulator.results import tables
from simulator.results.manifest import BlockRecord
from simulator.results.meanings import Column
from simulator.results.tables import ERROR, KEYS, RESERVED, Outcome, Rows


def rows_of(folder: Path, record: BlockRecord) -> Rows:
    """Return the rows of a block: committed again, they make the same files.

    Raises ResultsError when a file of the block is missing or damaged.
    """
    runs = tables.of_block(folder, record, weekly=False)
    weekly = tables.of_block(folder, record, weekly=True)
    numbers = {name: runs[name].to_numpy().tolist() for name in runs.column_names if name not in RESERVED}
    series = {name: weekly[name].to_numpy() for name in weekly.column_names if name not in RESERVED}
    of = weekly[KEYS[1]].to_numpy()
    outcomes = []
    for place, error in enumerate(runs[ERROR].to_pylist()):
        chosen = of == record.first + place
        values = {name: column[place] for name, column in numbers.items()}
        weeks = {} if error else {name: counts[chosen] for name, counts in series.items()}
        outcomes.append(Outcome(values, weeks, error))
    return Rows(record.scenario, record.first, tuple(outcomes), _columns(runs.schema, weekly.schema))


def _columns(*schemas: object) -> dict[str, Column]:
    fields = (field for schema in schemas for field in schema if field.name not in RESERVED)  # type: ignore[attr-defined] # a schema is iterable
    return {field.name: tables.column_of(field) for field in fields}
