import json
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.errors import ResultsError
from simulator.results import folder as results_folder
from simulator.results import manifest
from simulator.results.manifest import CrossCheck


def test_a_manifest_comes_back_as_it_was_written(run):
    results_folder.save(run.folder, run.manifest)
    assert manifest.read(run.folder) == run.manifest


def test_missing_replications_are_the_gaps_between_blocks(run):
    assert run.manifest.missing("calm", range(10)) == []
    assert run.manifest.missing("calm", range(12)) == [range(10, 12)]
    assert run.manifest.missing("busy", range(9)) == [range(7, 9)]
    assert run.manifest.missing("new", range(3)) == [range(3)]
    without = replace(run.manifest, blocks=run.manifest.blocks[:2])
    assert without.missing("calm", range(12)) == [range(6), range(10, 12)]
    assert without.missing("calm", range(4)) == [range(4)]
    assert without.missing("calm", range(3, 12)) == [range(3, 6), range(10, 12)]
    assert without.missing("calm", range(7, 11)) == [range(10, 11)]


def test_blocks_of_a_scenario_are_given_by_replication(run):
    assert [block.first for block in run.manifest.of("calm")] == [0, 6]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "is damaged"),
        ("[]", "is no manifest"),
        ("{}", "is no manifest"),
        ('{"format": 1}', "was written by another version of the simulator"),
        ('{"format": 4}', "was written by another version of the simulator"),
        ('{"format": 3, "seal": "", "blocks": []}', "is damaged"),
        ('{"format": 3, "seal": "", "blocks": [{}]}', "is damaged"),
        ('{"format": 3, "seal": "", "blocks": 3}', "is damaged"),
        ('{"format": 3}', "is damaged"),
    ],
)
def test_a_manifest_that_cannot_be_used_is_refused_with_a_cure(tmp_path, content, told):
    (tmp_path / "manifest.json").write_text(manifest.sealed(content))
    with pytest.raises(ResultsError, match=rf"manifest\.json: {told}.*move the folder away and run again"):
        manifest.read(tmp_path)


def test_a_manifest_with_a_key_that_nobody_knows_is_refused(run):
    document = {**json.loads(run.manifest.text()), "seal": "", "extra": 1}
    (run.folder / "manifest.json").write_text(manifest.sealed(json.dumps(document)))
    with pytest.raises(ResultsError, match="extra"):
        manifest.read(run.folder)


def test_a_folder_without_manifest_is_no_results_folder(tmp_path):
    with pytest.raises(ResultsError, match=r"is no results folder, it has no manifest\.json"):
        manifest.read(tmp_path)


def test_damaged_blocks_are_not_usable(run):
    damaged = run.manifest.blocks[1]
    (run.folder / damaged.weekly.path).write_bytes(b"")
    (run.folder / run.manifest.blocks[2].runs.path).unlink()
    kept, lines = results_folder.usable(run.folder, run.manifest)
    assert kept.blocks == run.manifest.blocks[:1]
    assert len(lines) == 2
    (line,) = (line for line in lines if damaged.weekly.path in line)
    assert line.endswith(f"what was there is now {Path(damaged.weekly.path).name}.damaged.1")
    assert (run.folder / f"{damaged.weekly.path}.damaged.1").read_bytes() == b""


def test_any_bit_of_a_manifest_that_is_flipped_is_found(run):
    results_folder.save(run.folder, run.manifest)
    path = run.folder / "manifest.json"
    content = path.read_bytes()
    for place in range(0, len(content), 7):
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        with pytest.raises(
            ResultsError, match=r"manifest\.json: (is damaged|is no manifest|was written by another)"
        ):
            manifest.read(run.folder)


def test_a_folder_is_set_aside_under_a_number_that_is_free(tmp_path):
    for expected in ("abc.1", "abc.2"):
        (tmp_path / "abc").mkdir()
        assert results_folder.set_aside(tmp_path / "abc") == tmp_path / expected
    assert not (tmp_path / "abc").exists()


def test_cross_checks_come_back_and_one_made_again_takes_the_place_of_the_first(run):
    check = CrossCheck("calm", 3, "compiled", "1", 120, 40, equal=False, difference="at row 7")
    other = replace(check, replication=4, equal=True, difference="")
    twice = run.manifest.with_cross_check(check).with_cross_check(other)
    assert twice.differences == (check,)
    results_folder.save(run.folder, twice)
    assert manifest.read(run.folder) == twice
    mended = replace(check, equal=True, difference="")
    assert twice.with_cross_check(mended).cross_checks == (mended, other)
