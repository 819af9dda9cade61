from dataclasses import replace

import numpy as np
import pytest

from simulator.errors import ResultsError
from simulator.results import query
from simulator.results.meanings import Column, packed, unpacked
from simulator.results.tables import Outcome, Rows, commit


def bits(values):
    return np.asarray(values, dtype=np.float64).tobytes()


def test_the_values_of_a_column_are_those_of_the_frame(run):
    frame = run.frame("calm")
    rate, made = run.values("calm", ["rate", "made"])
    assert bits(rate) == bits(frame["rate"])
    assert bits(made) == bits(frame["made"])
    assert list(run.numbers("calm")) == list(frame["replication"]) == list(range(10))


def test_values_are_read_one_column_at_a_time_when_there_are_many(run, monkeypatch):
    monkeypatch.setattr("simulator.results.run.AT_ONCE", 3)
    together = []
    read = query.values
    monkeypatch.setattr(
        "simulator.results.query.values", lambda *given: together.append(given[2]) or read(*given)
    )
    values = run.values("calm", ["made", "rate"])
    assert bits(next(values)) == bits(run.frame("calm")["made"])
    assert together == [["made"]]
    assert bits(next(values)) == bits(run.frame("calm")["rate"])


def test_a_column_that_a_block_does_not_have_is_empty_there(tmp_path, commit_rows):
    failed, good = commit_rows("calm", 4, 5), commit_rows("calm", 5, 8)
    made, rate = query.values(tmp_path, [failed, good, failed], ["made", "rate"])
    assert bits(made) == bits([np.nan, 5.0, 6.0, 7.0, np.nan])
    assert bits(rate) == bits(0.1 * np.array([4, 5, 6, 7, 4]))


def test_a_column_that_is_asked_for_twice_is_filled_twice(run):
    made, rate, again = run.values("calm", ["made", "rate", "made"])
    assert bits(again) == bits(made) == bits(run.frame("calm")["made"])
    assert bits(rate) == bits(run.frame("calm")["rate"])


def test_names_that_differ_in_capitals_are_different_columns(tmp_path):
    for part in ("runs", "weekly"):
        (tmp_path / part).mkdir()
    row = Outcome({"by.A": 1.0, "by.a": 2.0}, {"n": np.array([1])})
    other = Outcome({"by.A": 3.0, "by.a": 4.0}, {"n": np.array([1])})
    records = [
        commit(tmp_path, Rows("calm", first, (each,), {}), seconds_each=0.0)
        for first, each in enumerate((row, other))
    ]
    small, capital = query.values(tmp_path, records, ["by.a", "by.A"])
    assert (small.tolist(), capital.tolist()) == ([2.0, 4.0], [1.0, 3.0])


def test_more_files_than_are_opened_at_a_time_are_read_in_their_order(tmp_path, commit_rows, monkeypatch):
    monkeypatch.setattr(query, "FILES", 2)
    records = [commit_rows("calm", first, first + 1) for first in (5, 8, 6, 0, 7)]
    (rate,) = query.values(tmp_path, records, ["rate"])
    assert bits(rate) == bits(0.1 * np.array([5, 8, 6, 0, 7]))


@pytest.mark.parametrize(
    "harm", [lambda content: content[:-1] + b"?", lambda content: content[: len(content) // 2]]
)
def test_values_are_not_read_from_a_file_that_is_not_as_it_was_committed(run, harm):
    path = run.folder / run.manifest.of("calm")[1].runs.path
    path.write_bytes(harm(path.read_bytes()))
    with pytest.raises(ResultsError, match=rf"{path.name}: is damaged .*; run again to compute it anew"):
        list(run.values("calm", ["made"]))
    with pytest.raises(ResultsError, match=rf"{path.name}: is damaged .*; run again to compute it anew"):
        run.frame("calm")
    path.unlink()
    with pytest.raises(ResultsError, match=rf"{path.name}: is missing; run again to compute it anew"):
        list(run.values("calm", ["made"]))


def test_a_file_that_is_gone_is_called_missing_by_whatever_reads_it(run):
    path = run.folder / run.manifest.of("calm")[1].runs.path
    records = run.records("calm")
    path.unlink()
    told = rf"{path.name}: is missing; run again to compute it anew"
    with pytest.raises(ResultsError, match=told):
        query.columns(run.folder, [run.manifest.of("calm")[1]], weekly=False)
    with pytest.raises(ResultsError, match=told):
        query.values(run.folder, records, ["made"])


def test_a_flipped_bit_anywhere_in_a_file_keeps_its_values_from_being_read(run):
    path = run.folder / run.manifest.of("busy")[0].runs.path
    content = path.read_bytes()
    for place in range(0, len(content), 7):
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        with pytest.raises(ResultsError, match=r"is damaged|cannot be read"):
            list(replace(run).values("busy", ["rate"]))


def test_a_column_that_the_run_has_not_is_refused(run):
    with pytest.raises(ResultsError, match="the run has no column mad; nearest is made"):
        next(run.values("calm", ["mad"]))
    with pytest.raises(ResultsError, match="the run has no column mad; nearest is made"):
        run.frame("calm", ["mad"])


def test_a_frame_of_some_columns_has_these_the_keys_and_the_errors(run):
    whole = run.frame("calm")
    frame = run.frame("calm", ["made"])
    assert list(frame.columns) == ["scenario", "replication", "made", "error"]
    assert frame.equals(whole[list(frame.columns)])
    assert frame.attrs["units"] == {"made": "items"}


def test_packed_columns_come_back_and_those_of_another_file_are_refused():
    columns = (Column("rate", "1/h", "grösse"), Column("made", "items", "what was made"))
    content, digest = packed(columns)
    assert unpacked(content, digest) == columns
    with pytest.raises(ValueError, match="not those that were committed"):
        unpacked(content, packed(columns[:1])[1])
    with pytest.raises(ValueError, match=r"incorrect header|incomplete"):
        unpacked(b"", digest)
