import math
from dataclasses import replace

import pytest

from simulator.errors import ConfigError, ResultsError, RunError
from simulator.results import folder as results_folder
from simulator.results import manifest, tables
from simulator.results.meanings import Column
from simulator.results.tables import Outcome, Rows
from simulator.runner import merge, open_results, replay, run, stored_plan
from simulator.runner.stretch import Stretch

DESIGNS = {
    "random": {"kind": "random"},
    "sobol": {"kind": "sobol", "scrambles": 4},
    "latin_hypercube": {"kind": "latin_hypercube"},
}


@pytest.fixture
def parts_of(tmp_path):
    """Return a function that computes an experiment in blocks, and gives their folders."""

    def compute(experiment, *numbers, of=3, replications=24, results="parts", **more):
        return [
            run(
                experiment,
                replications=replications,
                block=f"{number}/{of}",
                executor="serial",
                results=tmp_path / results,
                **more,
            ).folder
            for number in numbers
        ]

    return compute


def rewritten(folder, **changes):
    """Replace parts of a manifest."""
    results_folder.save(folder, replace(manifest.read(folder), **changes))
    return folder


@pytest.mark.parametrize("total", [3, 7, 24, 100])
@pytest.mark.parametrize("of", [1, 2, 3])
def test_stretches_have_every_replication_once(total, of):
    stretches = [Stretch(number, of).replications(total) for number in range(1, of + 1)]
    assert [replication for stretch in stretches for replication in stretch] == list(range(total))
    assert max(map(len, stretches)) - min(map(len, stretches)) <= 1


@pytest.mark.parametrize("design", DESIGNS)
def test_blocks_computed_apart_make_the_run_that_was_never_cut(
    make_experiment, parts_of, tmp_path, monkeypatch, design
):
    monkeypatch.setattr(stored_plan, "PIECE", 10)  # so that pieces of the plan reach over blocks
    experiment = make_experiment(design=DESIGNS[design])
    whole = run(experiment, replications=24, executor="serial", results=tmp_path / "whole")
    merged = merge(parts_of(experiment, 3, 1, 2), results=tmp_path / "merged")
    assert merged.missing == ()
    assert merged.run.complete
    assert merged.run.content_hash == whole.content_hash
    assert merged.run.verify() == ()
    assert merged.run.frame().equals(whole.frame())
    assert merged.run.folder == tmp_path / "merged" / experiment.name / whole.manifest.digest
    paths = (replay(each, scenario="baseline", replication=17).tobytes() for each in (merged.run, whole))
    assert len(set(paths)) == 1
    reopened = open_results(experiment.name, tmp_path / "merged")
    assert reopened.manifest == merged.run.manifest


def test_a_merged_run_is_finished_and_goes_on(experiment, parts_of, tmp_path):
    merged = merge(parts_of(experiment, 1, 2, 3), results=tmp_path / "merged")
    again = run(experiment, replications=24, executor="serial", results=tmp_path / "merged")
    assert again.manifest.blocks == merged.run.manifest.blocks
    longer = run(experiment, replications=40, executor="serial", results=tmp_path / "merged")
    whole = run(experiment, replications=40, executor="serial", results=tmp_path / "whole")
    assert longer.content_hash == whole.content_hash


def test_a_block_that_is_missing_is_named_and_can_be_added_or_computed_there(experiment, parts_of, tmp_path):
    first, last = parts_of(experiment, 1, 3)
    merged = merge([first, last], results=tmp_path / "merged")
    assert not merged.run.complete
    assert merged.missing == (
        "baseline: replications 8 to 15 of 24",
        "sure: replications 8 to 15 of 24",
    )
    rest = merge(parts_of(experiment, 2), results=tmp_path / "merged")
    whole = run(experiment, replications=24, executor="serial", results=tmp_path / "whole")
    assert rest.missing == ()
    assert rest.run.content_hash == whole.content_hash

    merge([first, last], results=tmp_path / "other")
    filled = run(experiment, replications=24, executor="serial", results=tmp_path / "other")
    assert filled.content_hash == whole.content_hash


def test_merging_twice_changes_nothing(experiment, parts_of, tmp_path):
    parts = parts_of(experiment, 1, 2, 3)
    once = merge(parts, results=tmp_path / "merged").run.manifest
    twice = merge(parts, results=tmp_path / "merged").run.manifest
    assert twice == once


