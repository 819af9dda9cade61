"""How large every scenario is with the factors at their medians, known without a simulation."""

from dataclasses import dataclass

from simulator.model.experiment import Experiment
from simulator.model.realising.realise import realise
from simulator.model.realising.size import expected_events
from simulator.model.scenario.scenarios import Scenario, median_draw
from simulator.model.system import System


@dataclass(frozen=True, slots=True)
class Size:
    """The system of replication 0 of a scenario when every factor has its median."""

    scenario: str
    system: System
    expected_events: int
    """Bound events of a replication, estimated."""

    @property
    def plants(self) -> int:
        """How many plants there are."""
        return len(self.system.plants)

    @property
    def lines(self) -> int:
        """How many lines make something."""
        return sum(bool(line.recipes) for line in self.system.lines)


def sizes(experiment: Experiment) -> tuple[Size, ...]:
    """Return how large every scenario is; raises ModelError when the medians together describe no system."""
    return tuple(_size(experiment, name) for name in experiment.scenarios)


def _size(experiment: Experiment, name: str) -> Size:
    described = Scenario(experiment, name).describe(median_draw(experiment))
    system = realise(described, horizon=experiment.horizon, seed=experiment.seed, replication=0)
    return Size(name, system, expected_events(system))
