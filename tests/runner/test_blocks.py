import pytest

from simulator.runner.blocks import MOST, PROBE, SECONDS, Block, cut, size_for

MISSING = {"calm": [range(2, 9), range(12, 13)], "busy": [range(5)], "done": []}


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_blocks_have_every_missing_replication_once(size):
    blocks = list(cut(MISSING, lambda left: size))
    found = [(block.scenario, number) for block in blocks for number in block.replications]
    expected = [(name, number) for name, gaps in MISSING.items() for gap in gaps for number in gap]
    assert sorted(found) == sorted(expected)
    assert max(block.count for block in blocks) <= size


def test_scenarios_take_turns():
    assert [str(block) for block in cut(MISSING, lambda left: 3)] == [
        "calm, replications 2 to 4",
        "busy, replications 0 to 2",
        "calm, replications 5 to 7",
        "busy, replications 3 to 4",
        "calm, replication 8",
        "calm, replication 12",
    ]


def test_a_block_is_cut_when_it_is_asked_for():
    asked = []
    blocks = cut(MISSING, lambda left: asked.append(left) or 4)
    assert next(blocks) == Block("calm", 2, 4)
    assert asked == [13]
    assert next(blocks) == Block("busy", 0, 4)
    assert asked == [13, 9]


def test_nothing_missing_is_no_block():
    assert list(cut({"calm": []}, lambda left: 1)) == []


def test_the_first_blocks_are_small_and_later_ones_last_as_long_as_they_should():
    assert size_for(None, left=10_000, workers=2) == PROBE
    assert size_for(1.0, left=10_000, workers=2) == SECONDS
    assert size_for(0.01, left=10_000, workers=2) == 100 * SECONDS
    assert size_for(1e-9, left=10**9, workers=2) == MOST
    assert size_for(1000.0, left=10_000, workers=2) == 1


def test_the_last_blocks_are_smaller_so_that_all_workers_end_together():
    assert size_for(1.0, left=40, workers=2) == 5
    assert size_for(1.0, left=2, workers=2) == 2, "but no shorter than a quarter of what they should last"
