"""What is wrong with how factors are to be sampled: correlations, sweeps, precision."""

import math
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from simulator.errors import Fault
from simulator.model.checks.factor_faults import misfits
from simulator.model.checks.names import allowed
from simulator.model.experiment import Experiment, Levels
from simulator.model.quantities import Quantity
from simulator.model.scenario.targets import targets_of

MOST_LEVELS = 10_000
LEAST_EIGENVALUE = 1e-9


def correlation_matrix(experiment: Experiment) -> tuple[list[str], npt.NDArray[np.float64]]:
    """Return the correlated factors in file order, and the correlations of their normal scores; shape (n, n).

    A rank correlation r of two factors under a Gaussian copula is one of 2 sin(pi r / 6) between normal
    scores (Kruskal, "Ordinal Measures of Association", JASA 53, 1958).
    """
    named = {name for pair in experiment.correlations for name in pair.factors}
    names = [name for name in experiment.factors if name in named]
    matrix = np.eye(len(names))
    for pair in experiment.correlations:
        one, other = (names.index(name) for name in pair.factors)
        matrix[one, other] = matrix[other, one] = 2 * math.sin(math.pi * pair.rank / 6)
    return names, matrix


def sampling_faults(experiment: Experiment) -> list[Fault]:
    """Return correlations that cannot be, sweeps that cannot be run, and precision of unknown claims."""
    return [*_correlation_faults(experiment), *_sweep_faults(experiment), *_precision_faults(experiment)]


def _correlation_faults(experiment: Experiment) -> Iterator[Fault]:
    scalar = experiment.units()
    seen: set[frozenset[str]] = set()
    sound = True
    for place, pair in enumerate(experiment.correlations):
        where = f"correlations.{place}.factors"
        wrong = [not_scalar(experiment, name) for name in pair.factors if name not in scalar]
        if not wrong and pair.factors[0] == pair.factors[1]:
            wrong.append(f"names {pair.factors[0]} twice; give two factors")
        elif not wrong and frozenset(pair.factors) in seen:
            wrong.append(f"names {' and '.join(pair.factors)} a second time; give one rank for the two")
        seen.add(frozenset(pair.factors))
        sound = sound and not wrong
        yield from (Fault(where, message) for message in wrong)
    if sound and experiment.correlations:
        least = float(np.linalg.eigvalsh(correlation_matrix(experiment)[1])[0])
        if least < LEAST_EIGENVALUE:
            yield Fault(
                "correlations",
                f"cannot all hold: their matrix is not positive definite, with an eigenvalue of {least:.3g}; "
                "give ranks nearer to 0",
            )


def _sweep_faults(experiment: Experiment) -> Iterator[Fault]:
    tree = experiment.system.tree()
    for name, levels in experiment.sweep.items():
        where = f"sweep.{name}"
        if name not in experiment.units():
            yield Fault(where, not_scalar(experiment, name))
            continue
        if isinstance(levels, Levels):
            if levels.count < 1:
                yield Fault(
                    where, f"goes from {levels.from_:g} to {levels.to:g}; give a to that is not below from"
                )
                continue
            last = levels.from_ + (levels.count - 1) * levels.step
            count, least, most = levels.count, levels.from_, last
        else:
            count, least, most = len(levels), min(levels), max(levels)
            if any(later <= earlier for earlier, later in pairwise(levels)):
                yield Fault(where, "has levels out of order; give rising numbers")
        if count > MOST_LEVELS:
            yield Fault(where, f"has {count:,} levels; give {MOST_LEVELS:,} or fewer")
        targets = targets_of(tree, "factors", name, experiment.factors[name], [])
        for level in dict.fromkeys((least, most)):
            value = Quantity(level, experiment.units()[name])
            refused = next(misfits(experiment, targets, value, tree), None)
            if refused is not None:
                yield Fault(where, f"reaches {value} at {refused[0].path}: it {refused[1]}")


def _precision_faults(experiment: Experiment) -> Iterator[Fault]:
    precision = experiment.precision
    named = {
        "claims": () if precision.claims == "all" else precision.claims,
        "half_width": precision.half_width if isinstance(precision.half_width, dict) else (),
    }
    for key, names in named.items():
        for name in names:
            if name not in experiment.claims:
                cure = allowed(name, experiment.claims)
                yield Fault(f"precision.{key}", f"names {name}, which is no claim; {cure}")


def not_scalar(experiment: Experiment, name: str) -> str:
    """Return the message for a name that is not one of a factor of one number."""
    if name in experiment.factors:
        return f"names {name}, which draws shares by name; give a factor of one number"
    return f"names {name}, which is no factor; {allowed(name, experiment.units())}"
