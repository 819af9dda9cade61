"""The whole judgement about a claim: how likely, due to what, and how far to be relied on."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator.analysis.chance import Share
from simulator.analysis.confidence import Confidence, confidence
from simulator.analysis.estimate import Estimate, claim_of, claims
from simulator.analysis.sensitivity.singly import shares as factor_shares
from simulator.analysis.tabular import Tabular
from simulator.errors import ResultsError
from simulator.results.run import Run
from simulator.studies.chance import PAIRS, chance

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Judgement:
    """The answer about one claim in one scenario."""

    estimate: Estimate
    of_claim: Share
    """The share that factors have in whether the claim is met."""
    of_quantity: Share
    """The share that factors have in its quantity."""
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Judgements(Tabular):
    """The answer about several claims and scenarios."""

    judgements: tuple[Judgement, ...]

    def to_frame(self) -> "pd.DataFrame":
        import pandas as pd

        return pd.DataFrame([_flat(each) for each in self.judgements])


def judge(
    run: Run,
    claim: str | None = None,
    scenario: str | None = None,
    *,
    pairs: int = PAIRS,
    workers: int | None = None,
) -> Judgements:
    """Return the judgement about every claim of a run in every scenario, or about those named.

    `pairs` replications of each scenario are repeated with the same factors and other luck, in `workers` processes,
    one a processor by default. Raises ResultsError for a claim or a scenario that the run has not.
    """
    if claim is not None:
        claim_of(run, claim)
    shares = chance(run, scenario=scenario, pairs=pairs, workers=workers)
    return Judgements(
        tuple(
            Judgement(
                estimate,
                shares.of(estimate.claim, estimate.scenario, "claim"),
                shares.of(estimate.claim, estimate.scenario, "quantity"),
                confidence(run.experiment, _leading(run, estimate)),
            )
            for estimate in claims(run)
            if claim in (None, estimate.claim) and scenario in (None, estimate.scenario)
        )
    )


def _leading(run: Run, estimate: Estimate) -> tuple[str, ...]:
    """Return the factors that are told from chance, the greatest share first; none where the rows do not tell."""
    try:
        return factor_shares(run, estimate.claim, estimate.scenario).names
    except ResultsError:
        return ()


def _flat(each: Judgement) -> dict[str, Any]:
    return {
        **each.estimate.as_dict(),
        "claim_due_to_factors": each.of_claim.factors,
        "claim_due_to_factors_low": each.of_claim.low,
        "claim_due_to_factors_high": each.of_claim.high,
        "quantity_due_to_factors": each.of_quantity.factors,
        "quantity_due_to_factors_low": each.of_quantity.low,
        "quantity_due_to_factors_high": each.of_quantity.high,
        "pairs": each.of_quantity.pairs,
        "confidence": each.confidence.level,
        "reasons": list(each.confidence.reasons),
    }
