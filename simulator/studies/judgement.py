"""Judging claims: estimates from the rows, twins to tell factors from chance, grades of what the factors rest on."""

from simulator.analysis.confidence import confidence
from simulator.analysis.estimate import claim_of, claims
from simulator.analysis.judgement import Judgement, Judgements
from simulator.analysis.sensitivity import leading
from simulator.results.run import Run
from simulator.studies.chance import PAIRS, chance


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
    estimates = [
        each for each in claims(run) if claim in (None, each.claim) and scenario in (None, each.scenario)
    ]
    factors = leading(run, ((each.claim, each.scenario) for each in estimates))
    return Judgements(
        tuple(
            Judgement(
                estimate,
                shares.of(estimate.claim, estimate.scenario, "claim"),
                shares.of(estimate.claim, estimate.scenario, "quantity"),
                confidence(run.experiment, names),
            )
            for estimate, names in zip(estimates, factors, strict=True)
        )
    )
