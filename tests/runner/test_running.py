import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from simulator import config
from simulator.errors import ConfigError, ResultsError
from simulator.responses import response, restored_register
from simulator.results import atomic
from simulator.runner import blocks, provenance, run

CHILD = """
import sys
from pathlib import Path
from simulator import config
from simulator.runner import blocks, run
blocks.SECONDS = 0.001
run(config.load(sys.argv[1]), results=sys.argv[2], executor="serial", replications=60, name="made",
    progress=lambda progress: print(progress.done, flush=True))
"""
OWN_RESPONSE = """
from simulator.responses import response

@response(unit="lines", description="Lines there are")
def line_count(path, system):
    return len(system.lines)
"""


def serial(experiment, folder, **changes):
    return run(experiment, results=folder, executor="serial", name="made", **changes)


def frame_bytes(finished):
    frame = finished.frame()
    return frame.to_csv().encode(), finished.weekly().to_csv().encode()


def test_rows_are_the_same_for_any_workers_blocks_and_executor(experiment, tmp_path, monkeypatch):
    runs = [serial(experiment, tmp_path / "serial")]
    for workers, seconds in ((1, 0.03), (2, 0.001)):
        monkeypatch.setattr(blocks, "SECONDS", seconds)
        runs.append(run(experiment, results=tmp_path / f"{workers}-{seconds}", workers=workers, name="made"))
    assert len({len(each.manifest.blocks) for each in runs}) > 1, "all runs had the same blocks"
    assert len({each.content_hash for each in runs}) == 1
    assert len({frame_bytes(each) for each in runs}) == 1
    assert all(each.replications == 8 and each.failed == 0 for each in runs)


@pytest.mark.parametrize("design", [{"kind": "random"}, {"kind": "sobol", "scrambles": 4}])
def test_a_run_that_is_extended_ends_as_if_all_had_been_asked_for_at_once(make_experiment, tmp_path, design):
    asked = make_experiment(design=design)
    short = serial(asked, tmp_path / "a", replications=8)
    first = short.frame("baseline")
    longer = serial(asked, tmp_path / "a", replications=12)
    assert longer.frame("baseline").head(8).equals(first)
    at_once = serial(asked, tmp_path / "b", replications=12)
    assert longer.content_hash == at_once.content_hash != short.content_hash
    assert longer.manifest.blocks[: len(short.manifest.blocks)] == short.manifest.blocks


def test_asking_again_or_for_fewer_computes_and_writes_nothing(experiment, tmp_path):
    finished = serial(experiment, tmp_path)
    before = {path: path.stat().st_mtime_ns for path in finished.folder.rglob("*.*") if path.suffix}
    assert serial(experiment, tmp_path).content_hash == finished.content_hash
    assert serial(experiment, tmp_path, replications=3).replications == 8
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_scenarios_can_be_run_one_after_the_other(experiment, tmp_path):
    first = serial(experiment, tmp_path / "a", scenarios=["sure"])
    assert first.scenarios == ("sure",)
    both = serial(experiment, tmp_path / "a")
    assert both.scenarios == ("baseline", "sure")
    assert both.content_hash == serial(experiment, tmp_path / "b").content_hash


def test_a_run_that_is_killed_goes_on_where_it_was_and_ends_the_same(experiment, tmp_path):
    document = tmp_path / "made.yaml"
    document.write_text(config.resolved(experiment))
    command = [sys.executable, "-c", CHILD, str(document), str(tmp_path / "killed")]
    kept: dict[Path, int] = {}
    for enough in (3, 50):
        child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        for line in child.stdout:
            if int(line) >= enough:
                break
        child.kill()
        child.communicate()
        assert all(path.stat().st_mtime_ns == when for path, when in kept.items()), "a block was recomputed"
        (manifest,) = (tmp_path / "killed").glob("made/*/manifest.json")
        written = json.loads(manifest.read_text())
        assert written["status"] == "running"
        kept = {
            path: path.stat().st_mtime_ns
            for path in (manifest.parent / block["runs"]["path"] for block in written["blocks"])
        }
        assert sum(block["count"] for block in written["blocks"]) >= enough
    finished = run(experiment, results=tmp_path / "killed", name="made", workers=2, replications=60)
    assert all(path.stat().st_mtime_ns == when for path, when in kept.items())
    assert finished.complete
    undisturbed = serial(experiment, tmp_path / "undisturbed", replications=60)
    assert finished.content_hash == undisturbed.content_hash
    assert finished.verify() == ()
    assert not list(finished.folder.rglob("*.part"))


def test_an_interrupted_run_keeps_what_is_committed(experiment, tmp_path, monkeypatch):
    monkeypatch.setattr(blocks, "SECONDS", 0.001)

    def stop(progress):
        if progress.done >= 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(experiment, results=tmp_path, workers=2, name="made", progress=stop)
    (manifest,) = tmp_path.glob("made/*/manifest.json")
    assert json.loads(manifest.read_text())["status"] == "interrupted"
    assert sum(block["count"] for block in json.loads(manifest.read_text())["blocks"]) >= 6
    finished = serial(experiment, tmp_path)
    assert finished.content_hash == serial(experiment, tmp_path / "other").content_hash


