"""The error that says which rule a sample path breaks, where and when."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import wraps
from typing import Any, TypeVar, cast

import numpy as np
import numpy.typing as npt

from simulator.model.system import TICKS_PER_HOUR, State, System
from simulator.path import SamplePath

Check = TypeVar("Check", bound=Callable[..., None])


class BrokenInvariant(AssertionError):
    """A sample path breaks a rule that must always hold; `invariant`, `where` and `tick` say which.

    With `start`, the date of tick 0, the message also says the time of day.
    """

    def __init__(
        self, invariant: str, where: str, tick: int, what: str, *, start: date | None = None
    ) -> None:
        self.invariant = invariant
        self.where = where
        self.tick = tick
        self.what = what
        since = f"{tick / TICKS_PER_HOUR:.3f} h"
        when = since if start is None else f"{_moment(start, tick)}, {since}"
        super().__init__(f"{invariant}: {where} at tick {tick} ({when}): {what}")


def _moment(start: date, tick: int) -> str:
    """Return the local time of a tick; to the second, or further where the tick needs it."""
    moment = datetime.combine(start, time()) + timedelta(milliseconds=tick)
    return moment.isoformat(" ", "milliseconds" if tick % 1000 else "seconds")


def dated(check: Check) -> Check:
    """Let an invariant that is broken say on which day of the system."""

    @wraps(check)
    def checked(path: SamplePath, system: System, *address: Any) -> None:
        try:
            check(path, system, *address)
        except BrokenInvariant as broken:
            raise BrokenInvariant(
                broken.invariant, broken.where, broken.tick, broken.what, start=system.start
            ) from None

    return cast(Check, checked)


def state_name(state: int) -> str:
    """Return a state as its number and its name."""
    return f"{state} ({State(state).name.lower()})"


def refuse(
    invariant: str,
    where: str,
    ticks: npt.NDArray[np.int64],
    bad: npt.NDArray[np.bool_],
    values: npt.NDArray[np.int64],
    what: str | Callable[[int], str],
    *,
    said: Callable[[int], str] = str,
) -> None:
    """Raise BrokenInvariant at the first tick that is bad, with its value; arrays of one shape.

    `what` may depend on the place of that tick in the arrays, and `said` puts the value in words.
    """
    if np.any(bad):
        first = int(np.argmax(bad))
        told = what if isinstance(what, str) else what(first)
        raise BrokenInvariant(invariant, where, int(ticks[first]), f"{said(int(values[first]))} {told}")
