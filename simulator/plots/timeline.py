"""Simulated time: the part of a run that is drawn, and its axis."""

from dataclasses import dataclass
from datetime import date

import altair as alt

from simulator.errors import ResultsError
from simulator.model.system import TICKS_PER_DAY, System
from simulator.plots.look import axis

Days = tuple[date, date]
"""The first and the last day to be drawn."""
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a run that is drawn."""

    system: System
    start: int
    """Tick."""
    stop: int
    """Tick; one past the last."""

    def __str__(self) -> str:
        return f"{self.system.day_of(self.start)} to {self.system.day_of(self.stop - 1)}"

    def stamp(self, tick: int) -> int:
        """Return a tick as milliseconds since 1970, as if local civil time were UTC."""
        return (self.system.start - EPOCH).days * TICKS_PER_DAY + tick


def window(system: System, days: Days | None) -> Window:
    """Return the whole run, warm-up included, or what of it lies in some days; raises ResultsError when none does."""
    whole = Window(system, system.first_tick, system.end_tick)
    if days is None:
        return whole
    start = max(whole.start, system.tick_of(days[0]))
    stop = min(whole.stop, system.tick_of(days[1]) + TICKS_PER_DAY)
    if start >= stop:
        raise ResultsError(f"{days[0]} to {days[1]} has no day of the run; give days in {whole}")
    return Window(system, start, stop)


def time(field: str) -> alt.X:
    """Return the horizontal axis of a field that has stamps; it shows the same times in every time zone."""
    return alt.X(f"{field}:T", scale=alt.Scale(type="utc"), axis=axis("date", labelOverlap=True))
