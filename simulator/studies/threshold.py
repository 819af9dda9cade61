"""How many plants a claim would take, or how much of any factor: a sweep of its levels."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from simulator.analysis.estimate import claim_of
from simulator.analysis.threshold import Threshold, threshold_of
from simulator.errors import ConfigError, Fault, ResultsError
from simulator.model.checks.names import listed
from simulator.model.checks.sampling import not_scalar
from simulator.model.distributions import Constant, Distribution, Triangular, Uniform, UniformInteger, rounded
from simulator.model.experiment import Experiment, Levels
from simulator.model.quantities import Quantity
from simulator.results import Run
from simulator.studies.variants import names_of, scenario_of, simulated, stored

if TYPE_CHECKING:
    from simulator.runner import Progress

REPLICATIONS = 256
"""Of each level, unless another number is asked for."""
LEVELS = 9
"""Of a factor for which the config has no `sweep`."""
NAME = "threshold"
"""Of the folder that its runs lie in."""
PLANTS = "plants.total"
"""Where a system has the number of its plants."""


def threshold(
    run: Run,
    factor: str | None = None,
    claim: str | None = None,
    scenario: str | None = None,
    levels: Sequence[float] | None = None,
    *,
    replications: int = REPLICATIONS,
    workers: int | None = None,
    executor: str = "processes",
    progress: "Callable[[Progress], None] | None" = None,
) -> Threshold:
    """Return how likely a claim is at each of several levels of a factor, and where odds are even.

    The factor is held at each level in turn, in one scenario, the first of the run unless one is named; all else
    is drawn as in the run, and the same at every level. The first factor that the config sweeps is meant
    unless one is named, and the first claim. Levels, in the canonical unit of the factor, are by default those
    of the config's `sweep`, else equal steps over the range of its law. The rows are kept in the folder of the
    run, and are not computed again. Raises ResultsError for what the run has not, ConfigError for levels that
    cannot be, and what `simulator.run` raises.
    """
    carried_out = partial(
        simulated, replications=replications, workers=workers, executor=executor, progress=progress
    )
    return _threshold(run, factor, claim, scenario, levels, carried_out)


def stored_threshold(
    run: Run, factor: str | None = None, claim: str | None = None, scenario: str | None = None
) -> Threshold:
    """Return what `threshold` would of the default levels, from what it stored before; nothing is simulated.

    Raises as `threshold` does, and ResultsError when it was not asked for before or what is stored does not belong
    to the rows of the run.
    """
    return _threshold(run, factor, claim, scenario, None, stored)


def _threshold(
    run: Run,
    factor: str | None,
    claim: str | None,
    scenario: str | None,
    levels: Sequence[float] | None,
    carried_out: Callable[..., Run],
) -> Threshold:
    experiment = run.experiment
    asked = first_claim(run, claim)
    named = scenario_of(run, scenario)
    chosen = factor_of(experiment, factor)
    law = law_of(experiment, chosen)
    numbers = levels_of(experiment, chosen) if levels is None else in_order(levels)
    variants = {
        name: {chosen: Quantity(level, law.unit)}
        for name, level in zip(names_of("level", numbers), numbers, strict=True)
    }
    study = carried_out(run, named, variants, name=NAME)
    least, most, reported_is = reported(law)
    return threshold_of(
        study,
        asked,
        numbers,
        factor=chosen,
        factor_unit=law.unit,
        scenario=named,
        reported=(least, most),
        reported_is=reported_is,
    )


def first_claim(run: Run, claim: str | None) -> str:
    """Return the claim that is meant, the first unless one is named; raises ResultsError when there is none."""
    if claim is not None:
        claim_of(run, claim)
        return claim
    if not run.claims:
        raise ResultsError("the config has no claims; give it one, to ask what it would take")
    return next(iter(run.claims))


def factor_of(experiment: Experiment, factor: str | None) -> str:
    """Return the factor that is meant: unless one is named, the first that is swept, or else the number of plants.

    Raises ResultsError when there is none.
    """
    units = experiment.units()
    if factor is None:
        counts = [name for name in units if PLANTS in experiment.factors[name].sets]
        meant = [*experiment.sweep, *counts]
        if not meant:
            known = f"name one of {listed(units)} as factor (--factor NAME)" if units else "there are none"
            raise ResultsError(f"the config sweeps no factor, and none sets {PLANTS}; {known}")
        return meant[0]
    if factor not in units:
        raise ResultsError(not_scalar(experiment, factor))
    return factor


def law_of(experiment: Experiment, factor: str) -> Distribution:
    """Return the law of a factor of one number."""
    law = experiment.factors[factor].distribution
    assert law is not None
    return law


def levels_of(experiment: Experiment, factor: str, count: int = LEVELS) -> tuple[float, ...]:
    """Return the levels that the config sweeps, else `count` equal steps over the range of the factor's law."""
    swept = experiment.sweep.get(factor)
    if swept is not None:
        return swept.numbers() if isinstance(swept, Levels) else swept
    law = law_of(experiment, factor)
    if isinstance(law, Constant):
        raise ConfigError([Fault(f"factors.{factor}", "has one value for certain; give levels")])
    low, high, _ = reported(law)
    steps = [rounded(each) for each in np.linspace(low, high, count).tolist()]
    whole = isinstance(law, UniformInteger)
    return tuple(dict.fromkeys(float(round(each)) if whole else each for each in steps))


def reported(law: Distribution) -> tuple[float, float, str]:
    """Return the range that a law gives a factor, and what of the law that is."""
    if isinstance(law, (Uniform, UniformInteger, Triangular)):
        least, most = law.bounds()
        return least.number, most.number, "the whole of its range"
    low, high = (rounded(each) for each in law.quantile(np.array([0.05, 0.95])).tolist())
    return low, high, "5 to 95 % of its law"


def in_order(levels: Sequence[float]) -> tuple[float, ...]:
    """Return levels as numbers; raises ConfigError unless they rise."""
    found = tuple(float(level) for level in levels)
    if not found or any(later <= earlier for earlier, later in pairwise(found)):
        raise ConfigError([Fault("levels", f"are {list(levels)}; give rising numbers")])
    return found
