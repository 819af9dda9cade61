"""How likely a report is, given what was true: a law of the truth given the report, read the other way round.

A law with a least and no largest value is an error that multiplies: its density is taken over the logarithm of
the distance to that least value. Any other is an error that adds: its density is taken over the value itself.
On that scale the report alone, before any model, prefers no value to another. Decision 25 has the reasons.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from simulator.analysis.intervals import Floats
from simulator.errors import ResultsError
from simulator.model.distributions import (
    Beta,
    Constant,
    Distribution,
    Empirical,
    Erlang,
    Exponential,
    Gamma,
    Lognormal,
    Normal,
    Quantiles,
    Triangular,
    Uniform,
    UniformInteger,
    Weibull,
)

BISECTIONS = 60
"""Halvings of the unit interval, to the last bit of a probability."""


def log_likelihood(law: Distribution, at: Floats) -> Floats:
    """Return the logarithm of the likelihood of a report at true values, both of shape (n,), up to a constant.

    It is minus infinity where the report excludes the value. Raises ResultsError for a law without a density.
    """
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        found = _DENSITIES[type(law)](law, at)
    return np.where(np.isnan(found), -np.inf, found)


def _constant(law: Constant, at: Floats) -> Floats:
    return np.where(at == law.value.number, 0.0, -np.inf)


def _uniform_integer(law: UniformInteger, at: Floats) -> Floats:
    inside = (at >= law.low.number) & (at <= law.high.number) & (at == np.floor(at))
    return np.where(inside, -math.log(law.high.number - law.low.number + 1.0), -np.inf)


def _uniform(law: Uniform, at: Floats) -> Floats:
    low, high = law.low.number, law.high.number
    return np.where((at >= low) & (at <= high), -math.log(high - low), -np.inf)


def _triangular(law: Triangular, at: Floats) -> Floats:
    low, mode, high = law.low.number, law.mode.number, law.high.number
    rising = (at - low) / max(mode - low, math.ulp(mode))
    falling = (high - at) / max(high - mode, math.ulp(mode))
    height = np.where(at < mode, rising, np.where(at > mode, falling, 1.0))
    return np.log(np.maximum(height, 0.0)) + math.log(2.0 / (high - low))


def _normal(law: Normal, at: Floats) -> Floats:
    return _standard_normal((at - law.mean.number) / law.sd.number) - math.log(law.sd.number)


def _lognormal(law: Lognormal, at: Floats) -> Floats:
    if law.sigma == 0.0:
        return np.where(at == law.median_number, 0.0, -np.inf)
    return _standard_normal((np.log(at) - math.log(law.median_number)) / law.sigma) - math.log(law.sigma)


def _standard_normal(z: Floats) -> Floats:
    return -0.5 * z * z - 0.5 * math.log(2.0 * math.pi)


def _beta(law: Beta, at: Floats) -> Floats:
    from scipy.special import betaln, xlog1py, xlogy

    found = xlogy(law.a - 1.0, at) + xlog1py(law.b - 1.0, -at) - float(betaln(law.a, law.b))
    return np.where((at >= 0.0) & (at <= 1.0), found, -np.inf)


def _exponential(law: Exponential, at: Floats) -> Floats:
    return _log_gamma_density(1.0, law.mean.number, at)


def _gamma(law: Gamma, at: Floats) -> Floats:
    return _log_gamma_density(law.shape, law.mean.number / law.shape, at)


def _erlang(law: Erlang, at: Floats) -> Floats:
    return _log_gamma_density(float(law.phases), law.mean.number / law.phases, at)


def _log_gamma_density(shape: float, scale: float, at: Floats) -> Floats:
    ratio = at / scale
    return np.where(ratio > 0.0, shape * np.log(ratio) - ratio - math.lgamma(shape), -np.inf)


def _weibull(law: Weibull, at: Floats) -> Floats:
    power = law.shape * np.log(at / law.scale.number)
    return math.log(law.shape) + power - np.exp(power)


def _quantiles(law: Quantiles, at: Floats) -> Floats:
    """The metalog's quantile function has a derivative; where it stands is found by bisection."""
    low = np.zeros_like(at)
    high = np.ones_like(at)
    for _ in range(BISECTIONS):
        middle = (low + high) / 2.0
        below = law.quantile(middle) < at
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    u = (low + high) / 2.0
    _, a2, a3 = law.coefficients()
    slope = a2 / (u * (1.0 - u)) + a3 * (np.log(u / (1.0 - u)) + (u - 0.5) / (u * (1.0 - u)))
    density = -np.log(slope)
    if law.high is not None:
        assert law.low is not None
        least, most = law.low.number, law.high.number
        density = density + math.log(most - least) - np.log(at - least) - np.log(most - at)
    return np.where((u > 1e-15) & (u < 1.0 - 1e-15), density, -np.inf)


def _empirical(law: Empirical, at: Floats) -> Floats:
    values = np.sort(np.array([value.number for value in law.values]))
    gaps = np.diff(values)
    if not np.all(gaps > 0.0):
        raise ResultsError(
            "observed: the values of empirical repeat, so that they have no density; give a smooth law"
        )
    place = np.clip(np.searchsorted(values, at, side="right") - 1, 0, len(gaps) - 1)
    inside = (at >= values[0]) & (at <= values[-1])
    return np.where(inside, -np.log(gaps[place] * len(gaps)), -np.inf)


_DENSITIES: dict[type[Distribution], Callable[[Any, Floats], Floats]] = {
    Constant: _constant,
    UniformInteger: _uniform_integer,
    Uniform: _uniform,
    Triangular: _triangular,
    Normal: _normal,
    Lognormal: _lognormal,
    Beta: _beta,
    Exponential: _exponential,
    Gamma: _gamma,
    Erlang: _erlang,
    Weibull: _weibull,
    Quantiles: _quantiles,
    Empirical: _empirical,
}
"""What `log_likelihood` is for each law."""
