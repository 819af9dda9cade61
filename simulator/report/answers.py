"""What the report asks of a run, each answer computed once."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.analysis.belief import Belief, Beliefs, belief, beliefs
from simulator.analysis.chance import Share
from simulator.analysis.confidence import confidence
from simulator.analysis.estimate import Estimate, Estimates, claim_column, claims
from simulator.analysis.inputs import input_names
from simulator.analysis.judgement import Judgement
from simulator.analysis.sensitivity import leading
from simulator.errors import ResultsError
from simulator.studies.chance import Shares, stored_chance

if TYPE_CHECKING:
    from simulator.results import Run


class Answers:
    """The answers of one run; what several sections show is computed when the first of them asks.

    Raises ResultsError for a run without replications.
    """

    def __init__(self, run: "Run") -> None:
        if not run.replications:
            raise ResultsError(
                f"{run.folder}: has no replications of each scenario yet; run the experiment first: "
                f"simulator run {run.manifest.name}"
            )
        self.run = _read(run)
        self.experiment = run.experiment
        self.scenario = run.scenarios[0]
        """The scenario that is asked about where only one is: the first."""
        self.claim = next(iter(run.claims), None)
        """The claim that the report leads with: the first; None where there are none."""

    @property
    def results(self) -> Path:
        """The folder that the results of several configs are kept in."""
        return Path(self.run.folder).absolute().parent.parent

    @cached_property
    def estimates(self) -> Estimates:
        """How likely every claim is in every scenario."""
        return claims(self.run)

    @cached_property
    def judgements(self) -> tuple[Judgement, ...]:
        """How likely every claim is, due to what as far as twins are stored, and how far to be relied on."""
        factors = leading(self.run, ((each.claim, each.scenario) for each in self.estimates))
        return tuple(map(self._judgement, self.estimates, factors))

    def _judgement(self, estimate: Estimate, factors: tuple[str, ...]) -> Judgement:
        nothing = Share(estimate.scenario, estimate.claim, "", float("nan"), 0.0, 1.0, 0)
        of_claim, of_quantity = (
            nothing if self.chance is None else self.chance.of(estimate.claim, estimate.scenario, of)
            for of in ("claim", "quantity")
        )
        return Judgement(estimate, of_claim, of_quantity, confidence(self.experiment, factors))

    @cached_property
    def chance(self) -> Shares | None:
        """What is due to factors and what to chance; None where no twins are stored."""
        try:
            return stored_chance(self.run)
        except ResultsError:
            return None

    @cached_property
    def given_claim(self) -> Beliefs:
        """What one would have to believe for the first claim, or a milder figure of it; raises ResultsError."""
        return beliefs(self.run, self.scenario, [self.claim] if self.claim else [], observed=False)

    @cached_property
    def given_observed(self) -> Belief | None:
        """What one has to believe after what was observed; None where nothing was, or the rows do not bear it."""
        if not any(claim.observed is not None for claim in self.run.claims.values()):
            return None
        try:
            return belief(self.run, scenario=self.scenario)
        except ResultsError:
            return None


def _read(run: "Run") -> "Run":
    """Return a run that holds what most questions ask of it: factors, derived numbers, quantities of claims."""
    held = run.holding()
    claimed = [claim_column(name) for name in run.claims]
    names = [name for name in (*input_names(run.experiment), *claimed) if name in run.columns]
    for scenario in run.scenarios:
        list(held.values(scenario, names))
    return held