def test_extending_a_merged_run_by_larger_blocks_is_another_look(experiment, parts_of, tmp_path):
    once = merge(parts_of(experiment, 1, 2, 3), results=tmp_path / "merged").run
    longer = parts_of(experiment, 1, 2, 3, replications=36, results="longer")
    rest = [part for part in longer if part.name.endswith("3-of-3")]
    lacking = merge(rest, results=tmp_path / "merged")
    assert lacking.missing == ()
    assert lacking.run.manifest.answers == (24,)
    assert lacking.run.confidence > once.confidence
    whole = run(experiment, replications=36, executor="serial", results=tmp_path / "whole")
    assert lacking.run.content_hash == whole.content_hash


def test_cross_checks_and_seconds_of_the_parts_are_those_of_the_run(experiment, parts_of, tmp_path):
    parts = parts_of(experiment, 1, 2, 3)
    merged = merge(parts, results=tmp_path / "merged").run.manifest
    each = [manifest.read(part) for part in parts]
    assert len(merged.cross_checks) == sum(len(part.cross_checks) for part in each) > 0
    assert merged.times["seconds"] == pytest.approx(sum(part.times["seconds"] for part in each), abs=0.002)


def test_a_replication_has_the_plan_of_the_part_that_computed_it(experiment, parts_of, tmp_path):
    parts = parts_of(experiment, 1, 2, 3)
    second = manifest.read(parts[1])
    columns, values = results_folder.read_plan(parts[1], 0)
    piece = results_folder.save_plan(parts[1], 0, columns, values + 1e-9)
    rewritten(parts[1], plan=(piece,))
    assert second.block == "2/3"
    merged = merge(parts, results=tmp_path / "merged").run
    joined = results_folder.read_plan(merged.folder, 0, merged.manifest.plan[0])[1]
    expected = values.copy()
    expected[8:16] += 1e-9
    assert joined[:24].tobytes() == expected[:24].tobytes()


def test_a_part_with_a_damaged_file_is_refused(experiment, parts_of, tmp_path):
    parts = parts_of(experiment, 1, 2, 3)
    stored = parts[1] / manifest.read(parts[1]).blocks[0].runs.path
    stored.write_bytes(stored.read_bytes()[:-1])
    with pytest.raises(ResultsError, match=rf"{stored.name}: is missing or damaged; run that block again"):
        merge(parts, results=tmp_path / "merged")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"seed": 8}, "has seed 8 and .* has 7"),
        ({"replications": 12}, "has replications 12 and .* has 24"),
        ({"engine": "reference"}, "has engine reference"),
    ],
)
def test_folders_that_are_not_parts_of_one_run_are_refused(
    make_experiment, parts_of, tmp_path, changes, told
):
    mine = parts_of(make_experiment(), 1)
    seed = {"seed": changes["seed"]} if "seed" in changes else {}
    asked = {name: value for name, value in changes.items() if name != "seed"}
    others = parts_of(make_experiment(**seed), 2, results="others", **asked)
    with pytest.raises(ResultsError, match=told):
        merge([*mine, *others], results=tmp_path / "merged")
    assert not (tmp_path / "merged").exists()


def test_parts_made_by_other_sources_are_refused(experiment, parts_of, tmp_path):
    parts = parts_of(experiment, 1, 2, 3)
    rewritten(parts[2], code="0" * 32)
    with pytest.raises(ResultsError, match=r"has code 0000.* not parts of one run"):
        merge(parts, results=tmp_path / "merged")
    merge(parts[:2], results=tmp_path / "merged")
    with pytest.raises(ResultsError, match="has rows that other sources of the simulator made"):
        merge(parts[2:], results=tmp_path / "merged")


def test_of_blocks_that_overlap_one_is_taken_whatever_the_order(experiment, parts_of, tmp_path):
    thirds, halves = parts_of(experiment, 1), parts_of(experiment, 1, of=2, results="halves")
    one = merge([*thirds, *halves], results=tmp_path / "one")
    other = merge([*halves, *thirds], results=tmp_path / "other")
    assert one.missing == other.missing
    assert {block.runs for block in one.run.manifest.blocks} == {
        block.runs for block in other.run.manifest.blocks
    }


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_jobs_that_were_extended_are_merged_in_any_order(experiment, parts_of, tmp_path, order):
    parts_of(experiment, 1, 2, 3)
    longer = parts_of(experiment, 1, 2, 3, replications=48)
    merged = merge([longer[place] for place in order], results=tmp_path / "merged")
    whole = run(experiment, replications=48, executor="serial", results=tmp_path / "whole")
    assert merged.missing == ()
    assert merged.run.content_hash == whole.content_hash


