"""How likely a claim is in the plane of two factors: both held at a grid of levels."""

from collections.abc import Callable, Sequence
from itertools import product
from typing import TYPE_CHECKING

from simulator.analysis.contours import Contours, contours_of
from simulator.errors import ResultsError
from simulator.model.experiment import Experiment
from simulator.model.quantities import Quantity
from simulator.results import Run
from simulator.studies.threshold import factor_of, first_claim, in_order, law_of, levels_of
from simulator.studies.variants import names_of, scenario_of, simulated

if TYPE_CHECKING:
    from simulator.runner import Progress

REPLICATIONS = 64
"""Of each pair of levels, unless another number is asked for: fewer than for one factor, since pairs are many."""
EACH = 5
"""Levels of each factor, unless they are given."""


def contours(
    run: Run,
    factors: Sequence[str],
    claim: str | None = None,
    scenario: str | None = None,
    levels: tuple[Sequence[float], Sequence[float]] | None = None,
    *,
    replications: int = REPLICATIONS,
    workers: int | None = None,
    executor: str = "processes",
    progress: "Callable[[Progress], None] | None" = None,
) -> Contours:
    """Return how likely a claim is at each pair of levels of two factors.

    Levels are by default five of those of the config's `sweep`, or equal steps over the range of the factor's
    law. All else is as for `threshold`, and so is what is raised.
    """
    asked, named = first_claim(run, claim), scenario_of(run, scenario)
    if len(set(factors)) != 2 or len(factors) != 2:
        raise ResultsError(
            f"{len(factors)} factors are named, {', '.join(factors)}; name one, or two different ones"
        )
    a, b = (factor_of(run.experiment, name) for name in factors)
    units = law_of(run.experiment, a).unit, law_of(run.experiment, b).unit
    if levels is None:
        pairs = list(product(_few(run.experiment, a), _few(run.experiment, b)))
    else:
        pairs = list(product(in_order(levels[0]), in_order(levels[1])))
    variants = {
        name: {a: Quantity(of_a, units[0]), b: Quantity(of_b, units[1])}
        for name, (of_a, of_b) in zip(names_of("pair", pairs), pairs, strict=True)
    }
    study = simulated(
        run,
        named,
        variants,
        name="contours",
        replications=replications,
        workers=workers,
        executor=executor,
        progress=progress,
    )
    return contours_of(study, asked, pairs, factors=(a, b), factor_units=units, scenario=named)


def _few(experiment: Experiment, factor: str) -> tuple[float, ...]:
    """Return a few levels of a factor, its ends among them."""
    levels = levels_of(experiment, factor, EACH)
    if len(levels) <= EACH:
        return levels
    return tuple(levels[round(place * (len(levels) - 1) / (EACH - 1))] for place in range(EACH))
