"""What makes an experiment too large to run."""

from collections.abc import Iterator

from simulator.errors import ConfigError, Fault, ModelError
from simulator.model.checks.references import roles_of
from simulator.model.description import SystemDescription
from simulator.model.experiment import Experiment
from simulator.model.realising.realise import realise
from simulator.model.realising.size import expected_events
from simulator.model.scenario.scenarios import Scenario, median_draw

MOST_LINES = 100_000
MOST_EVENTS = 1_000_000_000
"""The most bound events of one replication."""
MOST_REPLICATIONS = 100_000_000
"""The most replications of a scenario."""


def size_faults(experiment: Experiment, replications: int | None = None) -> list[Fault]:
    """Return what makes an experiment too large to run, with `replications` or else `precision.at_most`.

    Scenarios are tried at the medians of the factors; one that fails there is left to `scenario_faults`.
    """
    asked = experiment.precision.at_most if replications is None else replications
    found: list[Fault] = []
    if not 1 <= asked <= MOST_REPLICATIONS:
        where = "precision.at_most" if replications is None else "replications"
        found.append(
            Fault(where, f"is {asked:,}; give from 1 to {MOST_REPLICATIONS:,} replications of a scenario")
        )
    median = median_draw(experiment)
    for name in experiment.scenarios:
        try:
            found += _too_large(experiment, f"scenarios.{name}", Scenario(experiment, name).describe(median))
        except (ConfigError, ModelError):
            continue
    return found


def _too_large(experiment: Experiment, where: str, description: SystemDescription) -> Iterator[Fault]:
    lines = about_lines(description)
    if lines > MOST_LINES:
        yield Fault(where, f"has about {lines:,.0f} lines; give at most {MOST_LINES:,}, in fewer plants")
        return
    system = realise(description, horizon=experiment.horizon, seed=experiment.seed, replication=0)
    events = expected_events(system)
    if events > MOST_EVENTS:
        cure = "by larger lots, longer intervals or a shorter horizon"
        most = f"give at most {MOST_EVENTS:.0e}, {cure}"
        yield Fault(where, f"has about {events:.2g} events a replication; {most}")


def about_lines(description: SystemDescription) -> float:
    """Return how many lines a system has by its shares, before plants are dealt, those without recipe too."""
    if description.plants is None:
        return 0.0
    total = description.plants.total
    roles = roles_of(description).values()
    return sum(max(float(role.at_least), total * role.share) * role.lines for role in roles)