def with_failure(folder):
    """Put rows of which one failed in the place of the first block of a part; return what was there."""
    contents = manifest.read(folder)
    sound = contents.blocks[0]
    frame = tables.read(folder / sound.runs.path).to_pandas()
    names = [name for name in frame if name not in ("scenario", "replication", "error")]
    outcomes = [Outcome(dict(zip(names, row, strict=True)), {}) for row in frame[names].to_numpy().tolist()]
    failed = Outcome(dict.fromkeys(names, math.nan), {}, "RunError: the disk was full")
    rows = Rows(sound.scenario, sound.first, (failed, *outcomes[1:]), {name: Column(name) for name in names})
    record = tables.commit(folder, rows, seconds_each=0.01)
    rewritten(folder, blocks=(record, *contents.blocks[1:]))
    return contents


def test_rows_that_were_computed_again_take_the_place_of_those_that_failed(experiment, parts_of, tmp_path):
    parts = parts_of(experiment, 1, 2, 3)
    sound = with_failure(parts[1])
    first = merge(parts, results=tmp_path / "merged").run
    assert first.failed == 1
    results_folder.save(parts[1], sound)
    again = merge(parts, results=tmp_path / "merged").run
    whole = run(experiment, replications=24, executor="serial", results=tmp_path / "whole")
    assert again.failed == 0
    assert again.content_hash == whole.content_hash


def test_blocks_of_the_same_replications_with_other_rows_are_refused(experiment, parts_of, tmp_path):
    mine, theirs = parts_of(experiment, 1), parts_of(experiment, 1, results="others")
    block = manifest.read(theirs[0]).blocks[0]
    frame = tables.read(theirs[0] / block.runs.path).to_pandas()
    names = [name for name in frame if name not in ("scenario", "replication", "error")]
    outcomes = tuple(
        Outcome(dict(zip(names, row, strict=True)), {}) for row in (1 + frame[names]).to_numpy().tolist()
    )
    rows = Rows(block.scenario, block.first, outcomes, {name: Column(name) for name in names})
    record = tables.commit(theirs[0], rows, seconds_each=0.01)
    rewritten(theirs[0], blocks=(record, *manifest.read(theirs[0]).blocks[1:]))
    with pytest.raises(ResultsError, match="has other rows of baseline, replications 0 to"):
        merge([*mine, *theirs], results=tmp_path / "merged")
    assert not (tmp_path / "merged" / experiment.name).exists()


def test_a_part_that_found_the_engines_to_differ_is_told(experiment, parts_of, tmp_path):
    parts = parts_of(experiment, 1, 2, 3)
    checks = manifest.read(parts[2]).cross_checks
    differs = replace(checks[0], equal=False, difference="at row 7")
    rewritten(parts[2], cross_checks=(differs, *checks[1:]))
    with pytest.raises(RunError, match="the compiled engine differs from the reference engine at row 7"):
        merge(parts, results=tmp_path / "merged")


def test_a_run_that_holds_the_folder_is_not_disturbed(experiment, parts_of, tmp_path):
    from simulator.results import atomic

    parts = parts_of(experiment, 1, 2, 3)
    folder = tmp_path / "merged" / experiment.name / manifest.read(parts[0]).digest
    folder.mkdir(parents=True)
    with atomic.locked(folder), pytest.raises(ResultsError, match="runs in this folder; wait for it"):
        merge(parts, results=tmp_path / "merged")


def test_nothing_to_merge_is_refused():
    with pytest.raises(ResultsError, match="nothing to merge"):
        merge([])


@pytest.mark.parametrize("written", ["", "3", "0/3", "4/3", "1/0", "a/b", "1/3 ", "-1/3", "1/1234567"])
def test_a_block_that_is_none_of_n_is_refused(experiment, tmp_path, written):
    with pytest.raises(ConfigError, match=r"^block: is '.*'; give I/N, such as 1/16 to 16/16"):
        run(experiment, block=written, results=tmp_path)


def test_more_blocks_than_replications_are_refused(experiment, tmp_path):
    with pytest.raises(ConfigError, match=r"^block: cuts 8 replications into 9; give at most 8"):
        run(experiment, block="1/9", replications=8, results=tmp_path)


def test_blocks_are_not_taken_for_runs(experiment, parts_of, tmp_path):
    parts_of(experiment, 1, 2)
    with pytest.raises(ResultsError, match=r"has 2 blocks of a run; simulator merge .*block-"):
        open_results(experiment.name, tmp_path / "parts")
