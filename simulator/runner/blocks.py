"""How a run is cut into blocks, the pieces of work that are committed one by one."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from simulator.results.manifest import BlockRecord

SECONDS = 8.0
"""About how long a block should take: long beside its writing, short beside what a crash may cost."""
MOST = 4096
"""Replications of a block at most, however quick they are."""
PROBE = 2
"""Replications of the first blocks of a run, which show how long one takes."""


@dataclass(frozen=True, slots=True)
class Block:
    """Replications `first` to `first + count - 1` of one scenario."""

    scenario: str
    first: int
    count: int

    @property
    def replications(self) -> range:
        """The numbers of its replications."""
        return range(self.first, self.first + self.count)

    def halves(self) -> tuple["Block", ...]:
        """Return two blocks that are this one together; none when it has one replication."""
        before = self.count // 2
        if not before:
            return ()
        later = Block(self.scenario, self.first + before, self.count - before)
        return Block(self.scenario, self.first, before), later

    def __str__(self) -> str:
        last = self.first + self.count - 1
        return (
            f"{self.scenario}, replications {self.first} to {last}"
            if last > self.first
            else (f"{self.scenario}, replication {self.first}")
        )


@dataclass(frozen=True, slots=True)
class Retry:
    """The replications of a committed block that failed, to be computed again."""

    record: BlockRecord

    def __str__(self) -> str:
        record = self.record
        return f"{record.scenario}, those of replications {record.first} to {record.stop - 1} that failed"


def cut(missing: Mapping[str, Sequence[range]], size: Callable[[int], int]) -> Iterator[Block]:
    """Cut the missing replications of scenarios into blocks, the scenarios in turn.

    A block is cut when it is asked for: `size`, given how many replications are not in a block yet, says how
    many it should have.
    """
    gaps = {scenario: list(ranges) for scenario, ranges in missing.items()}
    left = sum(len(gap) for ranges in gaps.values() for gap in ranges)
    while left:
        for scenario, ranges in gaps.items():
            if not ranges:
                continue
            gap = ranges[0]
            count = min(size(left), len(gap))
            left -= count
            ranges[:1] = [gap[count:]] if count < len(gap) else []
            yield Block(scenario, gap.start, count)


def size_for(seconds_each: float | None, *, left: int, workers: int) -> int:
    """Return how many replications the next block should have, when one takes so long and so many are left.

    Blocks get smaller towards the end, so that all workers end at about the same time.
    """
    if seconds_each is None:
        return PROBE
    by_time = math.floor(SECONDS / max(seconds_each, 1e-6))
    by_share = max(math.ceil(left / (4 * workers)), by_time // 4)
    return max(1, min(by_time, by_share, MOST))
