"""Laws through what somebody judged or measured."""

import math
from typing import Annotated, ClassVar, final

import numpy as np
from pydantic import Field

from simulator.model.distributions.law import Distribution, Floats, Variate, rounded
from simulator.model.quantities import AnyQuantity, Quantity


@final
class Quantiles(Distribution):
    """A smooth law through three elicited quantiles, within `low` and `high` where they are given.

    The three-term metalog of Keelin, "The Metalog Distributions", Decision Analysis 13(4), 2016: unbounded,
    bounded below (`low`), or bounded on both sides. Refused when the three values are so skewed that no
    density goes through them.
    """

    law: ClassVar[str] = "quantiles"
    p05: AnyQuantity
    p50: AnyQuantity
    p95: AnyQuantity
    low: AnyQuantity | None = None
    high: AnyQuantity | None = None

    def _check(self) -> None:
        if not self.p05.number < self.p50.number < self.p95.number:
            raise ValueError(f"needs p05 < p50 < p95; has {self.p05}, {self.p50}, {self.p95}")
        if self.high is not None and self.low is None:
            raise ValueError("has high without low; give both or neither")
        if self.low is not None and self.low.number >= self.p05.number:
            raise ValueError(f"needs low < p05; has {self.low}, {self.p05}")
        if self.high is not None and self.high.number <= self.p95.number:
            raise ValueError(f"needs high > p95; has {self.high}, {self.p95}")
        u = np.arange(1, 1000) / 1000.0
        if not np.all(np.diff(self.quantile(u)) > 0):
            raise ValueError(
                "has p50 too near to p05 or p95 for a smooth law; give a less skewed middle, or a low"
            )

    def _inner(self, number: float) -> float:
        if self.low is None:
            return number
        if self.high is None:
            return math.log(number - self.low.number)
        return math.log((number - self.low.number) / (self.high.number - number))

    def coefficients(self) -> tuple[float, float, float]:
        """Return a1, a2, a3 of M(u) = a1 + a2 L + a3 (u - 0.5) L with L = ln(u / (1 - u))."""
        at05, at50, at95 = (self._inner(p.number) for p in (self.p05, self.p50, self.p95))
        logit = math.log(0.95 / 0.05)
        return (
            rounded(at50),
            rounded((at95 - at05) / (2 * logit)),
            rounded((at95 + at05 - 2 * at50) / (0.9 * logit)),
        )

    @property
    def mean_number(self) -> float:
        u = (np.arange(10_000) + 0.5) / 10_000
        return float(np.mean(self.quantile(u)))

    def quantile(self, u: Floats) -> Floats:
        a1, a2, a3 = self.coefficients()
        logit = np.log(u / (1 - u))
        inner = a1 + a2 * logit + a3 * (u - 0.5) * logit
        if self.low is None:
            return inner
        if self.high is None:
            return self.low.number + np.exp(inner)
        return self.low.number + (self.high.number - self.low.number) / (1 + np.exp(-inner))

    def variate(self) -> Variate:
        if self.low is None:
            return Variate("metalog", self.coefficients())
        if self.high is None:
            return Variate("metalog_low", (*self.coefficients(), self.low.number))
        return Variate("metalog_bounded", (*self.coefficients(), self.low.number, self.high.number))


@final
class Empirical(Distribution):
    """The law of observed `values`: straight lines between them in order, the least at 0 and the largest at 1."""

    law: ClassVar[str] = "empirical"
    values: Annotated[tuple[AnyQuantity, ...], Field(min_length=2, max_length=10_000, strict=False)]

    def _quantities(self) -> list[Quantity]:
        return list(self.values)

    def _sorted(self) -> Floats:
        return np.sort(np.array([value.number for value in self.values]))

    @property
    def mean_number(self) -> float:
        values = self._sorted()
        return float(np.mean((values[1:] + values[:-1]) / 2))

    def quantile(self, u: Floats) -> Floats:
        values = self._sorted()
        return np.interp(u, np.linspace(0.0, 1.0, len(values)), values)

    def variate(self) -> Variate:
        return Variate("table", tuple(self._sorted().tolist()))
