"""Rows of replications as Parquet: what a block's two files hold."""

import hashlib
import io
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from simulator.errors import ResultsError
from simulator.results import atomic
from simulator.results.manifest import BlockRecord, StoredFile

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

KEYS = ("scenario", "replication")
"""The columns that name a row."""
ERROR = "error"
"""The column that says why a replication failed; empty when it did not."""
WEEK = "week"
RESERVED = (*KEYS, WEEK, ERROR)
"""Names that no factor, derived value or response may have."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of numbers: its name, its unit and what it means."""

    name: str
    unit: str = "1"
    description: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one replication came to."""

    values: Mapping[str, float]
    """Factors, derived values and responses, by column; NaN where there is no value."""
    weekly: Mapping[str, Integers]
    """Counts by week, each of shape (weeks,), by series; empty when it failed."""
    error: str = ""
    """Why it failed, or nothing."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What some replications of a scenario came to, in their order."""

    scenario: str
    first: int
    """The number of the first replication."""
    outcomes: tuple[Outcome, ...]
    columns: Mapping[str, Column]
    """What is known of columns and series, by name."""


def commit(folder: Path, rows: Rows, *, seconds_each: float) -> BlockRecord:
    """Write the two files of a block and return the record that a manifest keeps of them.

    A file is named by what is in it, so that a block that is computed twice overwrites its twin.
    """
    name = f"{rows.scenario}.{rows.first:08d}-{rows.first + len(rows.outcomes) - 1:08d}"
    return BlockRecord(
        scenario=rows.scenario,
        first=rows.first,
        count=len(rows.outcomes),
        failed=sum(bool(outcome.error) for outcome in rows.outcomes),
        seconds_each=seconds_each,
        runs=_store(folder, f"runs/{name}", _runs_table(rows)),
        weekly=_store(folder, f"weekly/{name}", _weekly_table(rows)),
    )


def parquet(table: pa.Table) -> bytes:
    """Return a table as the bytes of a Parquet file."""
    texts = [field.name for field in table.schema if pa.types.is_string(field.type)]
    whole = {field.name: "DELTA_BINARY_PACKED" for field in table.schema if pa.types.is_integer(field.type)}
    buffer = io.BytesIO()
    pq.write_table(
        table,
        buffer,
        compression="zstd",
        write_page_checksum=True,
        write_statistics=False,
        use_dictionary=texts or False,
        column_encoding=whole or None,
    )
    return buffer.getvalue()


def read(path: Path, *, rows: int | None = None) -> pa.Table:
    """Return the table of a Parquet file, its checksums verified.

    Raises ResultsError when the file is missing or damaged, or does not have the number of `rows` it should.
    """
    with _reading(path):
        table = pq.ParquetFile(path, page_checksum_verification=True).read()
    if rows is not None and table.num_rows != rows:
        raise ResultsError(f"{path}: has {table.num_rows} rows and not {rows}; run again to compute it anew")
    return table


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise ResultsError(f"{path}: is missing; run again to compute it anew") from error
    except (OSError, pa.ArrowException) as error:
        reason = str(error).splitlines()[0]
        raise ResultsError(f"{path}: is damaged ({reason}); run again to compute it anew") from error


def joined(folder: Path, records: Sequence[BlockRecord], *, weekly: bool) -> pa.Table:
    """Return the rows, or the weeks, of blocks as one table, in the order of the records.

    A column that some block does not have is empty there; the column of errors comes last.
    """
    tables = [_of_block(folder, record, weekly=weekly) for record in records]
    table = pa.concat_tables(tables, promote_options="default")
    return table.select(sorted(table.column_names, key=lambda name: name == ERROR))


def row(folder: Path, record: BlockRecord, replication: int) -> dict[str, float] | None:
    """Return the numbers of a replication of a block by column, NaN where empty; None when it failed."""
    table = _of_block(folder, record, weekly=False).slice(replication - record.first, 1)
    if table[ERROR][0].as_py():
        return None
    names = (name for name in table.column_names if name not in RESERVED)
    return {name: float(table[name].to_numpy()[0]) for name in names}


def weeks(folder: Path, record: BlockRecord, replication: int) -> dict[str, Integers]:
    """Return the counts by week of a replication of a block, each of shape (weeks,), by series."""
    table = _of_block(folder, record, weekly=True)
    chosen = table[KEYS[1]].to_numpy() == replication
    return {name: table[name].to_numpy()[chosen] for name in table.column_names if name not in RESERVED}


def failures(folder: Path, record: BlockRecord) -> list[int]:
    """Return the replications of a block that ended in an error."""
    errors = _of_block(folder, record, weekly=False)[ERROR].to_pylist()
    return [record.first + place for place, error in enumerate(errors) if error]


def columns(folder: Path, records: Sequence[BlockRecord], *, weekly: bool) -> dict[str, Column]:
    """Return the columns of numbers, keys left out, that the rows, or the weeks, of blocks have, by name."""
    found: dict[str, Column] = {}
    for record in records:
        path = folder / (record.weekly if weekly else record.runs).path
        with _reading(path):
            schema = pq.read_schema(path)
        for field in schema:
            # where every replication of a block failed, nothing is known of its columns
            if field.name not in RESERVED and not (field.name in found and found[field.name].description):
                found[field.name] = column_of(field)
    return found


def _of_block(folder: Path, record: BlockRecord, *, weekly: bool) -> pa.Table:
    stored = record.weekly if weekly else record.runs
    return read(folder / stored.path, rows=stored.rows)


