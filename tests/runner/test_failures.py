"""Replications that fail: computed again when asked, and no more of them than a policy allows."""

import json
from pathlib import Path

import pytest

from simulator.errors import RunError
from simulator.results.stored_rows import rows_of
from simulator.results.tables import commit
from simulator.runner import blocks, execute, failures, run

OF_EIGHT = {2, 5, 6}


class Fragile:
    """What carries out replications, and fails at some of them; `asked` are the replications it was given."""

    def __init__(self, unfold):
        self.unfold, self.fails, self.asked = unfold, OF_EIGHT, []

    def __call__(self, experiment, scenario, draw, *, replication, engine):
        self.asked.append(replication)
        if replication in self.fails:
            raise OSError("no room")
        return self.unfold(experiment, scenario, draw, replication=replication, engine=engine)


@pytest.fixture
def fragile(monkeypatch):
    """Replications that fail, in blocks of three."""
    made = Fragile(execute.unfold)
    monkeypatch.setattr(blocks, "MOST", 3)
    monkeypatch.setattr(execute, "unfold", made)
    return made


def serial(experiment, folder, **changes):
    return run(experiment, results=folder, executor="serial", name="made", cross_checks=1, **changes)


def test_rows_that_are_read_and_committed_again_make_the_same_files(experiment, tmp_path, fragile):
    finished = serial(experiment, tmp_path)
    assert finished.failed
    for block in finished.manifest.blocks:
        again = commit(finished.folder, rows_of(finished.folder, block), seconds_each=block.seconds_each)
        assert (again.runs, again.weekly, again.failed) == (block.runs, block.weekly, block.failed)


def test_failed_replications_are_computed_again_and_only_these(experiment, tmp_path, fragile):
    first = serial(experiment, tmp_path / "a")
    assert (first.failed, first.failures("sure")) == (6, OF_EIGHT)
    fragile.fails, fragile.asked = {6}, []
    second = serial(experiment, tmp_path / "a", rerun_failed=True)
    assert sorted(fragile.asked) == [2, 2, 5, 5, 6, 6]
    assert second.failures("baseline") == {6}
    assert second.manifest.notes == ("6 replications that had failed were computed again: 2 failed again",)
    assert second.verify() == ()
    fragile.fails = set()
    third = serial(experiment, tmp_path / "a", rerun_failed=True)
    assert third.failed == 0
    undisturbed = serial(experiment, tmp_path / "b")
    assert third.content_hash == undisturbed.content_hash != second.content_hash
    listed = {each.path for block in third.manifest.blocks for each in (block.runs, block.weekly)}
    there = {path.relative_to(third.folder).as_posix() for path in third.folder.rglob("*/*.parquet")}
    assert {path for path in there if path.startswith(("runs", "weekly"))} == listed


def test_good_rows_are_kept_as_they_are_when_failed_ones_are_computed_again(experiment, tmp_path, fragile):
    first = serial(experiment, tmp_path)
    good = first.frame("sure").drop(index=sorted(OF_EIGHT))
    fragile.fails, fragile.asked = set(), []
    second = serial(experiment, tmp_path, rerun_failed=True)
    assert second.frame("sure").drop(index=sorted(OF_EIGHT)).equals(good)
    assert sorted(fragile.asked) == [2, 2, 5, 5, 6, 6]


def test_asking_for_failed_ones_again_says_so_when_there_are_none(experiment, tmp_path):
    serial(experiment, tmp_path)
    again = serial(experiment, tmp_path, rerun_failed=True)
    assert again.manifest.notes == ("no replication had failed: none was computed again",)


def test_a_run_that_fails_more_than_its_policy_allows_stops_once_that_is_certain(
    make_experiment, tmp_path, fragile
):
    strict = make_experiment(precision={"at_most": 40}, failures={"at_most": 0.05})
    with pytest.raises(
        RunError, match=r"baseline: 3 replications failed, more than .* of 0\.05 lets fail of 40"
    ):
        serial(strict, tmp_path)
    (path,) = tmp_path.glob("made/*/manifest.json")
    stored = json.loads(path.read_text())
    assert stored["status"] == "interrupted"
    done = sum(block["count"] for block in stored["blocks"] if block["scenario"] == "baseline")
    assert 7 <= done < 20
    fragile.asked = []
    with pytest.raises(RunError, match="baseline: 3 replications failed"):
        serial(strict, tmp_path)
    assert fragile.asked == []
    fragile.fails = set()
    finished = serial(strict, tmp_path, rerun_failed=True)
    assert (finished.failed, finished.replications) == (0, 40)


@pytest.mark.parametrize(("at_most", "tolerated"), [(0.375, True), (0.374, False), (0.0, False), (1.0, True)])
def test_a_share_of_the_replications_may_fail(make_experiment, tmp_path, fragile, at_most, tolerated):
    finished = serial(make_experiment(), tmp_path)
    lenient = make_experiment(failures={"at_most": at_most})
    again = serial(lenient, tmp_path)
    assert again.folder == finished.folder
    assert failures.tolerated(again) is tolerated


def test_without_a_policy_a_run_goes_on_to_its_end_and_no_failure_is_tolerated(
    make_experiment, tmp_path, fragile
):
    fragile.fails = set(range(100))
    finished = serial(make_experiment(), tmp_path)
    assert (finished.replications, finished.failed) == (8, 16)
    assert not failures.tolerated(finished)


def test_what_failed_is_told_with_how_to_see_the_first(experiment, tmp_path, fragile):
    finished = serial(experiment, tmp_path)
    line, _ = failures.told(finished)
    assert line.startswith("baseline: 3 of 8 replications failed; the first, replication 2, by ")
    assert line.endswith("--scenario baseline --replication 2")
    assert str(Path(finished.folder).name) in line
