"""Factors drawn as they are in a run, and functions of them whose indices are known."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from simulator.analysis.sensitivity.drawn import GROUPS, NULL, Drawn
from simulator.model.experiment import Design, Factor
from simulator.runner import design

LAW = {"distribution": {"uniform": {"low": 0, "high": 1}}, "sets": "stores.depot.holds.shell.initial"}


@pytest.fixture
def drawn_of() -> Callable[..., Drawn]:
    """A function that makes columns x0, x1, ... of values, shape (columns, n), and a null that is drawn."""

    def build(
        values: np.ndarray, *, unit: np.ndarray | None = None, names: Any = None, seed: int = 0
    ) -> Drawn:
        n = values.shape[1]
        null = np.random.Generator(np.random.PCG64([7, seed])).random(n)
        return Drawn(
            replication=np.arange(n),
            names=(*(names or [f"x{k}" for k in range(len(values))]), NULL),
            values=np.concatenate([values, null[None]]),
            held=(),
            unit=np.arange(n) % GROUPS if unit is None else unit,
            method="",
        )

    return build


@pytest.fixture
def sobol_points() -> Callable[..., tuple[np.ndarray, np.ndarray]]:
    """A function that returns points, shape (dimensions, n), in 32 scrambles, and the scramble of each."""

    def points(n: int, dimensions: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
        kind = Design(kind="sobol", scrambles=32)
        found = design.points(kind, seed=seed, dimensions=dimensions, replications=n)
        return np.ascontiguousarray(found.T), np.arange(n) % 32

    return points


@pytest.fixture
def study(run_of: Callable[..., Any]) -> Callable[..., Any]:
    """A function that makes a run of uniform factors and of a response, which is the quantity of claims."""

    def build(factors: dict[str, Any], response: Any, *, at_least: dict[str, float], **options: Any) -> Any:
        columns = {**factors, "made": response} | {f"claims.{name}": response for name in at_least}
        claims = {name: {"at_least": level} for name, level in at_least.items()}
        run = run_of({"base": columns}, claims=claims, **options)
        described = {name: Factor.model_validate(LAW) for name in factors if "." not in name}
        shared: dict[str, dict[str, float]] = {}
        for name in factors:
            factor, _, key = name.partition(".")
            if key:
                shared.setdefault(factor, {})[key] = 1.0
        paths = {"sets": "plants.roles.*.share", "assumption": "as good as any"}
        described |= {
            name: Factor.model_validate({"dirichlet": keys, **paths}) for name, keys in shared.items()
        }
        return replace(run, experiment=run.experiment.model_copy(update={"factors": described}))

    return build
