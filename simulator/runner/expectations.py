"""What to expect of an experiment before it is run."""

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from simulator.analysis.predictive import PriorPredictive, prior_predictive
from simulator.model.experiment import Experiment
from simulator.runner import precision
from simulator.runner.medians import AtMedians, at_medians
from simulator.runner.running import run


@dataclass(frozen=True, slots=True)
class Expectations:
    """What an experiment comes to at the medians of the factors, in few replications, in a whole run."""

    experiment: Experiment
    medians: tuple[AtMedians, ...]
    """A scenario each."""
    predictive: PriorPredictive | None
    """None when nothing was observed, or when no replications were asked for."""
    workers: int
    rounds: tuple[int, ...]
    """The replications of each scenario after which a run may end; rising."""

    @property
    def levels(self) -> Mapping[str, tuple[float, ...]]:
        """The levels of every factor that is swept, by name."""
        swept = self.experiment.sweep.items()
        return {name: each if isinstance(each, tuple) else each.numbers() for name, each in swept}

    def seconds(self, replications: int) -> float:
        """Return about how long so many replications of each scenario take, the start of workers apart."""
        return replications * sum(each.seconds for each in self.medians) / self.workers

    def as_dict(self) -> dict[str, Any]:
        """Return all of it as plain values."""
        factors = self.experiment.factors
        return {
            "title": self.experiment.title,
            "scenarios": {each.scenario: _plain(each) for each in self.medians},
            "workers": self.workers,
            "run_seconds": {each: self.seconds(each) for each in self.rounds},
            "without_evidence_or_assumption": [name for name in factors if not factors[name].supported],
            "on_assumption_alone": [
                name for name in factors if factors[name].assumption and not factors[name].evidence
            ],
            "prior_predictive": [asdict(each) for each in self.predictive.checks]
            if self.predictive
            else None,
            "sweep": dict(self.levels),
        }


def expectations(
    experiment: Experiment, *, replications: int = 16, workers: int | None = None
) -> Expectations:
    """Return what to expect of an experiment: each scenario at the medians, then in a few replications.

    These are run in a temporary folder, and only when something was observed that they can be set beside.
    Raises as `at_medians` and `run` do.
    """
    medians = at_medians(experiment)
    predictive = None
    if replications and any(claim.observed for claim in experiment.claims.values()):
        few = _in_few_scrambles(experiment, replications)
        predictive = prior_predictive(run(few, replications=replications, workers=workers, results=None))
    processors = workers or len(os.sched_getaffinity(0))
    return Expectations(experiment, medians, predictive, processors, precision.rounds(experiment))


def _in_few_scrambles(experiment: Experiment, replications: int) -> Experiment:
    """Return the experiment with no more scrambles than replications, which would be made more otherwise."""
    design = experiment.design
    if design.scrambles is None or design.scrambles <= replications:
        return experiment
    fewer = design.model_copy(update={"scrambles": replications})
    return experiment.model_copy(update={"design": fewer})


def _plain(each: AtMedians) -> dict[str, Any]:
    kinds = "claims", "made", "delivered"
    return {
        "plants": each.plants,
        "lines": each.lines,
        "bound_events": each.bound_events,
        "expected_events": each.expected_events,
        "seconds": each.seconds,
        "fluid_bound": {bound.product: asdict(bound) for bound in each.bound.bounds},
        "at_medians": {
            name: number for name, number in each.columns.items() if name.partition(".")[0] in kinds
        },
    }
