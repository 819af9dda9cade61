"""What is wrong with assumptions, seen from the factors and scenarios they name."""

from collections.abc import Iterator

from simulator.errors import Fault
from simulator.model.checks.names import allowed
from simulator.model.checks.sampling import not_scalar
from simulator.model.experiment import Experiment


def assumption_faults(experiment: Experiment) -> Iterator[Fault]:
    """Yield the factors and scenarios that assumptions name and that do not exist, or cannot be meant.

    Whether there is the response is known to `simulator.studies.assumptions` alone.
    """
    for name, assumption in experiment.assumptions.items():
        where, factor = f"assumptions.{name}", assumption.factor
        if factor is not None:
            rises = assumption.rule != "unaffected_by"
            if factor not in experiment.factors or (rises and factor not in experiment.units()):
                yield Fault(f"{where}.{assumption.rule}", not_scalar(experiment, factor))
        for scenario in assumption.scenarios or ():
            if scenario not in experiment.scenarios:
                message = f"names {scenario}, which is no scenario; {allowed(scenario, experiment.scenarios)}"
                yield Fault(f"{where}.scenarios", message)
            elif factor in experiment.scenarios[scenario]:
                message = f"names {scenario}, which fixes {factor}; give scenarios in which it is drawn"
                yield Fault(f"{where}.scenarios", message)
