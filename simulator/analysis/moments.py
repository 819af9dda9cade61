"""The first two moments of a law that engines sample."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from simulator import streams
from simulator.model.distributions import Variate
from simulator.model.realising.draws import coded


@dataclass(frozen=True, slots=True)
class Moments:
    """Expectations of a variate and of its square."""

    mean: float
    square: float

    @property
    def relative_variance(self) -> float:
        """The variance over the square of the mean; 0 for what is certain."""
        return max(0.0, self.square / (self.mean * self.mean) - 1.0) if self.mean else 0.0


@lru_cache(maxsize=4096)
def moments(variate: Variate) -> Moments:
    """Return the moments of a law: by formula, or by the trapezoid rule over normal scores."""
    params = variate.params
    if variate.law == "constant":
        return _moments(params[0], 0.0)
    if variate.law == "uniform_integer":
        low, high = params
        count = high - low + 1.0
        return _moments((low + high) / 2.0, (count * count - 1.0) / 12.0)
    if variate.law == "erlang":
        phases, mean = params
        return _moments(mean, mean * mean / phases)
    from scipy.special import ndtr

    scores = np.linspace(-7.5, 7.5, 1501)
    weights = np.exp(-scores * scores / 2.0)
    weights /= weights.sum()
    values = streams.quantiles(*coded(variate), ndtr(scores))
    return Moments(float(np.dot(weights, values)), float(np.dot(weights, values * values)))


def _moments(mean: float, variance: float) -> Moments:
    return Moments(mean, mean * mean + variance)