def test_a_second_run_in_a_folder_is_refused_at_once(experiment, tmp_path):
    folder = serial(experiment, tmp_path).folder
    with (
        atomic.locked(folder),
        pytest.raises(ResultsError, match=f"process {os.getpid()} runs in this folder"),
    ):
        serial(experiment, tmp_path)


@pytest.mark.parametrize("place", ["file/results", "/proc/results"])
def test_a_results_folder_that_cannot_be_written_is_named(experiment, tmp_path, place):
    (tmp_path / "file").write_text("")
    with pytest.raises(ResultsError, match=r"results/made/.*: cannot be written .*name another folder"):
        serial(experiment, tmp_path / place)


def test_a_disk_that_fills_up_ends_the_run_and_loses_no_committed_block(experiment, tmp_path, monkeypatch):
    monkeypatch.setattr(blocks, "SECONDS", 0.001)
    write = atomic.write

    def small_disk(path, content):
        if len(list(tmp_path.rglob("runs/*.parquet"))) >= 3 and path.suffix == ".parquet":
            raise atomic.unwritable(path, OSError(28, "No space left on device"))
        write(path, content)

    monkeypatch.setattr(atomic, "write", small_disk)
    with pytest.raises(
        ResultsError, match=r"/weekly/.*parquet: cannot be written \(No space left on device\)"
    ):
        serial(experiment, tmp_path)
    monkeypatch.setattr(atomic, "write", write)
    finished = serial(experiment, tmp_path)
    assert finished.verify() == ()
    assert finished.content_hash == serial(experiment, tmp_path / "other").content_hash


def test_a_damaged_block_is_computed_again(experiment, tmp_path):
    finished = serial(experiment, tmp_path)
    damaged = finished.folder / finished.manifest.blocks[0].runs.path
    content = damaged.read_bytes()
    damaged.write_bytes(content[:100])
    assert finished.verify() != ()
    again = serial(experiment, tmp_path)
    assert damaged.read_bytes() == content
    assert again.content_hash == finished.content_hash
    assert again.verify() == ()


def test_rows_of_other_sources_are_set_aside_and_never_added_to(experiment, tmp_path, monkeypatch):
    old = serial(experiment, tmp_path)
    monkeypatch.setattr(provenance, "code", lambda: "other")
    new = serial(experiment, tmp_path)
    assert new.folder == old.folder
    assert new.manifest.code == "other"
    assert (old.folder.with_name(f"{old.folder.name}.1") / "manifest.json").exists()


def test_the_fingerprint_of_the_sources_changes_with_a_response_of_the_users():
    before = provenance.code()
    with restored_register():

        @response(unit="items")
        def mine(path, system):
            """A response of the user's."""
            return 1

        assert provenance.code() != before
    assert provenance.code() == before


def test_a_latin_hypercube_cannot_be_extended_and_says_so(make_experiment, tmp_path):
    asked = make_experiment(design={"kind": "latin_hypercube"})
    serial(asked, tmp_path, replications=4)
    with pytest.raises(
        ResultsError, match="Latin hypercube of 4 replications, which cannot be extended; give 4"
    ):
        serial(asked, tmp_path, replications=8)


def test_replications_are_rounded_up_to_the_scrambles_and_that_is_said(make_experiment, tmp_path):
    finished = serial(make_experiment(design={"kind": "sobol", "scrambles": 4}), tmp_path, replications=5)
    assert finished.replications == 8
    assert finished.manifest.notes == ("8 replications and not 5, as many in each of the 4 scrambles",)


def test_a_run_without_results_folder_lasts_as_long_as_its_value(experiment):
    finished = run(experiment, results=None, executor="serial", replications=1)
    folder = finished.folder
    assert folder.exists()
    del finished
    assert not folder.exists()


def test_progress_is_told_of_every_block(experiment, tmp_path):
    told = []
    finished = serial(experiment, tmp_path, progress=told.append)
    told = [each for each in told if not each.to_repeat]
    assert len(told) == len(finished.manifest.blocks)
    assert [each.done for each in told] == sorted({each.done for each in told})
    last = told[-1]
    assert (last.done, last.total, last.failed, last.seconds_left) == (16, 16, 0, 0.0)
    assert last.scenarios == {"baseline": 8, "sure": 8}
    assert (last.look, last.looks) == (1, 1)
    assert last.per_second > 0


def test_the_manifest_says_what_the_run_was_made_with(experiment, tmp_path):
    finished = serial(experiment, tmp_path)
    manifest = json.loads((finished.folder / "manifest.json").read_text())
    assert (manifest["status"], manifest["seed"], manifest["engine"]) == ("complete", 7, "compiled")
    assert {"simulator", "contract", "python", "numpy", "scipy", "simpy", "numba"} <= set(
        manifest["versions"]
    )
    assert "unknown" not in manifest["versions"].values()
    assert manifest["content_hash"] == finished.content_hash
    assert manifest["machine"]["cpus"] >= 1
    assert (finished.folder / "experiment.yaml").read_text() == config.resolved(experiment)
    summary = json.loads((finished.folder / "summary.json").read_text())
    assert set(summary["scenarios"]["sure"]["claims"]["many"]) == {"probability", "low", "high", "term", "n"}


