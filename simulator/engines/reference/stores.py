"""Stores while they run: shelves of one material each, and who waits for them."""

from typing import TYPE_CHECKING

from simulator.model.system import Holding

if TYPE_CHECKING:
    from simulator.engines.reference.allocation import Allocation
    from simulator.engines.reference.lines import Line
    from simulator.engines.reference.transport import Link


class Shelf:
    """One material in one store."""

    __slots__ = (
        "allocation",
        "blocked",
        "capacity",
        "floor",
        "least_need",
        "links",
        "material",
        "reserved",
        "starving",
        "stock",
    )

    def __init__(self, allocation: "Allocation", holding: Holding) -> None:
        self.allocation = allocation
        self.material = holding.material
        self.stock = holding.initial
        self.capacity = holding.capacity
        self.floor = holding.floor
        self.reserved = 0
        self.starving: dict[Line, int] = {}
        self.least_need = 0
        self.blocked: set[Line] = set()
        self.links: list[Link] = []

    @property
    def room(self) -> int:
        """What fits besides the stock and the lots in flow (clause 13)."""
        return self.capacity - self.stock - self.reserved

    @property
    def releasable(self) -> int:
        """What links may take (clause 19)."""
        return max(0, self.stock - self.floor)

    def put(self, amount: int) -> None:
        """Add to the stock; those who wait for the material may go on."""
        self.stock += amount
        if self.starving and self.stock >= self.least_need:
            self.allocation.refilled.add(self)
        for link in self.links:
            link.try_to_leave()

    def take(self, amount: int) -> None:
        """Take from the stock; those who wait for room may go on."""
        self.stock -= amount
        if self.blocked:
            self.allocation.emptied.add(self)

    def starve(self, line: "Line", need: int) -> None:
        """Note that a line waits until the stock reaches its need."""
        self.least_need = min(self.least_need, need) if self.starving else need
        self.starving[line] = need

    def feed(self, line: "Line") -> None:
        """Note that a line waits no longer."""
        need = self.starving.pop(line, None)
        if need == self.least_need and self.starving:
            self.least_need = min(self.starving.values())
