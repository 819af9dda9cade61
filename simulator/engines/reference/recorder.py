"""The rows of the sample path as they happen (clause 23)."""

from array import array
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from simulator.path import ROW, Kind, sorted_rows

Entry = tuple[int, Kind, int, int, int]


class Recorder:
    """Collects rows, and counts the bound events that made them."""

    def __init__(self) -> None:
        self._numbers = array("q")
        self.write: Callable[[Entry], None] = self._numbers.extend
        """Add one row: tick, kind, entity, material, amount."""
        self.bound_events = 0

    def rows(self) -> npt.NDArray[np.void]:
        """Return all rows in the order of their key, rows of one key summed."""
        numbers = np.frombuffer(self._numbers, dtype=np.int64).reshape(-1, 5)
        rows = np.empty(len(numbers), dtype=ROW)
        for column, name in enumerate(("tick", "kind", "entity", "material", "amount")):
            rows[name] = numbers[:, column]
        return sorted_rows(rows)
