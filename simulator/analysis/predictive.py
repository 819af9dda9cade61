"""What the model says of observed quantities before it has seen them, beside what was observed."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.analysis.estimate import claim_column
from simulator.analysis.sample import Sample, samples
from simulator.analysis.tabular import Tabular
from simulator.model.claims import Claim

if TYPE_CHECKING:
    import pandas as pd

    from simulator.results import Run

RANGE = np.array([0.05, 0.5, 0.95])


@dataclass(frozen=True, slots=True)
class Check:
    """One observed quantity in one scenario: the prior predictive, the observation with its error."""

    scenario: str
    claim: str
    quantity: str
    unit: str
    p05: float
    """Of the model."""
    median: float
    p95: float
    observed_p05: float
    """Of the observation."""
    observed_median: float
    observed_p95: float
    mass: float
    """Share of replications within the 5 to 95 % range of the observation."""
    verdict: str
    """`inside` when either median lies in the 5 to 95 % range of the other; else `low` or `high`, where the model
    lies."""
    n: int
    failed: int


@dataclass(frozen=True, slots=True)
class PriorPredictive(Tabular):
    """Every observed quantity in every scenario."""

    checks: tuple[Check, ...]

    @property
    def shown(self) -> tuple[str, ...]:
        observed = "observed_p05", "observed_median", "observed_p95"
        return (
            "scenario",
            "claim",
            "verdict",
            "unit",
            "p05",
            "median",
            "p95",
            *observed,
            "mass",
            "n",
            "failed",
        )

    def to_frame(self) -> "pd.DataFrame":
        import pandas as pd

        return pd.DataFrame([asdict(check) for check in self.checks], columns=list(Check.__slots__))


def prior_predictive(run: "Run") -> PriorPredictive:
    """Return the prior predictive of every claim that has an observation, in every scenario of the run."""
    observed = {name: claim for name, claim in run.experiment.claims.items() if claim.observed is not None}
    found = []
    for scenario in run.scenarios if observed else ():
        drawn = samples(run, [claim_column(name) for name in observed], scenario)
        for (name, claim), values in zip(observed.items(), drawn, strict=True):
            found.append(_check(name, claim, values))
    return PriorPredictive(tuple(found))


def _check(name: str, claim: Claim, drawn: Sample) -> Check:
    assert claim.observed is not None
    low, middle, high = claim.observed.quantile(RANGE).tolist()
    p05, median, p95 = drawn.quantiles(*RANGE.tolist())
    within = (drawn.values >= low) & (drawn.values <= high)
    return Check(
        scenario=drawn.scenario,
        claim=name,
        quantity=claim.quantity,
        unit=drawn.unit,
        p05=p05,
        median=median,
        p95=p95,
        observed_p05=low,
        observed_median=middle,
        observed_p95=high,
        mass=float(np.mean(within)) if len(within) else float("nan"),
        verdict="inside" if low <= median <= high else _verdict(p05, p95, middle),
        n=len(drawn.values),
        failed=drawn.failed,
    )


def _verdict(p05: float, p95: float, observed: float) -> str:
    if p05 <= observed <= p95:
        return "inside"
    if p95 < observed:
        return "low"
    return "high" if p05 > observed else "unknown"
