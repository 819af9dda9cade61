"""The error that says which rule a sample path breaks, where and when."""

import numpy as np
import numpy.typing as npt

from simulator.model.system import TICKS_PER_HOUR


class BrokenInvariant(AssertionError):
    """A sample path breaks a rule that must always hold; `invariant`, `where` and `tick` say which."""

    def __init__(self, invariant: str, where: str, tick: int, what: str) -> None:
        self.invariant = invariant
        self.where = where
        self.tick = tick
        super().__init__(f"{invariant}: {where} at tick {tick} ({tick / TICKS_PER_HOUR:.3f} h): {what}")


def refuse(
    invariant: str,
    where: str,
    ticks: npt.NDArray[np.int64],
    bad: npt.NDArray[np.bool_],
    values: npt.NDArray[np.int64],
    what: str,
) -> None:
    """Raise BrokenInvariant at the first tick that is bad, with its value; arrays of one shape."""
    if np.any(bad):
        first = int(np.argmax(bad))
        raise BrokenInvariant(invariant, where, int(ticks[first]), f"{values[first]} {what}")
