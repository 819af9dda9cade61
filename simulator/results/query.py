"""Single columns of many files of rows, read through DuckDB."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.errors import ResultsError
from simulator.results import meanings, tables
from simulator.results.manifest import BlockRecord, StoredFile
from simulator.results.meanings import Column
from simulator.results.tables import RESERVED, Floats

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FILES = 64
"""Files that are open at a time: what their columns are takes memory while they are."""
THREADS = 1
"""Each holds pages of a file in memory, and more are hardly quicker at a single column."""


@cache
def _database() -> "DuckDBPyConnection":
    """Return an empty database in memory, which writes nothing and loads nothing."""
    import duckdb

    settings: Mapping[str, str | bool | int] = {
        "threads": THREADS,
        "temp_directory": "",
        "enable_external_file_cache": False,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    return duckdb.connect(":memory:", config=dict(settings))


def values(
    folder: Path, records: Sequence[BlockRecord], names: Sequence[str], *, weekly: bool = False
) -> tuple[Floats, ...]:
    """Return the values of columns in the rows, or the weeks, of blocks, each of shape (rows,), NaN where none is.

    They are in the order of the records. The files are those that were committed, which is for the caller to
    see to: nothing is verified here but that the rows are as many.
    """
    stored = [record.weekly if weekly else record.runs for record in records]
    found: dict[str, Floats] = {name: np.full(sum(file.rows for file in stored), np.nan) for name in names}
    start = 0
    for files in _alike(stored):
        rows = sum(file.rows for file in files)
        places = {column.name: place for place, column in enumerate(_described(folder, files[0]))}
        there = [name for name in found if name in places]
        if there:
            read = _read(folder, files, [places[name] for name in there])
            for name, numbers in zip(there, read, strict=True):
                found[name][start : start + rows] = numbers
        start += rows
    return tuple(found[name] for name in names)


def columns(folder: Path, records: Sequence[BlockRecord], *, weekly: bool) -> dict[str, Column]:
    """Return the columns of numbers, keys left out, that the rows, or the weeks, of blocks have, by name."""
    files = {
        stored.columns: stored
        for stored in (record.weekly if weekly else record.runs for record in records[::-1])
    }
    found: dict[str, Column] = {}
    for stored in reversed(files.values()):
        for column in _described(folder, stored):
            # where every replication of a block failed, nothing is known of its columns
            known = column.name in found and found[column.name].description
            if column.name not in RESERVED and not known:
                found[column.name] = column
    return found


def _alike(files: Iterable[StoredFile]) -> Iterator[list[StoredFile]]:
    """Iterate over files with the same columns that follow each other, not too many at a time."""
    for _, group in groupby(files, key=lambda file: file.columns):
        every = list(group)
        for start in range(0, len(every), FILES):
            yield every[start : start + FILES]


def _described(folder: Path, stored: StoredFile) -> tuple[Column, ...]:
    """Return the columns of a file in their order; raises ResultsError when it is missing or damaged."""
    import duckdb

    path = folder / stored.path
    query = "SELECT value FROM parquet_kv_metadata(?) WHERE key = ?"
    try:
        found = _database().execute(query, [str(path), meanings.KEY]).fetchall()
    except duckdb.Error as error:
        raise _unreadable([path], error) from error
    try:
        return meanings.unpacked(found[0][0] if found else b"", stored.columns)
    except ValueError as error:
        raise tables.damaged(path) from error


def _read(folder: Path, files: Sequence[StoredFile], places: Sequence[int]) -> list[Floats]:
    """Return the columns at some places of files that have the same columns, one file after another."""
    import duckdb

    # by place: DuckDB takes names that differ in capitals for one
    every = ", ".join(f"c{place}" for place in range(max(places) + 1))
    chosen = ", ".join(f"c{place}" for place in places)
    query = f"SELECT {chosen} FROM read_parquet(?) AS rows({every})"
    paths = [folder / file.path for file in files]
    try:
        found = _database().execute(query, [list(map(str, paths))]).fetchnumpy()
    except duckdb.Error as error:
        raise _unreadable(paths, error) from error
    numbers = [_filled(found[f"c{place}"]) for place in places]
    if len(numbers[0]) != sum(file.rows for file in files):
        raise ResultsError(
            f"{folder}: files do not have the rows of the manifest; run again to compute them anew"
        )
    return numbers


def _filled(found: Any) -> Floats:
    numbers: Floats = found.astype(np.float64, copy=False)
    return np.ma.filled(numbers, np.nan) if np.ma.isMaskedArray(found) else numbers


def _unreadable(paths: Sequence[Path], error: Exception) -> ResultsError:
    gone = [path for path in paths if not path.exists()]
    if gone:
        return tables.missing(gone[0])
    reason = str(error).splitlines()[0]
    return ResultsError(f"{paths[0]}: cannot be read ({reason}); run again to compute it anew")
