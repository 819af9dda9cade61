"""What the rows of a sample path say of a queue, a line or a machine.

Each estimator takes a path and a window of ticks, [first, last), and returns a sum and what it is to be divided by,
so that replications are pooled by adding both up. Times are hours.
"""

import numpy as np
import numpy.typing as npt

from simulator.model.system import TICKS_PER_DAY, TICKS_PER_HOUR, State
from simulator.path import Kind, SamplePath

Window = tuple[int, int]
Part = tuple[float, float]
"""A sum, and what it is to be divided by."""
LONGEST_WAIT = 5 * TICKS_PER_DAY
"""Customers of the last five days are not asked how long they waited, for some are still waiting."""


def number_in_system(path: SamplePath, window: Window) -> Part:
    """Return customers delivered and not yet served, integrated over time; hours."""
    first, last = window
    here = _integral(path.of(Kind.SUPPLIED), window) - _integral(path.of(Kind.UNLOADED), window)
    return here, (last - first) / TICKS_PER_HOUR


def waits(path: SamplePath, window: Window) -> Part:
    """Return the time from delivery to being taken up, first come first served; customers."""
    found = _waits(path, window)
    return float(found.sum()) / TICKS_PER_HOUR, float(len(found))


def delayed(path: SamplePath, window: Window) -> Part:
    """Return customers who were not taken up at once; customers."""
    found = _waits(path, window)
    return float(np.count_nonzero(found)), float(len(found))


def lines_up(path: SamplePath, window: Window) -> Part:
    """Return lines that neither are repaired nor wait for it, integrated over time; hours."""
    first, last = window
    return _up(path, window), (last - first) / TICKS_PER_HOUR


def share_up(path: SamplePath, window: Window) -> Part:
    """Return hours in which lines are up; hours of all lines."""
    first, last = window
    return _up(path, window), (last - first) / TICKS_PER_HOUR * len(path.system.lines)


def hours_up(path: SamplePath, window: Window) -> Part:
    """Return hours in which lines are up; lines."""
    return _up(path, window), float(len(path.system.lines))


def finished(path: SamplePath, window: Window) -> Part:
    """Return items of the last material that were made; hours."""
    first, last = window
    made = path.of(Kind.MADE)
    made = made[(made["material"] == len(path.system.materials) - 1) & _within(made["tick"], window)]
    return float(made["amount"].sum()), (last - first) / TICKS_PER_HOUR


def lots(path: SamplePath, window: Window) -> Part:
    """Return lots of one item that were done; lines."""
    done = path.of(Kind.UNLOADED)
    return float(done["amount"][_within(done["tick"], window)].sum()), float(len(path.system.lines))


def _within(ticks: npt.NDArray[np.int64], window: Window) -> npt.NDArray[np.bool_]:
    first, last = window
    found: npt.NDArray[np.bool_] = (ticks >= first) & (ticks < last)
    return found


def _integral(changes: npt.NDArray[np.void], window: Window) -> float:
    """Return the integral over a window, in hours, of what starts at 0 and grows by the amount of each row."""
    first, last = window
    left = np.maximum(0, last - np.maximum(first, changes["tick"]))
    return float((changes["amount"] * left).sum()) / TICKS_PER_HOUR


def _waits(path: SamplePath, window: Window) -> npt.NDArray[np.int64]:
    """Return the ticks that each customer waited who came in the window, its last five days left out."""
    came, taken = _one_by_one(path, Kind.SUPPLIED), _one_by_one(path, Kind.USED)
    first, last = window
    asked = _within(came, (first, last - LONGEST_WAIT))
    if np.count_nonzero(came < last - LONGEST_WAIT) > len(taken):
        raise ValueError("somebody still waits after five days; give a system with less to do")
    return (taken - came[: len(taken)])[asked[: len(taken)]]


def _one_by_one(path: SamplePath, kind: Kind) -> npt.NDArray[np.int64]:
    rows = path.of(kind)
    return np.repeat(rows["tick"], rows["amount"])


def _up(path: SamplePath, window: Window) -> float:
    """Return the hours within a window in which lines are up, over all lines."""
    states = path.of(Kind.STATE)
    states = states[np.lexsort((states["tick"], states["entity"]))]
    up = (states["amount"] != State.UNDER_REPAIR).astype(np.int64)
    changes = states.copy()
    same_line = states["entity"][1:] == states["entity"][:-1]
    changes["amount"][0] = up[0]
    changes["amount"][1:] = up[1:] - np.where(same_line, up[:-1], 0)
    return _integral(changes, window)
