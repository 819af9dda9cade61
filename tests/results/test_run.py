from dataclasses import replace

import numpy as np
import pytest

from simulator.errors import ResultsError
from simulator.results.hashing import content_hash
from simulator.results.run import Run


def test_a_frame_has_the_rows_by_scenario_and_replication(run):
    frame = run.frame()
    assert list(frame.columns) == ["scenario", "replication", "rate", "made", "error"]
    assert list(frame["scenario"]) == ["calm"] * 10 + ["busy"] * 7
    assert list(frame["replication"]) == [*range(10), *range(7)]
    assert frame["rate"].to_numpy()[:10].tobytes() == (0.1 * np.arange(10)).tobytes()


def test_a_failed_replication_is_a_row_with_its_error_and_no_response(run):
    frame = run.frame("calm")
    failed = frame[frame["error"] != ""]
    assert list(failed["replication"]) == [4, 9]
    assert failed["made"].isna().all()
    assert failed["error"].iloc[0] == "ModelError: no 4, 'quoted', =1+1"
    assert run.failed == 3


def test_units_and_descriptions_go_with_a_frame(run):
    assert run.frame("busy").attrs["units"] == {"rate": "1/h", "made": "items"}
    assert run.frame("busy").attrs["descriptions"]["made"] == "what was made"
    assert run.columns["rate"].unit == "1/h"


def test_weeks_are_rows_of_the_replications_that_did_not_fail(run):
    weekly = run.weekly("busy")
    assert list(weekly.columns) == ["scenario", "replication", "week", "made"]
    assert list(weekly["replication"].unique()) == [0, 1, 2, 3, 5, 6]
    assert list(weekly.loc[weekly["replication"] == 3, "made"]) == [3, 6, -3]
    assert list(run.series) == ["made"]


def test_a_run_has_as_many_replications_as_its_shortest_scenario(run):
    assert (run.scenarios, run.replications) == (("calm", "busy"), 7)


def test_a_scenario_that_does_not_exist_is_refused_with_the_nearest(run):
    with pytest.raises(ResultsError, match="has no scenario calmm; nearest is calm; give one of calm, busy"):
        run.frame("calmm")


def test_a_run_without_replications_says_so(run):
    empty = replace(run, manifest=replace(run.manifest, blocks=()))
    assert empty.replications == 0
    with pytest.raises(ResultsError, match="has no replications yet"):
        empty.frame()


def confidence(run, **changes):
    return replace(run, manifest=replace(run.manifest, **changes)).confidence


def test_the_error_of_intervals_is_split_over_the_looks(run):
    assert run.confidence == pytest.approx(0.96)
    assert confidence(run, looks=5) == pytest.approx(0.992)


def test_what_the_first_answer_leaves_of_the_error_is_spent_on_extensions(run):
    errors = [1 - confidence(run, answers=(100,) * extensions) for extensions in range(400)]
    assert errors[:4] == pytest.approx([0.04, 0.005, 0.01 / 6, 0.01 / 12])
    assert 0.0499 < sum(errors) < 0.05
    assert 1 - confidence(run, looks=4, answers=(100,)) == pytest.approx(0.005 / 4)


def test_verify_finds_a_file_that_was_changed(run):
    assert run.verify() == ()
    path = run.folder / run.manifest.blocks[1].weekly.path
    path.write_bytes(path.read_bytes() + b" ")
    assert run.verify() == (f"{path}: is missing, damaged or another file",)


def test_verify_finds_rows_that_are_not_those_of_the_content_hash(run):
    right = content_hash(run.folder, run.records())
    assert replace(run, manifest=replace(run.manifest, content_hash=right)).verify() == ()
    wrong = replace(run, manifest=replace(run.manifest, content_hash="0" * 64))
    assert "do not have the content hash" in wrong.verify()[0]


def test_a_run_tells_what_it_is_and_escapes_it_for_a_page(run: Run):
    assert repr(run).startswith("Run of made_up: 2 scenarios of 7 replications, 3 failed, complete, in ")
    assert ">How &lt;many&gt;?</td>" in run._repr_html_()


def test_a_row_is_what_the_frame_has_of_a_replication(run):
    frame = run.frame("calm")
    good = sorted(set(range(10)) - run.failures("calm"))
    assert good[0] < 6 <= good[-1], "a block is not asked"
    for number in good:
        row = run.row("calm", number)
        stored = frame[frame["replication"] == number].iloc[0]
        assert row.keys() == run.columns.keys()
        assert repr(row) == repr({name: float(stored[name]) for name in row})


def test_a_replication_that_failed_or_was_not_run_has_no_row(run):
    frame = run.frame()
    failed = {(each.scenario, each.replication) for each in frame[frame["error"] != ""].itertuples()}
    assert failed == {(name, number) for name in run.scenarios for number in run.failures(name)}
    assert failed
    assert all(run.row(*each) is None for each in failed)
    assert run.row("calm", 10_000) is None
    assert run.row("nowhere", 0) is None


def test_a_run_below_the_current_folder_says_where_from_there(run: Run, monkeypatch):
    monkeypatch.chdir(run.folder.parent)
    assert repr(run).endswith(f", in {run.folder.name}")
    assert f">{run.folder.name}</td>" in run._repr_html_()


def test_counts_by_week_are_those_of_the_frame_without_what_failed(run):
    for scenario in run.scenarios:
        (counts,) = run.by_week(scenario, ["made"])
        frame = run.weekly(scenario)
        assert counts.shape == (frame["replication"].nunique(), 3)
        assert counts.ravel().tolist() == frame["made"].tolist()


def test_a_series_that_is_not_counted_is_refused(run):
    with pytest.raises(ResultsError, match="the run counts no mde by week; nearest is made"):
        next(run.by_week("calm", ["mde"]))


def test_weeks_of_a_damaged_file_are_refused(run):
    path = run.folder / run.records("calm")[0].weekly.path
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(ResultsError, match="damaged"):
        next(run.by_week("calm", ["made"]))
