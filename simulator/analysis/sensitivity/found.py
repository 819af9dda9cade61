"""What is known of how much each factor matters."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from simulator.analysis.sensitivity.grounds import Standing
from simulator.analysis.sensitivity.resampling import Index
from simulator.analysis.tabular import Tabular

if TYPE_CHECKING:
    import pandas as pd

NAMED = 3
"""Factors that a sentence names."""


@dataclass(frozen=True, slots=True)
class FactorSensitivity:
    """How much one column of a factor tells."""

    column: str
    """`factor`, or `factor.name` for a share of a Dirichlet factor."""
    standing: Standing
    share: Index
    """Of the variance of the response, or of the claim's indicator: first order, so for this column alone."""
    pawn: Index
    """Of the response."""
    slope: Index
    """Standardised rank regression coefficient of the response, -1 to 1."""
    bits: Index | None
    """Mutual information with the claim's indicator; None where no claim was asked for."""
    delta: Index | None
    """Of the response, on a subsample; None for a response without a density."""
    apart: bool
    """Whether share, PAWN or the size of the slope lie, with their whole interval, above those of the null."""
    rank: tuple[int, int] | None
    """The best and the worst place by share that the intervals leave; None where it is not told from chance."""

    @property
    def factor(self) -> str:
        """The name of the factor."""
        return self.column.partition(".")[0]

    @property
    def place(self) -> str:
        """The rank as written: `1`, or `2-4` for one that is tied."""
        if self.rank is None:
            return "-"
        first, last = self.rank
        return f"{first}" if first == last else f"{first}-{last}"


@dataclass(frozen=True, slots=True)
class Sensitivity(Tabular):
    """What matters for a response, or for a claim, in a scenario."""

    scenario: str
    claim: str | None
    """None where a response was asked for."""
    response: str
    """The column that PAWN, rank regression and delta are of; the quantity of the claim."""
    unit: str
    description: str
    factors: tuple[FactorSensitivity, ...]
    """The greatest share first; those not told from chance after the others."""
    null: FactorSensitivity
    """A random number that is used nowhere: what chance alone gives."""
    together: Index
    """The sum of the shares: what factors tell one at a time; interactions and chance are the rest."""
    fit: Index
    """R^2 of the rank model, adjusted: how far the coefficients tell all."""
    held: tuple[str, ...]
    """Columns of factors that have one value throughout, and so no index."""
    correlated: tuple[str, ...]
    """Factors that were drawn correlated, whose shares overlap."""
    hits: int | None
    n: int
    failed: int
    level: float
    method: str
    """How the intervals were made."""
    delta_rows: int
    """Replications that delta was computed from; 0 when the response has no density."""

    @property
    def of(self) -> str:
        """What the shares are of."""
        return self.response if self.claim is None else f"whether {self.claim} is met"

    @property
    def sentence(self) -> str:
        """The answer in words: what matters most, and what is tied."""
        return _sentence(self)

    @property
    def shown(self) -> tuple[str, ...]:
        return "column", "rank", "apart", "share", "bits", "pawn", "slope"

    def to_frame(self) -> "pd.DataFrame":
        """Return a row for each column of a factor, the null last."""
        import pandas as pd

        return pd.DataFrame([_record(each) for each in (*self.factors, self.null)])

    def as_dict(self) -> dict[str, Any]:
        """Return all of it by name."""
        whole = asdict(self)
        rows = [_record(each) for each in (*self.factors, self.null)]
        return {name: value for name, value in whole.items() if name not in ("factors", "null")} | {
            "rows": rows
        }


def _sentence(found: Sensitivity) -> str:
    told = [each for each in found.factors if each.apart]
    subject = f"For {found.of} in {found.scenario}"
    if not told:
        return f"{subject} no factor is told apart from chance with {found.n:,} replications."
    first = ", then ".join(f"{each.column} ({each.share.in_percent})" for each in told[:NAMED])
    tied = [each.column for each in told if each.rank is not None and each.rank[0] == 1]
    tie = f" The first place is tied between {', '.join(tied)}." if len(tied) > 1 else ""
    return f"{subject} what matters most is {first} of the variance.{tie}"


def _record(each: FactorSensitivity) -> dict[str, Any]:
    record: dict[str, Any] = {"column": each.column, "factor": each.factor, "does": each.standing.does}
    record |= {"rank": each.place, "apart": each.apart}
    for name in ("share", "bits", "pawn", "slope", "delta"):
        index: Index | None = getattr(each, name)
        for part in ("value", "low", "high"):
            label = name if part == "value" else f"{name}_{part}"
            record[label] = getattr(index, part) if index is not None else None
    standing = each.standing
    return record | {
        "evidence": ", ".join(standing.evidence),
        "grades": ", ".join(standing.grades),
        "assumption": standing.assumption or "",
    }
