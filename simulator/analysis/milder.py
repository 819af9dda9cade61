"""What to ask instead of a claim that hardly any, or nearly every, replication meets."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from simulator.analysis.exceedance import round_levels
from simulator.analysis.figures import figure
from simulator.analysis.intervals import FEWEST_HITS, Floats
from simulator.errors import ResultsError, TooFewError

if TYPE_CHECKING:
    from simulator.model.claims import Claim


def enough(values: Floats, at_least: float) -> bool:
    """Return whether there are hits and misses enough to tell the ones from the others."""
    hits = int(np.count_nonzero(values >= at_least))
    return min(hits, len(values) - hits) >= FEWEST_HITS


def answerable_levels(values: Floats) -> tuple[float, ...]:
    """Return the round levels of the exceedance curve that enough values reach and enough miss, rising."""
    return tuple(level for level in round_levels(values) if enough(values, level))


def nearest_level(values: Floats, at_least: float) -> float | None:
    """Return the round level nearest to a claim's figure for which there are hits and misses enough."""
    levels = answerable_levels(values)
    return min(levels, key=lambda level: abs(level - at_least), default=None)


def few(values: Floats, at_least: float) -> str:
    """Return in words how many replications meet a claim, or miss it, where that is too few."""
    hits, n = int(np.count_nonzero(values >= at_least)), len(values)
    rare, verb = (hits, "meet") if hits <= n - hits else (n - hits, "miss")
    return f"only {rare:,} of {n:,} replications {verb} it, under {FEWEST_HITS}"


def refuse(
    question: str, claim_id: str, at_least: float, claims: "Mapping[str, Claim]", values: Mapping[str, Floats]
) -> ResultsError:
    """Return the refusal of a question about a claim: how few hits or misses there are, and what has them.

    `values` has the quantity of each claim by id, each of shape (n,).
    """
    level = nearest_level(values[claim_id], at_least)
    milder = "milder" if np.mean(values[claim_id] >= at_least) < 0.5 else "harder"
    cures = []
    if level is not None:
        cures.append(
            f"the {milder} level {figure(level)} has them: "
            f"--question {question} --claim {claim_id} --at-least {figure(level).replace(',', '')}"
        )
    others = [name for name, claim in claims.items() if enough(values[name], claim.at_least)]
    if others:
        cures.append(
            f"of the claims {', '.join(others)} have them: --question {question} --claim {others[0]}"
        )
    cures.append(f"{'or ' if cures else ''}run more replications")
    return TooFewError(
        f"{claim_id} at least {figure(at_least)}: {few(values[claim_id], at_least)}, which is too few for "
        f"{question}; {'; '.join(cures)}"
    )


def askable(
    claims: "Mapping[str, Claim]", values: Mapping[str, Floats]
) -> tuple[list[tuple[str, float]], tuple[str, ...]]:
    """Return claims with the figures at which they can be asked, and in words what is not asked as it stands.

    `values` has the quantity of each claim by id, each of shape (n,). The figure is the claim's own, else the
    nearest round level with hits and misses enough.
    """
    asked, refused = [], []
    for name, claim in claims.items():
        level: float | None = claim.at_least
        if not enough(values[name], claim.at_least):
            level = nearest_level(values[name], claim.at_least)
            told = f"{name} at least {figure(claim.at_least)}: {few(values[name], claim.at_least)}"
            refused.append(told if level is None else f"{told}; asked instead: at least {figure(level)}")
        if level is not None:
            asked.append((name, level))
    return asked, tuple(refused)


def none_left(question: str, refused: Sequence[str]) -> ResultsError:
    """Return the refusal of a question about all claims, when none of them can be asked."""
    told = "; ".join(refused) or "the config has no claims"
    return TooFewError(f"nothing can be asked for {question}: {told}; run more replications")
