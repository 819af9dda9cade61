"""Rows of replications as Parquet: what a block's two files hold."""

import hashlib
import io
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from simulator.errors import ResultsError
from simulator.results import atomic, meanings
from simulator.results.manifest import BlockRecord, StoredFile
from simulator.results.meanings import Column

if TYPE_CHECKING:
    # loaded where it is used: a finished run is opened and answered without it
    import pyarrow as pa

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


def parquet(table: "pa.Table") -> bytes:
    """Return a table as the bytes of a Parquet file for any program."""
    import pyarrow as pa

    whole = {field.name: "DELTA_BINARY_PACKED" for field in table.schema if pa.types.is_integer(field.type)}
    return _written(table, whole, described={})


def _written(table: "pa.Table", encoding: Mapping[str, str], *, described: Mapping[bytes, bytes]) -> bytes:
    """Return the bytes of a Parquet file; what stands in fields as metadata is left out of one `described`."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    texts = [field.name for field in table.schema if pa.types.is_string(field.type)]
    buffer = io.BytesIO()
    with pq.ParquetWriter(
        buffer,
        table.schema,
        compression="zstd",
        write_page_checksum=True,
        write_statistics=False,
        use_dictionary=texts or False,
        column_encoding=dict(encoding) or None,
        store_schema=not described,
    ) as writer:
        writer.write_table(table)
        if described:
            writer.add_key_value_metadata(described)
    return buffer.getvalue()


def read(path: Path, *, rows: int | None = None) -> "pa.Table":
    """Return the table of a Parquet file, its checksums verified.

    Raises ResultsError when the file is missing or damaged, or does not have the number of `rows` it should.
    """
    import pyarrow.parquet as pq

    with reading(path):
        table = pq.ParquetFile(path, page_checksum_verification=True).read()
    if rows is not None and table.num_rows != rows:
        raise ResultsError(f"{path}: has {table.num_rows} rows and not {rows}; run again to compute it anew")
    return table


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn what goes wrong while a Parquet file is read into a ResultsError that names it."""
    import pyarrow as pa

    try:
        yield
    except FileNotFoundError as error:
        raise ResultsError(f"{path}: is missing; run again to compute it anew") from error
    except (OSError, pa.ArrowException) as error:
        if isinstance(error, OSError) and error.errno:
            raise atomic.unreadable(path, error) from error
        # of what is in a file Arrow says so by an error without a number
        reason = str(error).splitlines()[0]
        raise ResultsError(f"{path}: is damaged ({reason}); run again to compute it anew") from error


def joined(
    folder: Path, records: Sequence[BlockRecord], *, weekly: bool, columns: Sequence[str] | None = None
) -> "pa.Table":
    """Return the rows, or the weeks, of blocks as one table, in the order of the records.

    Of the numbers there are all `columns`, or those that are named. A column that some block does not have
    is empty there; the column of errors comes last.
    """
    import pyarrow as pa

    tables = [of_block(folder, record, weekly=weekly, columns=columns) for record in records]
    table = pa.concat_tables(tables, promote_options="default")
    return table.select(sorted(table.column_names, key=lambda name: name == ERROR))


def row(folder: Path, record: BlockRecord, replication: int) -> dict[str, float] | None:
    """Return the numbers of a replication of a block by column, NaN where empty; None when it failed."""
    table = of_block(folder, record, weekly=False).slice(replication - record.first, 1)
    if table[ERROR][0].as_py():
        return None
    names = (name for name in table.column_names if name not in RESERVED)
    return {name: float(table[name].to_numpy()[0]) for name in names}


def weeks(folder: Path, record: BlockRecord, replication: int) -> dict[str, Integers]:
    """Return the counts by week of a replication of a block, each of shape (weeks,), by series."""
    table = of_block(folder, record, weekly=True)
    chosen = table[KEYS[1]].to_numpy() == replication
    return {name: table[name].to_numpy()[chosen] for name in table.column_names if name not in RESERVED}


def failures(folder: Path, record: BlockRecord) -> dict[int, str]:
    """Return the replications of a block that ended in an error, with what it says."""
    errors = of_block(folder, record, weekly=False, columns=())[ERROR].to_pylist()
    return {record.first + place: error for place, error in enumerate(errors) if error}


def of_block(
    folder: Path, record: BlockRecord, *, weekly: bool, columns: Sequence[str] | None = None
) -> "pa.Table":
    """Return the rows, or the weeks, of a block, the columns with their units and meanings as metadata.

    Raises ResultsError when the file is missing, or has not the bytes that were committed.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    stored = record.weekly if weekly else record.runs
    path = folder / stored.path
    content = _content(path, stored)
    with reading(path):
        file = pq.ParquetFile(pa.BufferReader(content), page_checksum_verification=True)
        known = {
            each.name: each
            for each in meanings.unpacked(file.metadata.metadata[meanings.KEY], stored.columns)
        }
        chosen = [name for name in known if columns is None or name in RESERVED or name in columns]
        table = file.read(columns=chosen)
    fields = [field_of(known[field.name], field.type) for field in table.schema]
    return pa.Table.from_arrays(table.columns, schema=pa.schema(fields))


def batches(folder: Path, record: BlockRecord, *, weekly: bool, rows: int) -> Iterator["pa.RecordBatch"]:
    """Iterate over the rows, or the weeks, of a block, at most so many `rows` at a time; raises as `of_block`."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    stored = record.weekly if weekly else record.runs
    path = folder / stored.path
    content = _content(path, stored)
    with reading(path):
        file = pq.ParquetFile(pa.BufferReader(content), page_checksum_verification=True)
        yield from file.iter_batches(rows, use_threads=False)


