"""The plan of a run: the value of every factor in every replication, drawn once."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from simulator.errors import ResultsError
from simulator.model.checks.sampling import correlation_matrix
from simulator.model.distributions import rounded
from simulator.model.experiment import Draw, Experiment
from simulator.model.quantities import Quantity
from simulator.results import folder as results_folder
from simulator.results.tables import Column
from simulator.runner import design

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """Factor values of replications 0 to `replications` - 1, with 12 significant digits (clause 26)."""

    columns: tuple[Column, ...]
    """A column a factor, and `factor.name` for every share of a Dirichlet factor, in file order."""
    values: Floats
    """Shape (replications, columns)."""

    @property
    def replications(self) -> int:
        """How many replications it has values for."""
        return len(self.values)

    def draw(self, replication: int) -> Draw:
        """Return the value of every factor in one replication."""
        found: Draw = {}
        for column, number in zip(self.columns, self.values[replication].tolist(), strict=True):
            name, _, key = column.name.partition(".")
            if not key:
                found[name] = Quantity(number, column.unit)
                continue
            shares = found.setdefault(name, {})
            assert isinstance(shares, dict)
            shares[key] = number
        return found

    def save(self, folder: Path) -> None:
        """Store the plan in a results folder."""
        results_folder.save_plan(folder, self.columns, self.values)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Return the plan that is stored in a results folder."""
        return cls(*results_folder.read_plan(folder))

    def extended(self, longer: "Plan") -> "Plan":
        """Return a plan that goes on where this one ends; what was drawn before stays as it was drawn.

        Raises ResultsError when the longer plan is not of the same factors.
        """
        if self.columns != longer.columns:
            raise ResultsError(
                "the stored plan has other factors than the experiment; name another results folder"
            )
        return Plan(self.columns, np.concatenate([self.values, longer.values[self.replications :]]))


def plan(experiment: Experiment, replications: int) -> Plan:
    """Draw the factors of an experiment for a number of replications.

    Every scalar factor has one dimension of the design and takes the quantile of its law there; a Dirichlet
    factor has a dimension a name and takes gamma quantiles divided by their sum.
    """
    names, units = dimensions(experiment)
    points = design.points(
        experiment.design, seed=experiment.seed, dimensions=len(names), replications=replications
    )
    if experiment.correlations:
        correlated, matrix = correlation_matrix(experiment)
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
    columns = (Column(name, unit, f"factor {name}") for name, unit in zip(names, units, strict=True))
    return Plan(tuple(columns), values)


def dimensions(experiment: Experiment) -> tuple[list[str], list[str]]:
    """Return the name and the unit of every dimension of the design, in file order."""
    names: list[str] = []
    units: list[str] = []
    for name, factor in experiment.factors.items():
        if factor.distribution is not None:
            names.append(name)
            units.append(factor.distribution.unit)
        else:
            names += [f"{name}.{key}" for key in factor.dirichlet or {}]
            units += ["1"] * len(factor.dirichlet or {})
    return names, units


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
