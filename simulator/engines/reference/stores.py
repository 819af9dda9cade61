"""Stores while they run: shelves of one material each, and who waits for them."""

from typing import TYPE_CHECKING

from simulator.model.system import NO_LIMIT, Holding

if TYPE_CHECKING:
    from simulator.engines.reference.allocation import Allocation
    from simulator.engines.reference.lines import Line
    from simulator.engines.reference.transport import Link


class Waiting:
    """Lines that wait for an amount each: of stock to load, or of room to unload."""

    __slots__ = ("_amounts", "least")

    def __init__(self) -> None:
        self._amounts: dict[Line, int] = {}
        self.least = NO_LIMIT
        """No line waits for less."""

    def add(self, line: "Line", amount: int) -> None:
        """Have a line wait for an amount, or for the least of several."""
        self._amounts[line] = min(amount, self._amounts.get(line, amount))
        self.least = min(self.least, amount)

    def remove(self, line: "Line") -> None:
        """Have a line wait no longer, if it does."""
        if self._amounts.pop(line, None) == self.least:
            self.least = min(self._amounts.values(), default=NO_LIMIT)

    def served_by(self, amount: int) -> "list[Line]":
        """Return the lines that need no more than an amount."""
        return [line for line, needed in self._amounts.items() if needed <= amount]


class Shelf:
    """One material in one store."""

    __slots__ = (
        "allocation",
        "blocked",
        "floor",
        "links",
        "material",
        "room",
        "starving",
        "stock",
    )

    def __init__(self, allocation: "Allocation", holding: Holding) -> None:
        self.allocation = allocation
        self.material = holding.material
        self.stock = holding.initial
        self.room = holding.capacity - holding.initial
        """What fits besides the stock and the lots in flow (clause 13)."""
        self.floor = holding.floor
        self.starving = Waiting()
        """Lines that wait for stock."""
        self.blocked = Waiting()
        """Lines that wait for room."""
        self.links: list[Link] = []

    @property
    def releasable(self) -> int:
        """What links may take (clause 19)."""
        return max(0, self.stock - self.floor)

    def put(self, amount: int) -> None:
        """Add to the stock; those who wait for the material may go on."""
        self.stock += amount
        self.room -= amount
        if self.stock >= self.starving.least:
            self.allocation.refilled.add(self)
        for link in self.links:
            link.try_to_leave()

    def take(self, amount: int) -> None:
        """Take from the stock; those who wait for room may go on."""
        self.stock -= amount
        self.room += amount
        if self.room >= self.blocked.least:
            self.allocation.emptied.add(self)
