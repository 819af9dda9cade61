import hashlib
import struct
import subprocess
import sys

import pyarrow as pa
import pytest

from simulator.results.folder import PARTS
from simulator.results.hashing import content_hash
from simulator.results.meanings import Column
from simulator.results.tables import Outcome, Rows, batches, commit

COLUMNS = {name: Column(name, "items", name) for name in ("made", "lead_time")}


@pytest.fixture
def record(tmp_path):
    """Return a block of 1,000 rows, every third without a lead time, every tenth failed."""
    for part in PARTS:
        (tmp_path / part).mkdir()
    outcomes = tuple(
        Outcome(
            {"made": 1.5 * row, **({"lead_time": row / 7} if row % 3 else {})}, {"made.shell": [row, 2 * row]}
        )
        if row % 10
        else Outcome({}, {}, error="it broke")
        for row in range(1_000)
    )
    return commit(tmp_path, Rows("one", 7, outcomes, COLUMNS), seconds_each=0.01)


def test_the_hash_is_that_of_rows_written_out_one_by_one(tmp_path, record):
    whole = hashlib.sha256()
    for weekly in (False, True):
        part = hashlib.sha256()
        table = pa.Table.from_batches(list(batches(tmp_path, record, weekly=weekly, rows=333)))
        texts = [name for name in ("scenario", "error") if name in table.column_names]
        numbers = sorted(set(table.column_names) - {"scenario", "error", "replication", "week"})
        part.update("\n".join(numbers).encode())
        kind, absent = ("<q", -(2**63)) if weekly else ("<d", float("nan"))
        for row in table.to_pylist():
            part.update("\0".join((*(row[name] or "" for name in texts), "")).encode())
            for name in ("replication", "week", *numbers):
                there = row.get(name)
                part.update(struct.pack(kind, absent if there is None else there))
        whole.update(part.digest())
    assert content_hash(tmp_path, [record]) == whole.hexdigest()


def test_hashing_loads_no_pandas(tmp_path, record):
    code = f"""
import sys
from pathlib import Path
from simulator.results.hashing import content_hash
from simulator.results.manifest import BlockRecord, StoredFile
content_hash(Path({str(tmp_path)!r}), [{record!r}])
print("pandas" in sys.modules)
"""
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "False\n"
