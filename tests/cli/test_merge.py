import json

import pytest

RUN = ("run", "configs/examples/one_plant.yaml", "--replications", "64", "--executor", "serial", "--results")


@pytest.fixture
def blocks(simulator, tmp_path):
    """Three of four blocks of a small run."""
    for number in (1, 2, 4):
        outcome = simulator(*RUN, str(tmp_path / "jobs"), "--block", f"{number}/4")
        assert outcome.code == 0
        assert f"block {number}/4, 16 replications of each scenario; simulator merge joins it" in outcome.out
    return sorted((tmp_path / "jobs" / "one_plant").glob("*.block-*-of-4"))


def test_blocks_are_merged_once_all_are_there(simulator, blocks, tmp_path):
    assert len(blocks) == 3
    lacking = simulator("merge", *map(str, blocks), "--results", str(tmp_path / "merged"))
    assert lacking.code == 3
    assert "missing: baseline: replications 32 to 47 of 64" in lacking.err
    assert "run the missing block and merge again" in lacking.err

    simulator(*RUN, str(tmp_path / "jobs"), "--block", "3/4")
    every = sorted((tmp_path / "jobs" / "one_plant").glob("*.block-*-of-4"))
    outcome = simulator("merge", *map(str, every), "--results", str(tmp_path / "merged"), "--json")
    assert outcome.code == 0
    whole = simulator(*RUN, str(tmp_path / "whole"), "--json")
    assert json.loads(outcome.out)["content_hash"] == json.loads(whole.out)["content_hash"]
    told = simulator("merge", *map(str, every), "--results", str(tmp_path / "merged"))
    assert "64 replications of each scenario, from 4 folders" in told.out
    assert "repeated on the reference engine: all" in told.out
    assert json.loads(outcome.out)["failures"] == []


def test_a_block_says_what_it_is(simulator, blocks, tmp_path):
    answered = simulator("answer", blocks[0])
    assert "16 replications of each scenario, block 1/4 of a run" in " ".join(answered.out.split())
    assert json.loads(simulator("answer", blocks[0], "--json").out)["block"] == "1/4"
    intended = simulator(*RUN, str(tmp_path / "none"), "--block", "1/4", "--dry-run")
    assert "would run 16 replications of each of 1 scenario" in intended.out


def test_a_part_of_a_run_has_no_answer_to_require(simulator, tmp_path):
    outcome = simulator(*RUN, str(tmp_path), "--block", "1/4", "--require", "two_thousand>=0.5")
    assert outcome.code == 2
    assert "--require: has no answer in a part of a run" in outcome.err


def test_a_block_as_json_says_what_it_has(simulator, tmp_path):
    outcome = simulator(*RUN, str(tmp_path), "--block", "1/4", "--json")
    found = json.loads(outcome.out)
    assert found["block"] == "1/4"
    assert set(found["scenarios"].values()) == {16}


def test_a_folder_that_is_no_part_is_refused(simulator, tmp_path):
    outcome = simulator("merge", str(tmp_path))
    assert outcome.code == 2
    assert "is no results folder" in outcome.err
