"""Whole numbers that hold from one tick to the next."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """A number over time: `values[i]` from `ticks[i]` on, until the next; both of shape (n,), n at least 1.

    Ticks rise; nothing is known before the first.
    """

    ticks: Ints
    values: Ints

    @classmethod
    def accumulated(cls, *, first_tick: int, initial: int, ticks: Ints, changes: Ints) -> Self:
        """Return what changes leave: `initial` at the first tick, changes of one tick taken together."""
        all_ticks = np.concatenate((np.array([first_tick], dtype=np.int64), ticks.astype(np.int64)))
        all_changes = np.concatenate((np.array([initial], dtype=np.int64), changes.astype(np.int64)))
        order = np.argsort(all_ticks, kind="stable")
        fresh, starts = np.unique(all_ticks[order], return_index=True)
        return cls(fresh, np.cumsum(np.add.reduceat(all_changes[order], starts)))

    def at(self, ticks: Ints) -> Ints:
        """Return the values that hold at some ticks, none of them before the first; same shape."""
        found: Ints = self.values[np.searchsorted(self.ticks, ticks, side="right") - 1]
        return found

    def before(self, ticks: Ints) -> Ints:
        """Return the values that hold just before some ticks, 0 before the first; same shape."""
        places = np.searchsorted(self.ticks, ticks, side="left") - 1
        return np.where(places < 0, 0, self.values[places])

    def integral(self, ticks: Ints) -> Ints:
        """Return the sum of the values over the ticks before some ticks, from the first on; same shape."""
        whole = np.concatenate(
            (np.zeros(1, dtype=np.int64), np.cumsum(self.values[:-1] * np.diff(self.ticks)))
        )
        places = np.searchsorted(self.ticks, ticks, side="right") - 1
        summed: Ints = whole[places] + self.values[places] * (ticks - self.ticks[places])
        return summed


def instants(*steps: Steps) -> Ints:
    """Return the ticks at which any of some numbers changes, rising."""
    return np.unique(np.concatenate([each.ticks for each in steps]))
