"""What to expect of an experiment before it is run."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import zip_longest
from typing import Any

from simulator.analysis.fluid import FluidBound, fluid_bound
from simulator.analysis.predictive import PriorPredictive, prior_predictive
from simulator.model.experiment import Experiment
from simulator.runner import precision
from simulator.runner.medians import AtMedians, at_medians
from simulator.runner.places import processors
from simulator.runner.running import run
from simulator.runner.sizes import Size, sizes

MOST_EVENTS = 1_000_000
"""The most bound events that a replication is estimated to have if any is to be simulated beforehand."""


@dataclass(frozen=True, slots=True)
class Expectations:
    """What an experiment comes to at the medians of the factors, in few replications, in a whole run."""

    experiment: Experiment
    sizes: tuple[Size, ...]
    """A scenario each."""
    bounds: tuple[FluidBound, ...]
    """A scenario each."""
    medians: tuple[AtMedians, ...]
    """A scenario each; none at all when one of them is too large to simulate beforehand."""
    predictive: PriorPredictive | None
    """None when nothing was observed, when no replications were asked for, or when they are too large."""
    workers: int
    rounds: tuple[int, ...]
    """The replications of each scenario after which a run may end; rising."""

    @property
    def levels(self) -> Mapping[str, tuple[float, ...]]:
        """The levels of every factor that is swept, by name."""
        swept = self.experiment.sweep.items()
        return {name: each if isinstance(each, tuple) else each.numbers() for name, each in swept}

    @property
    def most_events(self) -> int:
        """The most bound events that a replication of any scenario is estimated to have."""
        return max(each.expected_events for each in self.sizes)

    def seconds(self, replications: int) -> float:
        """Return about how long so many replications of each scenario take, the start of workers apart.

        It is known only where scenarios were simulated.
        """
        return replications * sum(each.seconds for each in self.medians) / self.workers

    def as_dict(self) -> dict[str, Any]:
        """Return all of it as plain values."""
        factors = self.experiment.factors
        return {
            "title": self.experiment.title,
            "scenarios": {
                each.scenario: _plain(each, bound, simulated)
                for each, bound, simulated in zip_longest(self.sizes, self.bounds, self.medians)
            },
            "workers": self.workers,
            "run_seconds": {each: self.seconds(each) for each in self.rounds} if self.medians else None,
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
    Nothing is simulated when a replication of a scenario is estimated to have more than `MOST_EVENTS` bound
    events. Raises as `at_medians` and `run` do.
    """
    sized = sizes(experiment)
    bounds = tuple(fluid_bound(each.system) for each in sized)
    medians: tuple[AtMedians, ...] = ()
    predictive = None
    if all(each.expected_events <= MOST_EVENTS for each in sized):
        medians = at_medians(experiment)
        if replications and any(claim.observed for claim in experiment.claims.values()):
            few = _in_few_scrambles(experiment, replications)
            made = run(few, replications=replications, workers=workers, results=None, cross_checks=1)
            predictive = prior_predictive(made)
    rounds = precision.rounds(experiment)
    return Expectations(experiment, sized, bounds, medians, predictive, workers or processors(), rounds)


def _in_few_scrambles(experiment: Experiment, replications: int) -> Experiment:
    """Return the experiment with no more scrambles than replications, which would be made more otherwise."""
    design = experiment.design
    if design.scrambles is None or design.scrambles <= replications:
        return experiment
    fewer = design.model_copy(update={"scrambles": replications})
    return experiment.model_copy(update={"design": fewer})


def _plain(each: Size, bound: FluidBound, simulated: AtMedians | None) -> dict[str, Any]:
    kinds = "claims", "made", "delivered"
    columns = simulated.columns.items() if simulated else ()
    return {
        "plants": each.plants,
        "lines": each.lines,
        "bound_events": simulated.bound_events if simulated else None,
        "expected_events": each.expected_events,
        "seconds": simulated.seconds if simulated else None,
        "warnings": list(each.system.recipe_warnings),
        "fluid_bound": {bounded.product: asdict(bounded) for bounded in bound.bounds},
        "at_medians": {name: number for name, number in columns if name.partition(".")[0] in kinds},
    }
