"""Laws that factors follow and streams do not."""

from typing import ClassVar, final

import numpy as np

from simulator.model.distributions.law import Distribution, Floats
from simulator.model.distributions.positive import OfMean
from simulator.model.quantities import AnyQuantity, Positive


@final
class Normal(Distribution):
    """The normal law, for factors."""

    law: ClassVar[str] = "normal"
    mean: AnyQuantity
    sd: AnyQuantity

    def _check(self) -> None:
        if self.sd.number <= 0:
            raise ValueError(f"needs an sd above 0; has {self.sd}")

    @property
    def mean_number(self) -> float:
        return self.mean.number

    def quantile(self, u: Floats) -> Floats:
        from scipy.special import ndtri

        return self.mean.number + self.sd.number * np.asarray(ndtri(u))


@final
class Beta(Distribution):
    """Shares between 0 and 1, for factors: as if from `a` successes and `b` failures."""

    law: ClassVar[str] = "beta"
    a: Positive
    b: Positive

    @property
    def unit(self) -> str:
        return "1"

    @property
    def mean_number(self) -> float:
        return self.a / (self.a + self.b)

    def quantile(self, u: Floats) -> Floats:
        from scipy.special import betaincinv

        return np.asarray(betaincinv(self.a, self.b, u))


@final
class Gamma(OfMean):
    """Positive values by `mean` and `shape`, for factors."""

    law: ClassVar[str] = "gamma"
    shape: Positive

    def quantile(self, u: Floats) -> Floats:
        from scipy.special import gammaincinv

        return np.asarray(gammaincinv(self.shape, u)) * (self.mean.number / self.shape)
