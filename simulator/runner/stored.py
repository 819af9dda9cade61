"""What is stored of a replication, set beside what it comes to now."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from simulator.results.run import Run
from simulator.results.tables import Integers
from simulator.runner.cross_check import REFERENCE, Repeated


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of setting a repeated replication beside its stored row and its stored weeks."""

    numbers: int
    """How many stored numbers were compared."""
    differing: Mapping[str, tuple[float, float]]
    """What is stored otherwise, by column, or by series and week, with the stored number and the one now."""
    not_measured: tuple[str, ...]
    """Responses that only one side has, so that they were not compared."""

    @property
    def told(self) -> str:
        """The first difference in words, to follow "differs from the reference engine"; empty when equal."""
        for name, (was, now) in self.differing.items():
            return f"in the stored numbers: {name} is stored as {was!r}, and the {REFERENCE} gives {now!r}"
        return ""


def compared(run: Run, repeated: Repeated) -> Comparison:
    """Set factors, derived numbers, claims, responses and weeks of a replication beside what is stored of it.

    Raises ResultsError when a stored file is damaged.
    """
    address = repeated.check.scenario, repeated.check.replication
    row, series = run.row(*address), run.weeks(*address)
    if row is None or not repeated.inputs:
        return Comparison(0, {}, ())
    measured, weekly = repeated.columns, repeated.weekly
    both = {name: number for name, number in measured.items() if name in row}
    apart = {*((row.keys() - repeated.inputs.keys()) ^ measured.keys()), *(series.keys() ^ weekly.keys())}
    shared = series.keys() & weekly.keys()
    stored = dict(row) | _by_week({name: series[name] for name in series if name in shared})
    now = {**repeated.inputs, **both} | _by_week({name: weekly[name] for name in weekly if name in shared})
    names = sorted({name.partition(".")[0] for name in apart})
    return Comparison(len(now), differing(stored, now), tuple(names))


def differing(row: Mapping[str, float], columns: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """Return the columns whose number in a stored row is not the one measured now, with both."""
    pairs = {name: (row.get(name, math.nan), number) for name, number in columns.items()}
    return {
        name: (was, now)
        for name, (was, now) in pairs.items()
        if was != now and not (math.isnan(was) and math.isnan(now))
    }


def _by_week(series: Mapping[str, Integers]) -> dict[str, float]:
    """Return counts by week as numbers, each under the name of its series and its week."""
    return {
        f"{name} in week {week}": float(count)
        for name, counts in series.items()
        for week, count in enumerate(counts.tolist())
    }
