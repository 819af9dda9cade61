"""The plan of a run: the value of every factor in every replication."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.model.checks.sampling import correlation_matrix
from simulator.model.distributions import rounded
from simulator.model.experiment import Draw, Experiment
from simulator.model.quantities import Quantity
from simulator.results.meanings import Column
from simulator.runner import design

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """Factor values of some replications, with 12 significant digits (clause 26)."""

    columns: tuple[Column, ...]
    """A column a factor, and `factor.name` for every share of a Dirichlet factor, in file order."""
    values: Floats
    """Shape (replications, columns)."""
    first: int = 0
    """The replication of the first row."""

    @property
    def replications(self) -> range:
        """The replications that it has values for."""
        return range(self.first, self.first + len(self.values))

    def draw(self, replication: int) -> Draw:
        """Return the value of every factor in one replication."""
        found: Draw = {}
        numbers = self.values[replication - self.first].tolist()
        for column, number in zip(self.columns, numbers, strict=True):
            name, _, key = column.name.partition(".")
            if not key:
                found[name] = Quantity(number, column.unit)
                continue
            shares = found.setdefault(name, {})
            assert isinstance(shares, dict)
            shares[key] = number
        return found


def plan(experiment: Experiment, replications: int, *, first: int = 0) -> Plan:
    """Draw the factors of an experiment for replications `first` to `replications` - 1.

    Every scalar factor has one dimension of the design and takes the quantile of its law there; a Dirichlet
    factor has a dimension a name and takes gamma quantiles divided by their sum.
    """
    described = factor_columns(experiment)
    points = design.points(
        experiment.design,
        seed=experiment.seed,
        dimensions=len(described),
        replications=replications,
        first=first,
    )
    if experiment.correlations:
        correlated, matrix = correlation_matrix(experiment)
        names = [column.name for column in described]
        points = design.correlate(
            points, dimensions=[names.index(name) for name in correlated], matrix=matrix
        )
    values = np.empty_like(points)
    reached = 0
    for factor in experiment.factors.values():
        if factor.distribution is not None:
            values[:, reached] = factor.distribution.quantile(points[:, reached])
            reached += 1
        else:
            alphas = np.array(list((factor.dirichlet or {}).values()))
            chosen = slice(reached, reached + len(alphas))
            values[:, chosen] = shares(alphas, points[:, chosen])
            reached += len(alphas)
    for row in values:
        row[:] = [rounded(number) for number in row.tolist()]
    values.flags.writeable = False
    return Plan(described, values, first)


def factor_columns(experiment: Experiment) -> tuple[Column, ...]:
    """Return a column for every dimension of the design, in file order."""
    found: list[Column] = []
    for name, factor in experiment.factors.items():
        if factor.distribution is not None:
            found.append(Column(name, factor.distribution.unit, f"factor {name}"))
        else:
            shared = (f"{name}.{key}" for key in factor.dirichlet or {})
            found += [Column(share, "1", f"factor {share}") for share in shared]
    return tuple(found)


def shares(alphas: Floats, u: Floats) -> Floats:
    """Return Dirichlet shares of parameters `alphas`, shape (k,), from uniform points, shape (n, k).

    Gamma variates of these shapes, divided by their sum (Devroye 1986, XI.4). Their logarithms are used, as a
    gamma variate of a small shape may be too small for a floating-point number.
    """
    from scipy.special import gammaincinv, gammaln

    gammas = np.asarray(gammaincinv(alphas, u))
    # P(X <= x) is nearly x^a / Gamma(a + 1) where x is that small
    tails = (np.log(u) + np.asarray(gammaln(alphas + 1))) / alphas
    logs = np.where(gammas > 1e-280, np.log(np.maximum(gammas, 1e-280)), tails)
    weights = np.exp(logs - logs.max(axis=-1, keepdims=True))
    found: Floats = weights / weights.sum(axis=-1, keepdims=True)
    return found
