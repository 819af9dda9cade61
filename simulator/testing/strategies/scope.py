"""How large a generated system may be, and what it may have."""

from dataclasses import dataclass, field
from datetime import date

from hypothesis import strategies as st

from simulator.model.distributions import Variate
from simulator.model.system import TICKS_PER_DAY, TICKS_PER_HOUR
from simulator.testing.strategies.variates import constants, variates

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

    def variates(self, low: float = 1.0, high: float = 24.0) -> st.SearchStrategy[Variate]:
        """Laws of durations in hours, or of amounts, as the run allows them."""
        if self.features.chance:
            return variates(low, high, whole=self.tie_heavy)
        return constants(low, high, whole=self.tie_heavy)

    def days(self) -> st.SearchStrategy[int]:
        """Ticks of 00:00 of the days of the run, and of the day after it, on which nothing happens any more."""
        first = -(-self.first_tick // TICKS_PER_DAY)
        return st.integers(first, self.end_tick // TICKS_PER_DAY).map(lambda day: day * TICKS_PER_DAY)

    def moments(self) -> st.SearchStrategy[int]:
        """Ticks of the run, its end included; whole hours in a system with many ties."""
        if self.tie_heavy:
            first = -(-self.first_tick // TICKS_PER_HOUR)
            last = self.end_tick // TICKS_PER_HOUR
            return st.integers(first, last).map(lambda hour: hour * TICKS_PER_HOUR)
        return st.integers(self.first_tick, self.end_tick)


@st.composite
def scopes(
    draw: st.DrawFn, *, max_days: int, tie_heavy: bool | None, warm_up: bool, features: Features
) -> Scope:
    """Runs of 1 to `max_days` days, a warm-up of at most two of them included."""
    days = draw(st.integers(1, max_days))
    hours_before = draw(st.sampled_from((0, 0, 24, 5, 48))) if warm_up else 0
    before = min(hours_before * TICKS_PER_HOUR, (days - 1) * TICKS_PER_DAY)
    return Scope(
        start=draw(st.sampled_from(STARTS)),
        first_tick=-before,
        end_tick=(days + -before // TICKS_PER_DAY) * TICKS_PER_DAY,
        tie_heavy=draw(st.booleans()) if tie_heavy is None else tie_heavy,
        features=features,
    )