def test_responses_of_the_users_are_measured_by_workers_that_can_import_them(
    experiment, tmp_path, monkeypatch, caplog
):
    (tmp_path / "own_responses.py").write_text(OWN_RESPONSE)
    monkeypatch.syspath_prepend(tmp_path)
    with restored_register():
        import own_responses

        assert own_responses
        finished = run(experiment, results=tmp_path, workers=2, name="made", replications=2)
    assert set(finished.frame("sure")["line_count"]) == {4.0}
    assert finished.columns["line_count"].description == "Lines there are"
    (note,) = finished.manifest.notes
    assert note == "line_count: plain Python and not compiled, so measured more slowly than other responses"
    assert [(each.levelname, each.message) for each in caplog.records if each.message == note] == [
        ("WARNING", note)
    ]


def test_nothing_is_said_of_plain_python_where_nothing_is_compiled(experiment, tmp_path):
    with restored_register():

        @response(unit="lines")
        def lines_there_are(path, system):
            return len(system.lines)

        by_reference = serial(experiment, tmp_path, replications=1, engine="reference")
    assert by_reference.frame("sure")["lines_there_are"].tolist() == [4.0]
    assert by_reference.manifest.notes == ()
    assert serial(experiment, tmp_path, replications=1).manifest.notes == ()


def test_responses_that_workers_cannot_import_are_measured_in_this_process(experiment, tmp_path):
    with restored_register():

        @response(unit="processes")
        def process(path, system):
            """The process that measures."""
            return os.getpid()

        finished = run(experiment, results=tmp_path, workers=2, name="made", replications=2)
    assert set(finished.frame()["process"]) == {float(os.getpid())}
    slower, note = finished.manifest.notes
    assert slower.startswith("process: plain Python")
    assert note.startswith("one process and not several: workers cannot import the responses process")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"replications": 0}, "replications: is 0; give 1 or more"),
        ({"replications": 10**12}, "replications: is 1,000,000,000,000; give from 1 to"),
        ({"workers": 0}, "workers: is 0; give 1 or more"),
        ({"cross_checks": 0}, "cross_checks: is 0; give 1 or more"),
        ({"executor": "treads"}, "executor: is treads; .*give one of processes, serial, dask"),
        ({"cross_checks": 1.5}, r"^cross_checks: is 1\.5; give a whole number, 1 or more$"),
        ({"cross_checks": None}, "^cross_checks: is None; give a whole number, 1 or more$"),
        ({"replications": "8"}, "^replications: is '8'; give a whole number, 1 or more$"),
        ({"engine": "fast"}, "engine: is fast; .*give one of auto"),
        ({"engine": None}, "^engine: is None; give one of auto, "),
        ({"engine": ""}, "^engine: is ''; give one of auto, "),
        ({"name": 5}, "^name: is 5; give at most 64"),
        ({"name": "../up"}, "name: is '../up'; give at most 64"),
        ({"scenarios": ["baselin"]}, "scenarios: names baselin, which does not exist; nearest is baseline"),
        ({"scenarios": []}, "scenarios: is empty; give one of baseline, sure"),
    ],
)
def test_what_cannot_be_run_is_refused_with_nothing_written(experiment, tmp_path, changes, told):
    arguments = {"name": "made", "executor": "serial", **changes}
    with pytest.raises(ConfigError, match=told):
        run(experiment, results=tmp_path / "results", **arguments)
    assert list(tmp_path.iterdir()) == []


def test_an_experiment_that_is_wrong_is_refused_with_nothing_written(make_experiment, tmp_path):
    claim = {"quantity": "made", "materials": ["shel"], "at_least": 1}
    horizon = make_experiment().horizon
    wrong = make_experiment(claims={"many": {**claim, "from": horizon.start, "by": horizon.start}})
    with pytest.raises(ConfigError, match=r"claims\.many.*shel"):
        serial(wrong, tmp_path / "results")
    assert list(tmp_path.iterdir()) == []


def test_a_factor_cannot_have_the_name_of_a_column_of_every_row(make_experiment, tmp_path):
    factor = {"distribution": {"uniform": {"low": 1.0, "high": 2.0}}, "scales": ["plants.roles.filling.rate"]}
    wrong = make_experiment(factors={"error": factor}, derived={}, scenarios={"baseline": {}})
    with pytest.raises(
        ConfigError, match=r"factors\.error: has the name of a column of every row; give any but"
    ):
        serial(wrong, tmp_path)


def test_a_run_without_a_name_takes_the_words_of_the_title(experiment, tmp_path):
    finished = run(experiment, results=tmp_path, executor="serial", replications=1)
    assert finished.folder.parent == tmp_path / "how_many_shells"
