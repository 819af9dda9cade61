"""How likely a claim is: its probability, with an interval and a word."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.analysis.figures import figure, percent
from simulator.analysis.intervals import Interval, proportion_interval
from simulator.analysis.sample import Sample, sample, samples
from simulator.analysis.tabular import Tabular
from simulator.analysis.terms import term
from simulator.errors import ResultsError
from simulator.model.checks.names import allowed
from simulator.model.claims import Claim

if TYPE_CHECKING:
    import pandas as pd

    from simulator.results import Run


@dataclass(frozen=True, slots=True)
class Estimate(Tabular):
    """How likely a claim is in a scenario, and how its quantity is spread.

    The probability is over factors and streams together: the share of replications in which the quantity
    reaches `at_least`.
    """

    scenario: str
    claim: str
    quantity: str
    at_least: float
    unit: str
    probability: float
    """NaN when every replication failed."""
    low: float
    """The interval of 95 %, wider when the run could end after several looks; from 0 when there was no hit."""
    high: float
    hits: int
    n: int
    """Replications, without those that failed."""
    failed: int
    p05: float
    """Order statistics of the quantity, in `unit`."""
    median: float
    p95: float
    method: str
    """How the interval was made."""

    @property
    def term(self) -> str:
        """The word of ICD 203 for the interval; never to be given without its number."""
        return term(self.low, self.high)

    @property
    def chance(self) -> str:
        """The probability with its interval as written; a bound when there was no hit, or nothing else."""
        return chance(self.hits, self.n, Interval(self.low, self.high, self.method))

    def as_dict(self) -> dict[str, Any]:
        """Return all of it by name, the term included."""
        fields = asdict(self)
        place = list(fields).index("hits")
        items = list(fields.items())
        return dict([*items[:place], ("term", self.term), *items[place:]])

    def to_frame(self) -> "pd.DataFrame":
        import pandas as pd

        return pd.DataFrame([self.as_dict()])

    def __str__(self) -> str:
        failures = f", {self.failed:,} failed" if self.failed else ""
        return (
            f"{self.claim} in {self.scenario}: {', '.join(filter(None, (self.chance, self.term)))}, "
            f"that {self.quantity} is at least {figure(self.at_least)} {self.unit}; "
            f"median {figure(self.median)}, 5 to 95 % {figure(self.p05)} to {figure(self.p95)} "
            f"({self.hits:,} of {self.n:,} replications{failures}; {self.method})"
        )


@dataclass(frozen=True, slots=True)
class Estimates(Tabular):
    """Every claim in every scenario."""

    estimates: tuple[Estimate, ...]

    def __iter__(self) -> Iterator[Estimate]:
        return iter(self.estimates)

    def __len__(self) -> int:
        return len(self.estimates)

    def of(self, claim_id: str, scenario: str) -> Estimate:
        """Return one of them; raises KeyError when there is none."""
        for estimate in self.estimates:
            if (estimate.claim, estimate.scenario) == (claim_id, scenario):
                return estimate
        raise KeyError((claim_id, scenario))

    @property
    def shown(self) -> tuple[str, ...]:
        names = "scenario", "claim", "quantity", "at_least", "unit", "probability", "term"
        return (*names, "p05", "median", "p95", "n", "failed")

    def to_frame(self) -> "pd.DataFrame":
        import pandas as pd

        return pd.DataFrame([estimate.as_dict() for estimate in self.estimates])


def claim(run: "Run", claim_id: str, scenario: str | None = None) -> Estimate:
    """Return how likely a claim is in a scenario, the first of the run unless one is named.

    Raises ResultsError for a claim or a scenario that the run has not.
    """
    found = claim_of(run, claim_id)
    return _estimate(claim_id, found, sample(run, claim_column(claim_id), scenario))


def claims(run: "Run") -> Estimates:
    """Return how likely every claim is in every scenario, in the order of the document."""
    found = []
    for scenario in run.scenarios:
        drawn = samples(run, [claim_column(name) for name in run.claims], scenario)
        for (name, each), values in zip(run.claims.items(), drawn, strict=True):
            found.append(_estimate(name, each, values))
    return Estimates(tuple(found))


def chance(hits: int, n: int, interval: Interval) -> str:
    """Return a proportion with its interval as written; a bound when there was no hit, or nothing else."""
    if not n:
        return "unknown"
    if hits == 0:
        return f"under {percent(interval.high, toward='up')}"
    if hits == n:
        return f"over {percent(interval.low, toward='down')}"
    written = f"{percent(interval.low).removesuffix(' %')} to {percent(interval.high)}"
    return f"{percent(hits / n)} [{written}]"


def claim_column(claim_id: str) -> str:
    """Return the column that has the quantity of a claim."""
    return f"claims.{claim_id}"


def claim_of(run: "Run", claim_id: str) -> Claim:
    """Return a claim of the run by its id; raises ResultsError when there is none."""
    known = run.experiment.claims
    if claim_id not in known:
        raise ResultsError(f"the run has no claim {claim_id}; {allowed(claim_id, known)}")
    return known[claim_id]


def _estimate(name: str, claim: Claim, drawn: Sample) -> Estimate:
    hit = drawn.values >= claim.at_least
    hits, n = int(np.count_nonzero(hit)), len(hit)
    interval = proportion_interval(hit, drawn.scramble, level=drawn.level)
    p05, median, p95 = drawn.quantiles(0.05, 0.5, 0.95)
    return Estimate(
        scenario=drawn.scenario,
        claim=name,
        quantity=claim.quantity,
        at_least=claim.at_least,
        unit=drawn.unit,
        probability=hits / n if n else float("nan"),
        low=interval.low,
        high=interval.high,
        hits=hits,
        n=n,
        failed=drawn.failed,
        p05=p05,
        median=median,
        p95=p95,
        method=interval.method,
    )
