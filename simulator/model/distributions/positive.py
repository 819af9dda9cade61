"""Laws of positive values without an upper end."""

import math
from functools import cache
from typing import Annotated, ClassVar, final

import numpy as np
from pydantic import Field

from simulator.model.distributions.law import ENDS, Distribution, Floats, Variate, rounded
from simulator.model.quantities import AnyQuantity, Number, Positive


class OfMean(Distribution):
    """A law of positive values by its mean; abstract."""

    mean: AnyQuantity

    def _check(self) -> None:
        if self.mean.number <= 0:
            raise ValueError(f"needs a mean above 0; has {self.mean}")

    @property
    def mean_number(self) -> float:
        return self.mean.number


@final
class Exponential(OfMean):
    """Waiting times without memory, of the given `mean`."""

    law: ClassVar[str] = "exponential"

    def quantile(self, u: Floats) -> Floats:
        return -self.mean.number * np.log1p(-u)

    def variate(self) -> Variate:
        return Variate("exponential", (self.mean.number,))


@cache
def _normal_ends() -> list[float]:
    """Return how many standard deviations from the mean the normal law is taken to end."""
    from scipy.special import ndtri

    found: list[float] = ndtri(ENDS).tolist()
    return found


@final
class Lognormal(Distribution):
    """Positive values whose logarithm is normal, by `median` or `mean` and the geometric standard deviation `gsd`."""

    law: ClassVar[str] = "lognormal"
    median: AnyQuantity | None = None
    mean: AnyQuantity | None = None
    gsd: Annotated[Number, Field(ge=1.0)]

    def _check(self) -> None:
        if (self.median is None) == (self.mean is None):
            raise ValueError("needs either median or mean")
        if self._quantities()[0].number <= 0:
            raise ValueError(f"needs a median or mean above 0; has {self._quantities()[0]}")

    @property
    def sigma(self) -> float:
        """The standard deviation of the logarithm."""
        return math.log(self.gsd)

    @property
    def median_number(self) -> float:
        """The median, in `unit`."""
        if self.median is not None:
            return self.median.number
        assert self.mean is not None
        return rounded(self.mean.number * math.exp(-self.sigma * self.sigma / 2))

    @property
    def mean_number(self) -> float:
        if self.mean is not None:
            return self.mean.number
        return self.median_number * math.exp(self.sigma * self.sigma / 2)

    def quantile(self, u: Floats) -> Floats:
        from scipy.special import ndtri

        return self.median_number * np.exp(self.sigma * np.asarray(ndtri(u)))

    def _at_ends(self) -> list[float]:
        # rates are scaled by factors, so that every draw asks for the ends of some: without arrays that is quick
        try:
            return [self.median_number * math.exp(self.sigma * end) for end in _normal_ends()]
        except OverflowError:
            return [0.0, math.inf]

    def variate(self) -> Variate:
        return Variate("lognormal", (self.median_number, rounded(self.sigma)))


@final
class Erlang(OfMean):
    """The sum of `phases` exponential times, of the given `mean` in all."""

    law: ClassVar[str] = "erlang"
    phases: Annotated[int, Field(ge=1, le=1000)]

    def quantile(self, u: Floats) -> Floats:
        from scipy.special import gammaincinv

        return np.asarray(gammaincinv(self.phases, u)) * (self.mean.number / self.phases)

    def variate(self) -> Variate:
        return Variate("erlang", (float(self.phases), self.mean.number))


@final
class Weibull(Distribution):
    """Lifetimes by `scale` and `shape`; a shape above 1 wears out."""

    law: ClassVar[str] = "weibull"
    scale: AnyQuantity
    shape: Positive

    def _check(self) -> None:
        if self.scale.number <= 0:
            raise ValueError(f"needs a scale above 0; has {self.scale}")

    @property
    def mean_number(self) -> float:
        return self.scale.number * math.gamma(1 + 1 / self.shape)

    def quantile(self, u: Floats) -> Floats:
        return self.scale.number * np.power(-np.log1p(-u), 1 / self.shape)

    def variate(self) -> Variate:
        return Variate("weibull", (self.scale.number, self.shape))
