"""Every scenario once, with the factors at their medians: what it takes, what it makes."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from simulator import responses
from simulator.model.experiment import Experiment
from simulator.model.scenario.scenarios import Scenario, median_draw
from simulator.runner.execute import unfold


@dataclass(frozen=True, slots=True)
class AtMedians:
    """Replication 0 of a scenario when every factor has its median."""

    scenario: str
    bound_events: int
    """Bound events that were carried out."""
    seconds: float
    """Processor time to describe, simulate, measure."""
    columns: Mapping[str, float]
    """Claims, responses."""


def at_medians(experiment: Experiment) -> tuple[AtMedians, ...]:
    """Return what every scenario comes to at the medians of the factors.

    Raises ModelError when the medians together describe no system, ConfigError for a scenario that cannot be
    compiled.
    """
    names = list(experiment.scenarios)
    _once(experiment, names[0])  # what is loaded and compiled at the first use is no part of the time
    return tuple(_once(experiment, name) for name in names)


def _once(experiment: Experiment, name: str) -> AtMedians:
    scenario, draw = Scenario(experiment, name), median_draw(experiment)
    began = time.process_time()
    path = unfold(experiment, scenario, draw, replication=0, engine="auto")
    measures = responses.measure(path, experiment.claims)
    seconds = time.process_time() - began
    return AtMedians(name, path.bound_events, seconds, measures.columns)
