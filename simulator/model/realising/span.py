"""The ticks that a run covers, on the calendar of its horizon."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Self

from simulator.errors import ModelError
from simulator.model.experiment import Horizon
from simulator.model.realising.wholes import elapsed_ticks
from simulator.model.system import TICKS_PER_DAY


@dataclass(frozen=True, slots=True)
class Span:
    """A run from its first tick to its end, a midnight; tick 0 is 00:00 of `start`."""

    start: date
    first_tick: int
    end_tick: int

    @classmethod
    def of(cls, horizon: Horizon) -> Self:
        """Return the ticks of a horizon."""
        warm_up = elapsed_ticks(horizon.warm_up.number, "horizon.warm_up")
        return cls(horizon.start, -warm_up, horizon.days * TICKS_PER_DAY)

    @property
    def ticks(self) -> int:
        """How long the run is."""
        return self.end_tick - self.first_tick

    @property
    def days(self) -> range:
        """Every day that has a part in the run, counted from `start`."""
        return range(self.first_tick // TICKS_PER_DAY, -(-self.end_tick // TICKS_PER_DAY))

    def tick(self, day: date) -> int:
        """Return the tick of 00:00 of a date, in the run or not."""
        return (day - self.start).days * TICKS_PER_DAY

    def event(self, day: date, where: str) -> int:
        """Return the tick of a dated event; raises ModelError naming `where` when it is before the run."""
        tick = self.tick(day)
        if tick < self.first_tick:
            raise ModelError(
                f"{where} is {day}, before the run's first instant {self._first()}; "
                "give a later date, an earlier horizon.start or a longer horizon.warm_up"
            )
        return tick

    def day(self, number: int) -> date:
        """Return the date of a day counted from `start`."""
        return date.fromordinal(self.start.toordinal() + number)

    def _first(self) -> str:
        day, ticks = divmod(self.first_tick, TICKS_PER_DAY)
        minutes = ticks // 60_000
        return f"{self.day(day)} {minutes // 60:02}:{minutes % 60:02}"


@lru_cache(maxsize=64)
def months(span: Span) -> tuple[tuple[int, int], ...]:
    """Return the months of a run: the tick from which each is in force, and its number, 0 to 11."""
    first, last = (span.day(span.days[place]) for place in (0, -1))
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    starts = [span.tick(date(number // 12, number % 12 + 1, 1)) for number in numbers]
    return tuple(
        (max(start, span.first_tick), number % 12) for start, number in zip(starts, numbers, strict=True)
    )
