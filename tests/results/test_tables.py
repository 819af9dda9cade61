from itertools import pairwise

import numpy as np
import pyarrow.parquet as pq
import pytest

from simulator.errors import ResultsError
from simulator.results import tables
from simulator.results.hashing import content_hash
from simulator.results.meanings import Column
from simulator.results.query import columns
from simulator.results.tables import Outcome, Rows, commit


def test_a_block_is_two_files_named_by_scenario_replications_and_content(tmp_path, commit_rows):
    record = commit_rows("calm", 0, 6)
    assert record.runs.path == f"runs/calm.00000000-00000005.{record.runs.sha256[:12]}.parquet"
    assert (record.count, record.failed, record.stop) == (6, 1, 6)
    assert (record.runs.rows, record.weekly.rows) == (6, 5 * 3)
    assert {path.name for path in tmp_path.glob("*/*")} == {
        record.runs.path.partition("/")[2],
        record.weekly.path.partition("/")[2],
    }


def test_a_block_that_is_computed_twice_overwrites_its_twin(tmp_path, commit_rows):
    assert commit_rows("calm", 0, 6) == commit_rows("calm", 0, 6)
    assert len(list(tmp_path.glob("runs/*"))) == 1


def test_units_and_meanings_stand_in_the_columns_of_a_file(tmp_path, commit_rows):
    record = commit_rows("calm", 0, 6)
    schema = tables.of_block(tmp_path, record, weekly=False).schema
    assert schema.names == ["scenario", "replication", "rate", "made", "error"]
    assert schema.field("made").metadata == {b"unit": b"items", b"description": b"what was made"}


def test_a_flipped_bit_anywhere_in_a_page_is_noticed(tmp_path, commit_rows):
    record = commit_rows("calm", 0, 100)
    path = tmp_path / record.runs.path
    content = path.read_bytes()
    column = pq.ParquetFile(path).metadata.row_group(0).column(2)
    end = column.data_page_offset + column.total_compressed_size
    # after the header of the page; without checksums most of these are read as other numbers
    for place in range(end - 200, end):
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        with pytest.raises(ResultsError, match=r"calm.*parquet: is damaged .*; run again to compute it anew"):
            tables.read(path)


def test_a_file_that_is_missing_or_has_other_rows_is_refused(tmp_path, commit_rows):
    record = commit_rows("calm", 0, 6)
    with pytest.raises(ResultsError, match="has 6 rows and not 7"):
        tables.read(tmp_path / record.runs.path, rows=7)
    with pytest.raises(ResultsError, match="is missing"):
        tables.read(tmp_path / "runs" / "other.parquet")


def test_a_truncated_a_flipped_and_a_missing_file_are_not_intact(tmp_path, commit_rows):
    stored = commit_rows("calm", 0, 6).runs
    path = tmp_path / stored.path
    content = path.read_bytes()
    assert tables.intact(tmp_path, stored)
    path.write_bytes(content[:-1])
    assert not tables.intact(tmp_path, stored)
    path.write_bytes(bytes([content[0] ^ 1]) + content[1:])
    assert not tables.intact(tmp_path, stored)
    path.unlink()
    assert not tables.intact(tmp_path, stored)


@pytest.mark.parametrize("cuts", [(0, 10), (0, 1, 10), (0, 5, 6, 10), range(11)])
def test_the_content_hash_does_not_depend_on_the_blocks(tmp_path, commit_rows, cuts):
    cuts = list(cuts)
    records = [commit_rows("calm", first, stop) for first, stop in pairwise(cuts)]
    whole = commit_rows("calm", 0, 10, tmp_path / "other")
    assert content_hash(tmp_path, records) == content_hash(tmp_path / "other", [whole])


@pytest.mark.parametrize(
    "changed",
    [
        Outcome({"rate": 0.5, "made": 3.0}, {"made": np.array([1, 2])}),
        Outcome({"rate": 0.5, "made": 2.0}, {"made": np.array([1, 3])}),
        Outcome({"rate": 0.5, "made": 2.0}, {"made": np.array([1, 2])}, "why"),
        Outcome({"rate": 0.5, "make": 2.0}, {"made": np.array([1, 2])}),
        Outcome({"rate": 0.5}, {"made": np.array([1, 2])}),
        Outcome({"rate": 0.5, "made": 2.0}, {"make": np.array([1, 2])}),
        Outcome({"rate": 0.5, "made": 2.0}, {}),
    ],
)
def test_the_content_hash_changes_with_every_part_of_a_row(tmp_path, changed):
    def hashed(name: str, row: Outcome) -> str:
        folder = tmp_path / name
        (folder / "runs").mkdir(parents=True)
        (folder / "weekly").mkdir()
        return content_hash(folder, [commit(folder, Rows("calm", 0, (row,), {}), seconds_each=0.0)])

    first = Outcome({"rate": 0.5, "made": 2.0}, {"made": np.array([1, 2])})
    assert hashed("a", first) == hashed("b", first)
    assert hashed("c", changed) != hashed("a2", first)


def test_blocks_of_other_columns_are_joined_with_empty_places(tmp_path, commit_rows):
    failed = commit_rows("calm", 4, 5)
    good = commit_rows("calm", 5, 6)
    table = tables.joined(tmp_path, [failed, good], weekly=False)
    assert table.column_names == ["scenario", "replication", "rate", "made", "error"]
    assert table["made"].to_pylist() == [None, 5.0]
    assert columns(tmp_path, [failed, good], weekly=False)["made"].unit == "items"
    assert content_hash(tmp_path, [failed, good]) == content_hash(tmp_path, [commit_rows("calm", 4, 6)])


def test_what_a_column_is_comes_from_a_block_that_knows_it(tmp_path):
    (tmp_path / "runs").mkdir()
    (tmp_path / "weekly").mkdir()
    made = Column("made", "items", "what was made")
    blind = commit(tmp_path, Rows("calm", 0, (Outcome({"made": np.nan}, {}, "no"),), {}), seconds_each=0.0)
    seen = commit(
        tmp_path,
        Rows("calm", 1, (Outcome({"made": 1.0}, {"made": np.array([1])}),), {"made": made}),
        seconds_each=0.0,
    )
    assert columns(tmp_path, [blind, seen], weekly=False) == {"made": made}


def test_a_plan_comes_back_as_it_was_stored(tmp_path):
    columns = (Column("rate", "1/h", "factor rate"), Column("roles.parts", "1", "factor roles.parts"))
    values = np.array([[1.5, 0.25], [2.5, 0.75], [0.1, 1e-300]])
    found, stored = tables.plan_of(tables.plan_table(columns, values, first=3))
    assert found == columns
    assert stored.tobytes() == values.tobytes()
