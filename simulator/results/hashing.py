"""The content hash of a run: one number for all its rows."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.results import tables
from simulator.results.manifest import BlockRecord
from simulator.results.query import columns
from simulator.results.tables import KEYS, RESERVED, WEEK

if TYPE_CHECKING:
    import pyarrow as pa

AT_ONCE = 512
"""Rows that are laid out in memory at a time."""


def content_hash(folder: Path, records: Sequence[BlockRecord]) -> str:
    """Return the SHA-256 of all rows of blocks in order of scenario and replication, however they are cut.

    Hashed are the names of the columns in alphabetical order, then row after row its texts and its numbers;
    the weeks likewise. Some rows of one block are held in memory at a time. Raises ResultsError when a file is damaged.
    """
    whole = hashlib.sha256()
    for weekly in (False, True):
        part = hashlib.sha256()
        names = sorted(columns(folder, records, weekly=weekly))
        part.update("\n".join(names).encode())
        for record in records:
            for batch in tables.batches(folder, record, weekly=weekly, rows=AT_ONCE):
                part.update(_canonical(batch, names, weekly=weekly))
        whole.update(part.digest())
    return whole.hexdigest()


def _canonical(batch: "pa.RecordBatch", names: Sequence[str], *, weekly: bool) -> bytes:
    """Return some rows one after another, each its texts and then its numbers."""
    columns = dict(zip(batch.schema.names, batch.columns, strict=True))
    kind, absent = ("<i8", np.iinfo(np.int64).min) if weekly else ("<f8", np.nan)
    numbers = np.full((batch.num_rows, len(names) + 2), absent, dtype=kind)
    for place, name in enumerate((KEYS[1], WEEK, *names)):
        if name in columns:
            _put(numbers[:, place], columns[name])
    texts = [columns[name] for name in RESERVED if name in columns and _is_text(name)]
    if any(len(text.unique()) > 1 for text in texts):
        every = zip(*(text.to_pylist() for text in texts), strict=True)
        prefixes = ["\0".join((*row, "")).encode() for row in every]
        return b"".join(text + row.tobytes() for text, row in zip(prefixes, numbers, strict=True))
    # nearly always: the same scenario in every row, and no error
    prefix = "\0".join((*(text[0].as_py() for text in texts), "")).encode()
    width = len(prefix)
    rows = np.empty((len(numbers), width + numbers.itemsize * numbers.shape[1]), dtype=np.uint8)
    rows[:, :width] = np.frombuffer(prefix, dtype=np.uint8)
    rows[:, width:] = numbers.view(np.uint8)
    return rows.tobytes()


def _put(numbers: "np.typing.NDArray[Any]", column: "pa.Array") -> None:
    """Put what a column has into an array of its length, which stays as it was where the column has nothing.

    Not by Arrow's own way to numpy: that loads pandas, which takes 40 MB.
    """
    import pyarrow as pa

    there, values = column.buffers()
    whole = pa.Array.from_buffers(column.type, len(column), [None, values], offset=column.offset)
    if column.null_count:
        bits = np.unpackbits(np.frombuffer(there, dtype=np.uint8), bitorder="little")
        mask = bits[column.offset : column.offset + len(column)].view(np.bool_)
        numbers[mask] = np.from_dlpack(whole)[mask]
    else:
        numbers[:] = np.from_dlpack(whole)


def _is_text(name: str) -> bool:
    return name not in (KEYS[1], WEEK)
