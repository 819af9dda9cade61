"""What `--require` asks of the claims of a run."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.errors import ConfigError, Fault

if TYPE_CHECKING:
    from simulator.analysis.estimate import Estimates
    from simulator.model.experiment import Experiment

FORM = re.compile(r"\s*([a-z0-9_-]+)\s*(?:@\s*([a-z0-9_-]+)\s*)?>=\s*([0-9.]+)\s*")


@dataclass(frozen=True, slots=True)
class Requirement:
    """The probability that a claim is to have at least, in some scenarios."""

    claim: str
    scenarios: tuple[str, ...]
    probability: float

    def shortfalls(self, estimates: "Estimates") -> Iterable[str]:
        """Iterate over where it does not hold, a line each.

        It holds where the whole interval reaches the probability: an estimate above it that could be below
        by chance is not enough.
        """
        for scenario in self.scenarios:
            found = estimates.of(self.claim, scenario)
            if found.low >= self.probability:
                continue
            asked = f"--require {self.claim}@{scenario}>={self.probability:g}"
            if found.probability >= self.probability:
                yield f"{asked} is not shown: {found.chance} may be above it by chance; run more replications"
            else:
                yield f"{asked} does not hold: {found.chance}"


def requirements(
    texts: Sequence[str], experiment: "Experiment", *, scenarios: Sequence[str]
) -> list[Requirement]:
    """Return what texts such as `two_thousand@baseline>=0.5` require; raises ConfigError with all faults.

    Without a scenario it is required of each of `scenarios`.
    """
    faults: list[Fault] = []
    found = [_requirement(text, experiment, scenarios, faults) for text in texts]
    if faults:
        raise ConfigError(faults)
    return [each for each in found if each is not None]


def _requirement(
    text: str, experiment: "Experiment", scenarios: Sequence[str], faults: list[Fault]
) -> Requirement | None:
    from simulator.model.checks.names import unknown

    form = FORM.fullmatch(text)
    probability = _number(form[3]) if form else None
    if form is None or probability is None:
        example = next(iter(experiment.claims), "claim")
        message = f"is {text!r}; give CLAIM[@SCENARIO]>=P with P from 0 to 1, such as {example}>=0.5"
        faults.append(Fault("--require", message))
        return None
    claim, scenario = form[1], form[2]
    before = len(faults)
    if claim not in experiment.claims:
        faults.append(Fault("--require", unknown("claim", claim, experiment.claims)))
    if scenario is not None and scenario not in scenarios:
        faults.append(Fault("--require", unknown("scenario", scenario, scenarios)))
    if len(faults) > before:
        return None
    return Requirement(claim, tuple(scenarios) if scenario is None else (scenario,), probability)


def _number(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if 0.0 <= found <= 1.0 else None
