"""Two scenarios compared, replication by replication."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.analysis.distances import kolmogorov, wasserstein
from simulator.analysis.estimate import claim_column, claim_of
from simulator.analysis.figures import figure
from simulator.analysis.intervals import (
    FEWEST_HITS,
    Floats,
    Interval,
    Ints,
    Mask,
    clopper_pearson,
    mean_interval,
)
from simulator.analysis.sample import sample, scrambles
from simulator.analysis.shift import Shift, shift
from simulator.analysis.tabular import Tabular
from simulator.errors import ResultsError

if TYPE_CHECKING:
    import pandas as pd

    from simulator.results import Run


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure of a, the same figure of b, and b less a with its interval of 95 %."""

    measure: str
    unit: str
    a: float
    b: float
    difference: float
    low: float
    high: float
    method: str
    p_value: float | None = None
    """Of no difference; None where only the interval speaks."""


@dataclass(frozen=True, slots=True)
class Comparison(Tabular):
    """How a response differs between scenario a and scenario b: always b less a."""

    a: str
    b: str
    response: str
    unit: str
    description: str
    n: int
    """Pairs of replications."""
    failed: int
    """Pairs left out, since one of the two has no value."""
    mean: Difference
    median: Difference
    """Of the two medians; not the median of the differences."""
    shift: Shift
    """At the deciles."""
    wasserstein: float
    """In `unit`."""
    kolmogorov: float
    """0 to 1."""
    claim: str | None = None
    probability: Difference | None = None
    """Of the claim, when one was asked for."""

    @property
    def p_value(self) -> float:
        """Of no difference in the probability of the claim or, without a claim, in the mean."""
        found = (self.probability or self.mean).p_value
        return 1.0 if found is None else found

    def to_frame(self) -> "pd.DataFrame":
        """Return mean, median, probability of the claim, deciles and the two distances, a row each."""
        import pandas as pd

        rows: list[dict[str, Any]] = [
            asdict(each) for each in (self.mean, self.median, self.probability) if each is not None
        ]
        for share, *figures in self.shift.rows():
            decile = dict(zip(("a", "b", "difference", "low", "high"), figures, strict=True))
            measure = f"{100 * share:.0f} % quantile"
            rows.append({"measure": measure, "unit": self.unit, **decile, "method": self.median.method})
        rows.append({"measure": "Wasserstein distance", "unit": self.unit, "difference": self.wasserstein})
        rows.append({"measure": "Kolmogorov distance", "unit": "1", "difference": self.kolmogorov})
        return pd.DataFrame(rows)

    @property
    def sentence(self) -> str:
        return f"{self.response}, {self.b} less {self.a}, {self.n:,} pairs"

    def __str__(self) -> str:
        table = self.to_frame().to_string(index=False, float_format=figure, na_rep="")
        return f"{self.sentence}\n{table}"


