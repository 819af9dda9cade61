"""What is stored of a replication, set beside what it comes to now."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from simulator.model.checks.names import listed
from simulator.results.run import Run
from simulator.results.tables import Integers
from simulator.runner.cross_check import IMPURE, REFERENCE, STORED, Repeated
from simulator.runner.execute import own_responses

_WEEK = " in week "
"""What stands between a series and a week."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of setting a repeated replication beside its stored row and its stored weeks."""

    numbers: int
    """How many stored numbers were compared."""
    differing: Mapping[str, tuple[float, float]]
    """What is stored otherwise, by column, or by series and week, with the stored number and the one now."""
    not_measured: tuple[str, ...]
    """Responses that only one side has, so that they were not compared."""
    impure: tuple[str, ...] = ()
    """Responses of the user's that are otherwise while the paths and all other numbers are equal."""

    @property
    def told(self) -> str:
        """The first difference in words; empty when there are numbers and all are equal."""
        for name, (was, now) in self.differing.items():
            told = f"{STORED}: {name} is stored as {was!r}, and the {REFERENCE} gives {now!r}"
            return f"{told}; {why(self.impure)}" if self.impure else told
        return "" if self.numbers else f"{STORED}: there are none to compare"


def why(impure: Sequence[str]) -> str:
    """Return why responses of the user's differ while all else is equal."""
    return f"the paths are equal, so what you measure yourself ({listed(impure)}) is {IMPURE}"


def compared(run: Run, repeated: Repeated) -> Comparison:
    """Set factors, derived numbers, claims, responses and weeks of a replication beside what is stored of it.

    No number is compared of a replication that an engine fails in, or of which no row is stored.
    Raises ResultsError when a stored file is damaged.
    """
    address = repeated.check.scenario, repeated.check.replication
    row, series = run.row(*address), run.weeks(*address)
    numbers = repeated.numbers
    if row is None or numbers is None:
        return Comparison(0, {}, ())
    inputs, measured, weekly = numbers.inputs, numbers.columns, numbers.weekly
    both = {name: number for name, number in measured.items() if name in row}
    apart = {*((row.keys() - inputs.keys()) ^ measured.keys()), *(series.keys() ^ weekly.keys())}
    shared = series.keys() & weekly.keys()
    stored = dict(row) | _by_week({name: series[name] for name in series if name in shared})
    now = {**inputs, **both} | _by_week({name: weekly[name] for name in weekly if name in shared})
    found = differing(stored, now)
    others = {*_responses(found)} - own_responses().keys()
    impure = _responses(found) if repeated.check.equal and not others else ()
    return Comparison(len(now), found, _responses(apart), impure)


def differing(row: Mapping[str, float], columns: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """Return the columns whose number in a stored row is not the one measured now, with both."""
    pairs = {name: (row.get(name, math.nan), number) for name, number in columns.items()}
    return {
        name: (was, now)
        for name, (was, now) in pairs.items()
        if was != now and not (math.isnan(was) and math.isnan(now))
    }


def _responses(names: Iterable[str]) -> tuple[str, ...]:
    """Return the responses that columns, or weeks of series, are of, each once."""
    return tuple(sorted({name.partition(_WEEK)[0].partition(".")[0] for name in names}))


def _by_week(series: Mapping[str, Integers]) -> dict[str, float]:
    """Return counts by week as numbers, each under the name of its series and its week."""
    return {
        f"{name}{_WEEK}{week}": float(count)
        for name, counts in series.items()
        for week, count in enumerate(counts.tolist())
    }
