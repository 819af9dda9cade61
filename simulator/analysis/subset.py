"""What the replications say whose factors, or other columns, lie within ranges."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulator.analysis.estimate import chance, claim_column, claim_of
from simulator.analysis.inputs import input_names
from simulator.analysis.intervals import Floats, Interval, Mask, clopper_pearson, quantile
from simulator.analysis.sample import first_scenario
from simulator.analysis.tabular import Tabular
from simulator.analysis.terms import term
from simulator.errors import ResultsError

if TYPE_CHECKING:
    import pandas as pd

    from simulator.results import Run

FEWEST: Final = 30
"""With fewer replications a subset is too small to say more than how many of them meet the claim."""

Bound = float | date | None
"""An end of a range: a number in the unit of the column, a day for a date, None for an open end."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How a column is spread in a subset; order statistics in `unit`, NaN where there are no values."""

    column: str
    kind: str
    """`factor`, `derived` or `response`."""
    unit: str
    median_all: float
    """Of all replications, in the subset or not."""
    p05: float
    median: float
    p95: float


@dataclass(frozen=True, slots=True)
class Subset(Tabular):
    """How likely a claim is among the replications within ranges, and how factors and responses are spread there."""

    scenario: str
    claim: str
    ranges: tuple[tuple[str, float, float], ...]
    """Column, from, to; both ends included."""
    hits: int
    n: int
    """Replications within the ranges, without those that failed."""
    of: int
    """Replications without those that failed."""
    low: float
    """The exact interval of 95 %, wider when the run could end after several looks."""
    high: float
    method: str
    spreads: tuple[Spread, ...]

    @property
    def probability(self) -> float:
        """The share of them that meet the claim; NaN when there are none."""
        return self.hits / self.n if self.n else math.nan

    @property
    def enough(self) -> bool:
        """Whether they are enough to speak of a probability."""
        return self.n >= FEWEST

    @property
    def term(self) -> str:
        """The word of ICD 203 for the interval; never to be given without its number."""
        return term(self.low, self.high)

    @property
    def chance(self) -> str:
        """The probability with its interval as written; a bound when there was no hit, or nothing else."""
        return chance(self.hits, self.n, Interval(self.low, self.high, self.method))

    def of_column(self, name: str) -> Spread:
        """Return how one column is spread; raises KeyError when it is not among them."""
        for each in self.spreads:
            if each.column == name:
                return each
        raise KeyError(name)

    def as_dict(self) -> dict[str, Any]:
        """Return all of it as plain values."""
        return {**asdict(self), "probability": self.probability, "term": self.term}

    def to_frame(self) -> "pd.DataFrame":
        import pandas as pd

        return pd.DataFrame([asdict(each) for each in self.spreads], columns=list(Spread.__slots__))

    def __str__(self) -> str:
        within = ", ".join(f"{name} {_within(low, high)}" for name, low, high in self.ranges)
        found = f"{self.chance}, {self.term}" if self.enough else "too few to say"
        return (
            f"{self.claim} in {self.scenario}{' with ' if within else ''}{within}: {found} "
            f"({self.hits:,} of {self.n:,} replications; {self.method})"
        )


def subset(
    run: "Run",
    ranges: Mapping[str, tuple[Bound, Bound]],
    claim: str | None = None,
    scenario: str | None = None,
    *,
    replications: int | None = None,
) -> Subset:
    """Return how likely a claim is where columns lie within ranges, both ends included.

    `ranges` gives for a column of a factor, of a derived number or of a response its least and its greatest
    value. The claim and the scenario are the first unless named; with `replications` only the first so many
    that the scenario has are looked at. Raises ResultsError for what the run has not, and for a range that
    ends before it begins.
    """
    if not run.claims:
        raise ResultsError("the config has no claims, so that there is nothing to ask; add one")
    named = first_scenario(run) if scenario is None else scenario
    asked = next(iter(run.claims)) if claim is None else claim
    at_least = claim_of(run, asked).at_least
    bounds = {name: _bounds(name, ends) for name, ends in ranges.items()}
    # not by their numbers, which in a block of a run alone do not begin at 0
    first = np.arange(len(run.numbers(named))) < (np.inf if replications is None else replications)
    columns = list(dict.fromkeys([claim_column(asked), *bounds]))
    found = dict(zip(columns, run.values(named, columns), strict=True))
    quantity = found[claim_column(asked)]
    there: Mask = first & ~np.isnan(quantity)
    within = there.copy()
    for name, (low, high) in bounds.items():
        within &= (found[name] >= low) & (found[name] <= high)
    hits, n = int(np.count_nonzero(quantity[within] >= at_least)), int(np.count_nonzero(within))
    interval = clopper_pearson(hits, n, level=run.confidence)
    return Subset(
        scenario=named,
        claim=asked,
        ranges=tuple((name, low, high) for name, (low, high) in bounds.items()),
        hits=hits,
        n=n,
        of=int(np.count_nonzero(there)),
        low=interval.low,
        high=interval.high,
        method=interval.method,
        spreads=tuple(_spreads(run, named, there, within)),
    )


def main_responses(run: "Run") -> tuple[str, ...]:
    """Return the columns of responses that are asked for most.

    They are the quantities of the claims, totals over all materials, and output lost by state, in this order.
    """
    inputs = input_names(run.experiment)
    responses = [name for name in run.columns if name not in inputs]
    totals = [name for name in responses if "." not in name]
    lost = [name for name in responses if name.startswith("lost_output.") and name.count(".") == 1]
    return (*(claim_column(name) for name in run.claims), *totals, *lost)


def _within(low: float, high: float) -> str:
    if low == -math.inf:
        return "any" if high == math.inf else f"at most {high:g}"
    return f"at least {low:g}" if high == math.inf else f"{low:g} to {high:g}"


def _bounds(name: str, ends: Sequence[Bound]) -> tuple[float, float]:
    if len(ends) != 2:
        raise ResultsError(
            f"the range of {name} has {len(ends)} ends; give (low, high), None for an open end"
        )
    low, high = (_number(each) for each in ends)
    low, high = -math.inf if low is None else low, math.inf if high is None else high
    if not low <= high:
        raise ResultsError(
            f"the range of {name} is from {low:g} to {high:g}; give (low, high) with low <= high"
        )
    return low, high


def _number(end: Bound) -> float | None:
    return float(end.toordinal()) if isinstance(end, date) else end


def _spreads(run: "Run", scenario: str, there: Mask, within: Mask) -> Iterator[Spread]:
    """Iterate over how all inputs that differ, and the main responses, are spread."""
    inputs = input_names(run.experiment)
    names = [*inputs, *main_responses(run)]
    for name, values in zip(names, run.values(scenario, names), strict=True):
        if name in inputs and there.any() and np.ptp(values[there]) == 0.0:
            continue
        p05, median, p95 = (_quantile(values[within], each) for each in (0.05, 0.5, 0.95))
        yield Spread(
            column=name,
            kind=inputs.get(name, "response"),
            unit=run.column(name).unit,
            median_all=_quantile(values[there], 0.5),
            p05=p05,
            median=median,
            p95=p95,
        )


def _quantile(values: Floats, probability: float) -> float:
    return quantile(values[~np.isnan(values)], probability)