def compare(
    run: "Run",
    a: str,
    b: str,
    *,
    response: str = "delivered",
    claim: str | None = None,
    other: "Run | None" = None,
) -> Comparison:
    """Compare a response, and the probability of a claim, between scenario `a` and scenario `b`.

    `b` is a scenario of `other` when that is given, else of `run`. Replications are paired by number: in one
    run, and in runs of one seed, the two of a pair have the same factors and the same luck wherever the
    scenarios do not differ, and these cancel. Raises ResultsError for a scenario, a response or a claim that
    a run has not, and when no pair is left.
    """
    runs = run, run if other is None else other
    pairs = _pair(runs, a, b, response)
    shifts = shift(pairs.a, pairs.b, pairs.scramble, level=pairs.level)
    return Comparison(
        a=a,
        b=b,
        response=response,
        unit=pairs.unit,
        description=pairs.description,
        n=len(pairs.a),
        failed=pairs.failed,
        mean=_mean(pairs),
        median=_median(shifts, pairs),
        shift=shifts,
        wasserstein=wasserstein(pairs.a, pairs.b),
        kolmogorov=kolmogorov(pairs.a, pairs.b),
        claim=claim,
        probability=None if claim is None else _probability(runs, a, b, claim),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Pairs:
    """The values of replications that have one in both scenarios; arrays of shape (n,)."""

    a: Floats
    b: Floats
    scramble: Ints | None
    failed: int
    level: float
    """The confidence that intervals need: the higher one of the two runs."""
    unit: str
    description: str


def _pair(runs: tuple["Run", "Run"], a: str, b: str, column: str) -> _Pairs:
    of_a, of_b = sample(runs[0], column, a), sample(runs[1], column, b)
    both, in_a, in_b = np.intersect1d(of_a.replication, of_b.replication, return_indices=True)
    if not len(both):
        raise ResultsError(f"no replication has {column} in both {a} and {b}; run more of them")
    designs = tuple(run.experiment.design for run in runs)
    return _Pairs(
        a=of_a.values[in_a],
        b=of_b.values[in_b],
        scramble=scrambles(designs[0], both) if designs[0] == designs[1] else None,
        failed=max(len(of_a.values) + of_a.failed, len(of_b.values) + of_b.failed) - len(both),
        level=max(of_a.level, of_b.level),
        unit=of_a.unit,
        description=of_a.description,
    )


def _mean(pairs: _Pairs) -> Difference:
    found = mean_interval(pairs.b - pairs.a, pairs.scramble, level=pairs.level)
    return Difference(
        measure="mean",
        unit=pairs.unit,
        a=float(np.mean(pairs.a)),
        b=float(np.mean(pairs.b)),
        difference=found.mean,
        low=found.interval.low,
        high=found.interval.high,
        method=found.interval.method,
        p_value=found.p_value,
    )


def _median(shifts: Shift, pairs: _Pairs) -> Difference:
    middle = shifts.probability.index(0.5)
    resampled = "pairs" if pairs.scramble is None else "scrambles of pairs"
    return Difference(
        measure="median",
        unit=pairs.unit,
        a=shifts.a[middle],
        b=shifts.b[middle],
        difference=shifts.difference[middle],
        low=shifts.low[middle],
        high=shifts.high[middle],
        method=f"bootstrap of {resampled}",
    )


def _probability(runs: tuple["Run", "Run"], a: str, b: str, claim: str) -> Difference:
    at_least = claim_of(runs[0], claim).at_least
    pairs = _pair(runs, a, b, claim_column(claim))
    hit_a, hit_b = pairs.a >= at_least, pairs.b >= at_least
    interval, p_value = paired_proportions(hit_a, hit_b, pairs.scramble, level=pairs.level)
    return Difference(
        measure=f"probability of {claim}",
        unit="1",
        a=float(np.mean(hit_a)),
        b=float(np.mean(hit_b)),
        difference=float(np.mean(hit_b)) - float(np.mean(hit_a)),
        low=interval.low,
        high=interval.high,
        method=interval.method,
        p_value=p_value,
    )


def paired_proportions(
    hit_a: Mask, hit_b: Mask, scramble: Ints | None, *, level: float
) -> tuple[Interval, float]:
    """Return the interval of the difference of two paired proportions, and the probability of no difference.

    The t interval over the means of scrambles, where there are scrambles and where gains, losses and the rest
    are such that no one of the three is nearly all. Else the exact interval of the share that gained less
    that of the share that lost, each at half the error, with McNemar's exact test of the two.
    """
    n = len(hit_a)
    gained, lost = int(np.count_nonzero(hit_b & ~hit_a)), int(np.count_nonzero(hit_a & ~hit_b))
    if scramble is not None and n - max(gained, lost, n - gained - lost) >= FEWEST_HITS:
        found = mean_interval(hit_b.astype(np.float64) - hit_a, scramble, level=level)
        if found.interval.high - found.interval.low >= 1.0 / n:
            return found.interval, found.p_value
    each = (1.0 + level) / 2.0
    gain, loss = clopper_pearson(gained, n, level=each), clopper_pearson(lost, n, level=each)
    interval = Interval(gain.low - loss.high, gain.high - loss.low, "Clopper-Pearson of gains and losses")
    return interval, mcnemar(gained, lost)


def mcnemar(gained: int, lost: int) -> float:
    """Return the two-sided exact probability of counts so uneven if gains and losses were equally likely."""
    from scipy.special import bdtr

    changed = gained + lost
    return min(1.0, 2.0 * float(bdtr(min(gained, lost), changed, 0.5))) if changed else 1.0