def _content(path: Path, stored: StoredFile) -> bytes:
    content = atomic.read(path)
    if content is None:
        raise missing(path)
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        raise damaged(path)
    return content


def missing(path: Path) -> ResultsError:
    """Return what to tell a person about a file of rows that is not there."""
    return ResultsError(f"{path}: is missing; run again to compute it anew")


def damaged(path: Path) -> ResultsError:
    """Return what to tell a person about a file of rows that is not as it was committed."""
    return ResultsError(f"{path}: is damaged (it is not as it was committed); run again to compute it anew")


def see_intact(folder: Path, stored: StoredFile) -> None:
    """Raise ResultsError unless a file is there and has the bytes it was committed with."""
    _content(folder / stored.path, stored)


def intact(folder: Path, stored: StoredFile) -> bool:
    """Return whether a file is there and has the bytes it was committed with.

    Raises ResultsError when it cannot be read: that says nothing of what is in it.
    """
    content = atomic.read(folder / stored.path)
    return content is not None and hashlib.sha256(content).hexdigest() == stored.sha256


def column_of(field: Any) -> Column:
    """Return the name, unit and meaning that stand in a field's metadata."""
    metadata = field.metadata or {}
    return Column(field.name, metadata.get(b"unit", b"").decode(), metadata.get(b"description", b"").decode())


def field_of(column: Column, kind: Any) -> Any:
    """Return the field of a column, with its unit and meaning as metadata."""
    import pyarrow as pa

    return pa.field(column.name, kind, metadata={"unit": column.unit, "description": column.description})


def plan_table(columns: Sequence[Column], values: Floats, *, first: int) -> "pa.Table":
    """Return the values of factors from replication `first` on, shape (replications, columns), as a table."""
    return _table([_replications(np.arange(first, first + len(values))), *_numbers(columns, values)])


def plan_of(table: "pa.Table") -> tuple[tuple[Column, ...], Floats]:
    """Return the columns and the values of a table that `plan_table` made."""
    columns = tuple(column_of(field) for field in table.schema if field.name not in KEYS)
    values = np.empty((table.num_rows, len(columns)))
    for k, column in enumerate(columns):
        values[:, k] = table[column.name].to_numpy()
    return columns, values


def _runs_table(rows: Rows) -> "pa.Table":
    import pyarrow as pa

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


def _weekly_table(rows: Rows) -> "pa.Table":
    import pyarrow as pa

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


def _table(columns: list[tuple[Any, Any]]) -> "pa.Table":
    import pyarrow as pa

    fields, values = zip(*columns, strict=True)
    return pa.table(list(values), schema=pa.schema(list(fields)))


def _scenarios(scenario: str, count: int) -> tuple[Any, Any]:
    import pyarrow as pa

    column = Column("scenario", "", "the scenario")
    return field_of(column, pa.string()), pa.array([scenario] * count, pa.string())


def _replications(numbers: Integers) -> tuple[Any, Any]:
    import pyarrow as pa

    column = Column("replication", "", "the replication, from 0")
    return field_of(column, pa.int32()), pa.array(numbers, pa.int32())


def _numbers(columns: Sequence[Column], values: Floats) -> list[tuple[Any, Any]]:
    import pyarrow as pa

    return [
        (field_of(column, pa.float64()), pa.array(values[:, k], from_pandas=True))
        for k, column in enumerate(columns)
    ]


def _store(folder: Path, stem: str, table: "pa.Table") -> StoredFile:
    packed, digest = meanings.packed([column_of(field) for field in table.schema])
    content = _block(table, packed)
    whole = hashlib.sha256(content).hexdigest()
    path = f"{stem}.{whole[:12]}.parquet"
    atomic.write(folder / path, content)
    return StoredFile(path=path, sha256=whole, bytes=len(content), rows=table.num_rows, columns=digest)


def _block(table: "pa.Table", packed: bytes) -> bytes:
    """Return the bytes of a file of a block: what its columns are stands once in it, and packed.

    As metadata of each field, where Arrow and Parquet repeat it four times, it would take as much room as the
    rows of a small block. Numbers are split into their bytes, of which the high ones hardly vary in a column.
    """
    import pyarrow as pa

    bare = pa.schema([pa.field(field.name, field.type) for field in table.schema])
    encoding = {
        field.name: "DELTA_BINARY_PACKED" if field.name in RESERVED else "BYTE_STREAM_SPLIT"
        for field in table.schema
        if not pa.types.is_string(field.type)
    }
    columns = pa.Table.from_arrays(table.columns, schema=bare)
    return _written(columns, encoding, described={meanings.KEY: packed})
