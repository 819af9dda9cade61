"""Whether each replication meets a claim, where hits and misses are enough to ask more of them than a probability."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.analysis.estimate import claim_column, claim_of
from simulator.analysis.intervals import FEWEST_HITS, Mask
from simulator.analysis.sample import Sample, first_scenario, sample, samples
from simulator.errors import ResultsError, TooFewError

if TYPE_CHECKING:
    from simulator.results import Run


@dataclass(frozen=True, slots=True, eq=False)
class Indicator:
    """The quantity of a claim in a scenario, and where it is met."""

    sample: Sample
    hit: Mask
    """Shape (n,)."""

    @property
    def hits(self) -> int:
        """How many replications meet the claim."""
        return int(np.count_nonzero(self.hit))

    @property
    def enough(self) -> bool:
        """Whether there are hits and misses enough."""
        return min(self.hits, len(self.hit) - self.hits) >= FEWEST_HITS


def indicator(run: "Run", claim: str, scenario: str | None = None) -> Indicator:
    """Return where a claim is met in a scenario, the first of the run unless one is named.

    Raises ResultsError for a claim or a scenario that the run has not.
    """
    at_least = claim_of(run, claim).at_least
    drawn = sample(run, claim_column(claim), scenario)
    return Indicator(drawn, drawn.values >= at_least)


def enough(run: "Run", scenario: str | None = None) -> dict[str, int]:
    """Return the claims with hits and misses enough in a scenario, by id, with their hits."""
    named = first_scenario(run) if scenario is None else scenario
    drawn = samples(run, [claim_column(name) for name in run.claims], named)
    found = {
        name: Indicator(each, each.values >= claim.at_least)
        for (name, claim), each in zip(run.claims.items(), drawn, strict=True)
    }
    return {name: each.hits for name, each in found.items() if each.enough}


def refusal(
    run: "Run", claim: str, found: Indicator, question: str, *, quantity: bool = False
) -> ResultsError:
    """Return the error that says that hits or misses are too few for a question, and what to ask instead.

    `quantity` says whether the question may be asked of the quantity of the claim.
    """
    scenario, hits, misses = found.sample.scenario, found.hits, len(found.hit) - found.hits
    fewer, noun = (hits, "hit") if hits < misses else (misses, "miss")
    few = f"{fewer:,} {noun}" if fewer == 1 else f"{fewer or 'no'} {'hits' if noun == 'hit' else 'misses'}"
    instead = [f"--claim {name} ({number:,} hits)" for name, number in enough(run, scenario).items()]
    if quantity:
        instead.insert(0, f"--response {claim_column(claim)}, its quantity")
    cure = (
        f"ask instead --question {question} {', or '.join(instead)}" if instead else "run more replications"
    )
    return TooFewError(
        f"claim {claim} has {few} among {len(found.hit):,} replications of {scenario}, and {question} needs "
        f"{FEWEST_HITS}; {cure}"
    )
