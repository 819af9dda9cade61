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


@pytest.mark.parametrize("each_s", [0.0001, 0.001, 0.05, 1.0, 10.0, 25.0])
@pytest.mark.parametrize("workers", [1, 2, 64])
def test_a_block_lasts_2_to_30_seconds_or_is_as_large_or_small_as_it_can_be(each_s, workers):
    size = size_for(each_s, left=10**6, workers=workers)
    seconds = size * each_s
    assert 2.0 <= seconds <= 30.0 or (seconds < 2.0 and size == MOST)


def test_the_halves_of_a_block_are_the_block():
    for count in range(2, 9):
        parts = Block("a", 5, count).halves()
        assert [number for part in parts for number in part.replications] == list(range(5, 5 + count))
    assert Block("a", 5, 1).halves() == ()
