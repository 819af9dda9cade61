"""The whole judgement about a claim: how likely, due to what, and how far to be relied on."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator.analysis.chance import Share
from simulator.analysis.confidence import Confidence
from simulator.analysis.estimate import Estimate
from simulator.analysis.tabular import Tabular

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

    @property
    def shown(self) -> tuple[str, ...]:
        names = (
            "scenario",
            "claim",
            "quantity",
            "at_least",
            "unit",
            "probability",
            "term",
            "p05",
            "median",
            "p95",
        )
        return (
            *names,
            "claim_due_to_factors",
            "quantity_due_to_factors",
            "n",
            "failed",
            "confidence",
            "reasons",
        )

    def to_frame(self) -> "pd.DataFrame":
        import pandas as pd

        return pd.DataFrame([_flat(each) for each in self.judgements])


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
