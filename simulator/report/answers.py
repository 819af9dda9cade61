"""What the report asks of a run, each answer computed once."""

from functools import cached_property
from typing import TYPE_CHECKING

from simulator.analysis.estimate import Estimates, claims

if TYPE_CHECKING:
    from simulator.results import Run


class Answers:
    """The answers of one run; what several sections show is computed when the first of them asks."""

    def __init__(self, run: "Run") -> None:
        self.run = run
        self.experiment = run.experiment
        self.scenario = run.scenarios[0]
        """The scenario that is asked about where only one is: the first."""
        self.claim = next(iter(run.claims), None)
        """The claim that the report leads with: the first; None where there are none."""

    @cached_property
    def estimates(self) -> Estimates:
        """How likely every claim is in every scenario."""
        return claims(self.run)
