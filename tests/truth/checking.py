"""Estimates from independent replications, set against exact values in standard errors."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.stats import t

from simulator.config import load
from simulator.model.experiment import Experiment
from simulator.model.scenario.scenarios import Scenario
from simulator.model.system import TICKS_PER_HOUR
from simulator.path import SamplePath
from simulator.runner.execute import unfold
from tests.truth.estimators import Part
from tests.truth.forms import MANY, Case, Form

ALPHA = 1e-6
"""How often a check of a correct simulator fails, over seeds; the seed is fixed."""
CASES_FOLDER = Path(__file__).parents[1] / "cases"
ENGINES = ("reference", "compiled")


@dataclass(frozen=True, slots=True)
class Estimate:
    """What replications say of a form."""

    exact: float
    number: float
    standard_error: float
    away: float
    """Standard errors above the exact value."""
    replications: int

    @property
    def bound(self) -> float:
        """The two-sided bound of t at ALPHA, in standard errors."""
        return float(t.isf(ALPHA / 2, self.replications - 1))

    @property
    def passes(self) -> bool:
        """Whether the exact value may stand: it is nearer than the bound."""
        return abs(self.away) < self.bound

    @property
    def sees_per_cent(self) -> float:
        """The smallest change of the exact value that is rejected, as a share of it, by an estimate that meets it."""
        return 100.0 * self.bound * self.standard_error / self.exact


def experiment_of(case: Case) -> Experiment:
    """Return the experiment of a case, from its file."""
    return load(CASES_FOLDER / f"{case.name}.yaml")


def measured(case: Case, *, scenario: str, engine: str) -> list[Estimate]:
    """Return an estimate of every form of a case from replications of a scenario; a slip gets `MANY` at most."""
    experiment = experiment_of(case)
    compiled = Scenario(experiment, scenario)
    parts: list[list[Part]] = [[] for _ in case.forms]
    replications = case.replications[engine]
    if scenario == "slip":
        replications = min(replications, MANY)
    for replication in range(replications):
        path = unfold(experiment, compiled, {}, replication=replication, engine=engine)
        for form, found in zip(case.forms, parts, strict=True):
            found.append(part(form, path))
    return [estimate(form.exact, found) for form, found in zip(case.forms, parts, strict=True)]


def part(form: Form, path: SamplePath) -> Part:
    """Return what one path says of a form."""
    first, last = form.hours
    end = path.system.end_tick if last is None else round(last * TICKS_PER_HOUR)
    return form.estimator(path, (round(first * TICKS_PER_HOUR), end))


def estimate(exact: float, parts: Sequence[Part]) -> Estimate:
    """Return the pooled ratio and how far it is from the exact one.

    Under the exact ratio the sum less `exact` times its divisor has a mean of 0; a mean of ratios would be biased.
    """
    sums, divisors = np.array(parts).T
    surplus = sums - exact * divisors
    error = float(np.std(surplus, ddof=1)) / math.sqrt(len(parts))
    return Estimate(
        exact=exact,
        number=float(sums.sum() / divisors.sum()),
        standard_error=error / float(divisors.mean()),
        away=float(surplus.mean()) / error,
        replications=len(parts),
    )
