"""A run that is asked to stop does so in good order, wherever it is; so does one whose disk is full."""

from dataclasses import replace

import pytest

from tests.faults import harness

SIGNALS = pytest.mark.parametrize(
    ("act", "name", "code"), [("interrupt", "SIGINT", 130), ("terminate", "SIGTERM", 143)]
)


def last(steps, name, before=None):
    """The number of the last step of a name, or the last before the first of another."""
    stop = len(steps) if before is None else steps.index(before)
    return max(number for number, step in enumerate(steps[:stop]) if step == name)


def moments(steps):
    """Steps of a run by what it is doing then."""
    return {
        "blocks": steps.index("weekly: half written"),
        "cross-check": last(steps, "manifest.json: half written", "summary.json: half written"),
        "finish": steps.index("summary.json: half written"),
        "last manifest": last(steps, "manifest.json: before it is renamed"),
    }


def ends_equal(warm, place, reference, command=harness.SERIAL):
    """Whether the command, given again, ends as if nobody had disturbed it, with nothing lost."""
    state = harness.committed(place)
    assert not state.faults
    assert warm.carry_out(place, *command).code == 0
    assert not harness.committed(place, state).faults
    assert not list(place.rglob("*.part"))
    return harness.hash_of(place) == reference.content_hash


@SIGNALS
@pytest.mark.parametrize("moment", ["blocks", "cross-check", "finish", "last manifest"])
def test_a_run_that_is_asked_to_stop_says_how_to_go_on(warm, reference, tmp_path, moment, act, name, code):
    ended = warm.carry_out(tmp_path, *harness.SERIAL, at=moments(reference.steps)[moment], act=act)
    assert ended.code == code
    line = ended.said.splitlines()[-1]
    assert line.startswith(f"simulator run: stopped by {name}")
    assert line.endswith("the same command goes on from there")
    assert "Traceback" not in ended.said
    assert '"interrupted"' in next(tmp_path.glob("results/*/*/manifest.json")).read_text()
    assert ends_equal(warm, tmp_path, reference)


@SIGNALS
def test_a_run_that_is_asked_to_stop_while_it_compiles_leaves_no_process(
    warm, reference, tmp_path, act, name, code
):
    ended = warm.carry_out(tmp_path, *harness.PROCESSES, while_compiling=True, act=act)
    assert ended.code == code
    assert ended.said.splitlines() == [
        f"simulator run: stopped by {name}; the same command goes on from there"
    ]
    assert not harness.gone(ended)
    assert ends_equal(warm, tmp_path, reference)


@pytest.mark.parametrize(
    "kind", ["experiment.yaml", "manifest.json", "plan", "runs", "weekly", "summary.json"]
)
def test_a_disk_that_is_full_ends_the_run_names_the_path_and_loses_nothing(warm, reference, tmp_path, kind):
    at = last(reference.steps, f"{kind}: half written")
    ended = warm.carry_out(tmp_path, *harness.SERIAL, at=at, act="full")
    assert ended.code == 2
    (line,) = ended.said.splitlines()
    assert kind in line
    assert ": cannot be written (No space left on device); make room or rights there, or name another" in line
    assert ends_equal(warm, tmp_path, reference)


def test_a_disk_that_is_full_for_a_worker_ends_the_run_and_loses_nothing(warm, reference, tmp_path):
    assert warm.carry_out(tmp_path, *harness.SERIAL).code == 0
    more = (*harness.PROCESSES, "--replications", "256")
    ended = warm.carry_out(tmp_path, *more, largest_file=8_000, rows=256)
    assert ended.code == 2
    assert "/runs/" in ended.said or "/weekly/" in ended.said
    assert "cannot be written (File too large)" in ended.said
    assert not harness.gone(ended)
    # small blocks may have been committed before the first that did not fit
    (tmp_path / "whole").mkdir()
    assert warm.carry_out(tmp_path / "whole", *more).code == 0
    whole = replace(reference, content_hash=harness.hash_of(tmp_path / "whole"))
    assert ends_equal(warm, tmp_path, whole, more)


@pytest.mark.parametrize("place", ["file/results", "/proc/results"])
def test_a_folder_that_cannot_be_written_is_named_and_nothing_is_run(folder, simulator, place):
    (folder / "file").write_text("")
    outcome = simulator("run", "workshop.yaml", "--executor", "serial", "--results", place)
    assert outcome.code == 2
    (line,) = outcome.faults
    assert f"{place}/workshop/" in line
    assert ": cannot be written (" in line
