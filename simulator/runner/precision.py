"""How many replications a run needs: rounds that double, with a look after each."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from simulator.analysis.estimate import claim_column, claims
from simulator.analysis.figures import figure
from simulator.analysis.quantiles import Quantile, quantiles
from simulator.errors import ConfigError, Fault
from simulator.model.checks.names import allowed
from simulator.model.experiment import Experiment, QuantilePrecision
from simulator.model.quantities import UNITS
from simulator.results.meanings import Column
from simulator.results.run import Run

FIRST_LOOK = 100
"""Replications before the first look at the least."""


def rounded_up(replications: int, experiment: Experiment) -> int:
    """Return a number of replications that gives every scramble of a Sobol design as many points."""
    scrambles = experiment.design.scrambles or 1
    return math.ceil(replications / scrambles) * scrambles


def rounds(experiment: Experiment) -> tuple[int, ...]:
    """Return the numbers of replications after which a run may end, the cap last.

    Each is twice the one before, so that there are few looks and points of a Sobol sequence come in powers of
    two. With nothing to reach, and for a Latin hypercube, which cannot be extended, there is the cap alone.
    """
    precision = experiment.precision
    cap = rounded_up(precision.at_most, experiment)
    asked = precision.half_widths(experiment.claims) or precision.quantiles
    if not asked or experiment.design.kind == "latin_hypercube":
        return (cap,)
    scrambles = experiment.design.scrambles or 1
    reached = scrambles
    while reached < FIRST_LOOK:
        reached *= 2
    looks = []
    while reached < cap:
        looks.append(reached)
        reached *= 2
    return (*looks, cap)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """An interval that is wider than was asked for."""

    scenario: str
    what: str
    """A claim, or a quantile of a response."""
    half_width: float
    asked: float
    unit: str

    def __str__(self) -> str:
        known = f"\N{PLUS-MINUS SIGN}{figure(self.half_width)} {self.unit}"
        if not math.isfinite(self.half_width):
            known = "no interval at all"
        asked = f"\N{PLUS-MINUS SIGN}{figure(self.asked)} {self.unit}"
        return f"{self.what} in {self.scenario}: known to {known}, asked for {asked}"


def reached(run: Run) -> bool:
    """Return whether every interval that matters is as narrow as asked, in every scenario."""
    return next(_shortfalls(run), None) is None


def not_reached(run: Run) -> tuple[Shortfall, ...]:
    """Return what a run that has got to its cap does not give as narrowly as was asked for; nothing before."""
    cap = rounded_up(run.experiment.precision.at_most, run.experiment)
    return tuple(_shortfalls(run)) if run.replications >= cap else ()


def check_quantiles(experiment: Experiment, scenario: str, columns: Mapping[str, Column]) -> None:
    """Raise ConfigError when a quantile is asked for of what is not among the columns of a scenario's rows."""
    found = []
    for name, asked in experiment.precision.quantiles.items():
        column = columns.get(quantity_column(experiment, name))
        where = f"precision.quantiles.{name}"
        if column is None:
            known = [*experiment.claims, *(each for each in columns if not each.startswith(claim_column("")))]
            found.append(Fault(where, f"is no claim or response of {scenario}; {allowed(name, known)}"))
        elif asked.half_width is not None and not _fits(asked.half_width.unit, column.unit):
            message = (
                f"is {asked.half_width}, of what is counted in {column.unit}; give it in that, or within"
            )
            found.append(Fault(f"{where}.half_width", message))
    if found:
        raise ConfigError(found)


def quantity_column(experiment: Experiment, name: str) -> str:
    """Return the column that a name of `precision.quantiles` means: that of a claim, or of a response."""
    return claim_column(name) if name in experiment.claims else name


def _fits(given: str, unit: str) -> bool:
    """Return whether a canonical unit is that of a column; a bare number counts what has no canonical unit."""
    return given == unit if unit in UNITS else given == "1"


def _shortfalls(run: Run) -> Iterator[Shortfall]:
    """Iterate over the intervals that are too wide; they have the run's `confidence`, which allows for looks."""
    asked = run.experiment.precision.half_widths(run.claims)
    for found in claims(run) if asked else ():
        half_width = (found.high - found.low) / 2.0
        if found.claim in asked and not half_width <= asked[found.claim]:
            yield Shortfall(
                found.scenario,
                found.claim,
                100.0 * half_width,
                100.0 * asked[found.claim],
                "percentage points",
            )
    for name, each in run.experiment.precision.quantiles.items():
        for scenario in run.scenarios:
            column = quantity_column(run.experiment, name)
            for quantile in quantiles(run, column, scenario, probabilities=each.at):
                if not quantile.half_width <= half_width_of(each, quantile.value):
                    yield _of_quantile(name, each, quantile)


def half_width_of(asked: QuantilePrecision, value: float) -> float:
    """Return how wide, either way, the interval of a quantile of such a value may be."""
    return (asked.within or 0.0) * abs(value) if asked.half_width is None else asked.half_width.number


def _of_quantile(name: str, asked: QuantilePrecision, found: Quantile) -> Shortfall:
    which = "median" if found.probability == 0.5 else f"{100.0 * found.probability:g} % quantile"
    what = f"{which} of {name}"
    if asked.half_width is not None:
        return Shortfall(found.scenario, what, found.half_width, asked.half_width.number, found.unit)
    share = found.half_width / abs(found.value) if found.value else math.inf
    return Shortfall(found.scenario, what, 100.0 * share, 100.0 * (asked.within or 0.0), "% of it")
