"""How many replications a run needs: rounds that double, with a look after each."""

import math

from simulator.analysis.estimate import claims
from simulator.model.experiment import Experiment
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
    two. Without a half-width to reach, without claims, and for a Latin hypercube, which cannot be extended,
    there is the cap alone.
    """
    precision = experiment.precision
    cap = rounded_up(precision.at_most, experiment)
    if precision.half_width is None or not experiment.claims or experiment.design.kind == "latin_hypercube":
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


def reached(run: Run) -> bool:
    """Return whether the interval of every claim that matters is as narrow as asked, in every scenario.

    Intervals have the run's `confidence`, which allows for its looks.
    """
    precision = run.experiment.precision
    names = run.claims if precision.claims == "all" else precision.claims
    widest = 2 * (precision.half_width or 0.0)
    return all(found.high - found.low <= widest for found in claims(run) if found.claim in names)
