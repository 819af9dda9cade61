"""What happened, beside the claims whose quantities were to foretell it."""

from dataclasses import dataclass
from datetime import date

DAYS = {"day": 1.0, "week": 7.0, "month": 365.25 / 12.0, "year": 365.25}
"""Days of the times that a rate may be given for; a month where months are not whole."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One figure of a series: the count in a window of days, or its rate, as a claim foretells it."""

    series: str
    claim: str | None
    """The claim whose quantity foretells it; None for a figure that was known before."""
    from_: date
    by: date
    """The first and the last day of the window, both included."""
    value: float
    low: float | None
    """The 5 % point of what the observation may have been, where it has an error."""
    high: float | None
    """The 95 % point."""
    per: str | None
    """The time that the value is a rate for, one of `DAYS`; None where it is the count of the window."""
    plan: float | None
    """What was officially planned, in the unit of the value."""
    as_of: date | None
    """Nothing later is used to foretell it."""
    evidence: tuple[str, ...]

    @property
    def days(self) -> int:
        """The length of the window."""
        return (self.by - self.from_).days + 1

    @property
    def middle(self) -> float:
        """The middle of the window, as a proleptic ordinal."""
        return (self.from_.toordinal() + self.by.toordinal() + 1) / 2.0

    @property
    def times(self) -> float:
        """How many days, weeks, months or years the window has, whatever the value is a rate for; 1 for a count."""
        if self.per is None:
            return 1.0
        months = self._whole_months()
        if self.per == "month" and months:
            return float(months)
        if self.per == "year" and months and months % 12 == 0:
            return months / 12.0
        return self.days / DAYS[self.per]

    @property
    def a_day(self) -> float:
        """The value as a count a day."""
        return self.value * self.times / self.days

    def _whole_months(self) -> int:
        """Return of how many whole months of the calendar the window is made; 0 where it is not."""
        after = date.fromordinal(self.by.toordinal() + 1)
        if self.from_.day != 1 or after.day != 1:
            return 0
        return (after.year - self.from_.year) * 12 + after.month - self.from_.month


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The figures of a file, those known before and those foretold, in its order."""

    name: str
    """The file as messages show it."""
    rows: tuple[Outcome, ...]

    @property
    def foretold(self) -> tuple[Outcome, ...]:
        """The figures that a claim foretells."""
        return tuple(row for row in self.rows if row.claim is not None)

    def known(self, series: str) -> tuple[Outcome, ...]:
        """Return the figures of a series that were known before, by the end of their windows."""
        rows = (row for row in self.rows if row.claim is None and row.series == series)
        return tuple(sorted(rows, key=lambda row: (row.by, row.from_)))
