"""A region's repair crews."""

from typing import TYPE_CHECKING

from simulator.engines.reference.lines import Line
from simulator.model.system import NO_LIMIT

if TYPE_CHECKING:
    from simulator.engines.reference.network import Network


class Region:
    """One region while it runs: crews that are free, and failed lines that wait for one."""

    def __init__(self, network: "Network", crews: int) -> None:
        self.allocation = network.allocation
        self.limited = crews < NO_LIMIT
        self.free = crews
        self.waiting: set[Line] = set()

    def take_in(self, line: Line) -> None:
        """Start a repair at once where crews are no limit; else have the line wait (clause 11)."""
        if self.limited:
            self.waiting.add(line)
            self._ask_for_crews()
        else:
            line.start_repair()

    def release(self) -> None:
        """Have a crew free again."""
        if self.limited:
            self.free += 1
            self._ask_for_crews()

    def _ask_for_crews(self) -> None:
        if self.free and self.waiting:
            self.allocation.regions_short_of_crews.add(self)

    def send_crews(self) -> bool:
        """Give free crews the failed lines first in rank; return whether any was given (clause 4)."""
        by_rank = sorted(self.waiting, key=lambda line: (line.priority, line.failed_since, line.number))
        chosen = by_rank[: self.free]
        for line in chosen:
            self.waiting.discard(line)
            self.free -= 1
            line.start_repair()
        self.allocation.regions_short_of_crews.discard(self)
        return bool(chosen)
