"""How large a generated system may be, and what it may have."""

from dataclasses import dataclass, field
from datetime import date

from simulator.model.distributions import Variate
from simulator.model.system import TICKS_PER_DAY, TICKS_PER_HOUR
from simulator.testing.strategies.choices import Choices
from simulator.testing.strategies.variates import constant, variate

STARTS = (date(2023, 1, 1), date(2023, 1, 30), date(2024, 2, 27), date(2023, 8, 31))
"""First days: within a month, before the end of one, around a leap day."""


@dataclass(frozen=True, slots=True)
class Features:
    """What a generated system may have; a switch that is off leaves it out."""

    power: bool = True
    calendars: bool = True
    breakdowns: bool = True
    rejects: bool = True
    flow: bool = True
    drawn_work: bool = True
    commissioning: bool = True
    suppliers: bool = True
    links: bool = True
    capacities: bool = True
    floors: bool = True
    additions: bool = True
    priorities: bool = True
    chance: bool = True
    """Whether durations and amounts are drawn; constants otherwise."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The run of one system: its days, and whether much is to happen at one instant."""

    start: date
    first_tick: int
    end_tick: int
    tie_heavy: bool
    features: Features = field(default_factory=Features)

    def variate(self, choices: Choices, low: float = 1.0, high: float = 24.0) -> Variate:
        """Choose a law of durations in hours, or of amounts, as the run allows them."""
        law = variate if self.features.chance else constant
        return law(choices, low, high, whole=self.tie_heavy)

    def day(self, choices: Choices) -> int:
        """Choose 00:00 of a day of the run, or of the day after it, on which nothing happens any more; ticks."""
        first = -(-self.first_tick // TICKS_PER_DAY)
        return choices.whole(first, self.end_tick // TICKS_PER_DAY) * TICKS_PER_DAY

    def days(self, choices: Choices, *, at_most: int) -> list[int]:
        """Choose different days of the run in order; 00:00 of each in ticks."""
        return sorted({self.day(choices) for _ in range(choices.whole(0, at_most))})

    def moment(self, choices: Choices) -> int:
        """Choose a tick of the run, its end included; a whole hour in a system with many ties."""
        unit = TICKS_PER_HOUR if self.tie_heavy else 1
        return choices.whole(-(-self.first_tick // unit), self.end_tick // unit) * unit


def scope(
    choices: Choices, *, max_days: int, tie_heavy: bool | None, warm_up: bool, features: Features
) -> Scope:
    """Choose a run of 1 to `max_days` days, a warm-up of at most two of them included."""
    days = choices.whole(1, max_days)
    hours_before = choices.among((0, 0, 24, 5, 48)) if warm_up else 0
    before = min(hours_before * TICKS_PER_HOUR, (days - 1) * TICKS_PER_DAY)
    return Scope(
        start=choices.among(STARTS),
        first_tick=-before,
        end_tick=(days + -before // TICKS_PER_DAY) * TICKS_PER_DAY,
        tie_heavy=choices.perhaps() if tie_heavy is None else tie_heavy,
        features=features,
    )