def intact(folder: Path, stored: StoredFile) -> bool:
    """Return whether a file is there and has the bytes it was committed with."""
    try:
        content = (folder / stored.path).read_bytes()
    except OSError:
        return False
    return len(content) == stored.bytes and hashlib.sha256(content).hexdigest() == stored.sha256


def content_hash(folder: Path, records: Sequence[BlockRecord]) -> str:
    """Return the SHA-256 of all rows of blocks in order of scenario and replication, however they are cut.

    Hashed are the names of the columns in alphabetical order, then row after row its texts and its numbers;
    the weeks likewise. One block is held in memory at a time.
    """
    whole = hashlib.sha256()
    for weekly in (False, True):
        part = hashlib.sha256()
        names = sorted(columns(folder, records, weekly=weekly))
        part.update("\n".join(names).encode())
        for record in records:
            part.update(_canonical(_of_block(folder, record, weekly=weekly), names, weekly=weekly))
        whole.update(part.digest())
    return whole.hexdigest()


def column_of(field: Any) -> Column:
    """Return the name, unit and meaning that stand in a field's metadata."""
    metadata = field.metadata or {}
    return Column(field.name, metadata.get(b"unit", b"").decode(), metadata.get(b"description", b"").decode())


def field_of(column: Column, kind: Any) -> Any:
    """Return the field of a column, with its unit and meaning as metadata."""
    return pa.field(column.name, kind, metadata={"unit": column.unit, "description": column.description})


def plan_table(columns: Sequence[Column], values: Floats, *, first: int) -> pa.Table:
    """Return the values of factors from replication `first` on, shape (replications, columns), as a table."""
    return _table([_replications(np.arange(first, first + len(values))), *_numbers(columns, values)])


def plan_of(table: pa.Table) -> tuple[tuple[Column, ...], Floats]:
    """Return the columns and the values of a table that `plan_table` made."""
    columns = tuple(column_of(field) for field in table.schema if field.name not in KEYS)
    values = np.empty((table.num_rows, len(columns)))
    for k, column in enumerate(columns):
        values[:, k] = table[column.name].to_numpy()
    return columns, values


def _runs_table(rows: Rows) -> pa.Table:
    count = len(rows.outcomes)
    names = list(dict.fromkeys(name for outcome in rows.outcomes for name in outcome.values))
    values = np.array(
        [[outcome.values.get(name, math.nan) for name in names] for outcome in rows.outcomes],
        dtype=np.float64,
    ).reshape(count, len(names))
    why = Column(ERROR, "", "why the replication failed; empty when it did not")
    return _table(
        [
            _scenarios(rows.scenario, count),
            _replications(np.arange(rows.first, rows.first + count)),
            *_numbers([rows.columns.get(name, Column(name)) for name in names], values),
            (field_of(why, pa.string()), pa.array([outcome.error for outcome in rows.outcomes], pa.string())),
        ]
    )


def _weekly_table(rows: Rows) -> pa.Table:
    good = {rows.first + k: outcome.weekly for k, outcome in enumerate(rows.outcomes) if outcome.weekly}
    series = next(iter(good.values()), {})
    weeks = len(next(iter(series.values()), ()))
    number = Column(WEEK, "", "weeks since the start of the horizon, from 0")
    return _table(
        [
            _scenarios(rows.scenario, len(good) * weeks),
            _replications(np.repeat(np.array(list(good), np.int64), weeks)),
            (field_of(number, pa.int16()), pa.array(np.tile(np.arange(weeks), len(good)), pa.int16())),
            *(
                (
                    field_of(rows.columns.get(name, Column(name)), pa.int64()),
                    pa.array(np.concatenate([weekly[name] for weekly in good.values()]), pa.int64()),
                )
                for name in series
            ),
        ]
    )


def _table(columns: list[tuple[Any, Any]]) -> pa.Table:
    fields, values = zip(*columns, strict=True)
    return pa.table(list(values), schema=pa.schema(list(fields)))


def _scenarios(scenario: str, count: int) -> tuple[Any, Any]:
    column = Column("scenario", "", "the scenario")
    return field_of(column, pa.string()), pa.array([scenario] * count, pa.string())


def _replications(numbers: Integers) -> tuple[Any, Any]:
    column = Column("replication", "", "the replication, from 0")
    return field_of(column, pa.int32()), pa.array(numbers, pa.int32())


def _numbers(columns: Sequence[Column], values: Floats) -> list[tuple[Any, Any]]:
    return [
        (field_of(column, pa.float64()), pa.array(values[:, k], from_pandas=True))
        for k, column in enumerate(columns)
    ]


def _store(folder: Path, stem: str, table: pa.Table) -> StoredFile:
    content = parquet(table)
    digest = hashlib.sha256(content).hexdigest()
    path = f"{stem}.{digest[:12]}.parquet"
    atomic.write(folder / path, content)
    return StoredFile(path=path, sha256=digest, bytes=len(content), rows=table.num_rows)


def _canonical(table: pa.Table, names: Sequence[str], *, weekly: bool) -> bytes:
    """Return the rows of a table one after another, each its texts and then its numbers."""
    texts = [table[field.name].to_pylist() for field in table.schema if pa.types.is_string(field.type)]
    kind, absent = ("<i8", np.iinfo(np.int64).min) if weekly else ("<f8", np.nan)
    matrix = np.full((table.num_rows, len(names) + 2), absent, dtype=kind)
    for place, name in enumerate((KEYS[1], WEEK, *names)):
        if name in table.column_names:
            matrix[:, place] = table[name].to_numpy()
    return b"".join(
        "\0".join((*text, "")).encode() + row.tobytes()
        for text, row in zip(zip(*texts, strict=True), matrix, strict=True)
    )
