"""Quantile functions of the laws of one uniform, in arithmetic that is the same on every CPU."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from simulator.jit import njit
from simulator.streams import laws
from simulator.streams.elementary import exp, log, normal_quantile


@njit
def quantile(law: int, parameters: NDArray[np.float64], u: float) -> float:
    """Return the value that a variable of a law stays below with probability u, 0 < u < 1.

    The laws and the order of their parameters are in `simulator.streams.laws`. Never outside the law's
    support. Raises ValueError for a law that is unknown or needs more uniforms.
    """
    if law == laws.TABLE:
        return _table(parameters, u)
    first = float(parameters[0])
    if law == laws.CONSTANT:
        return first
    if law == laws.EXPONENTIAL:
        return exponential(first, u)
    if law == laws.ERLANG or law < laws.CONSTANT or law > laws.TABLE:
        raise ValueError("no law of one uniform has this code; see simulator.streams.laws")
    second = float(parameters[1])
    if law == laws.UNIFORM:
        return first + (second - first) * u
    if law == laws.LOGNORMAL:
        return first * exp(second * normal_quantile(u))
    if law == laws.WEIBULL:
        return first * exp(log(-log(1.0 - u)) / second)
    if law == laws.UNIFORM_INTEGER:
        return first + math.floor(u * (second - first + 1.0))
    if law == laws.TRIANGULAR:
        return _triangular(first, second, float(parameters[2]), u)
    return _metalog(law, parameters, u)


@njit
def quantiles(law: int, parameters: NDArray[np.float64], u: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return `quantile` at every u of an array of shape (n,), in an array of that shape."""
    values = np.empty(u.size)
    for i in range(u.size):
        values[i] = quantile(law, parameters, float(u[i]))
    return values


@njit
def exponential(mean: float, u: float) -> float:
    """Return the quantile of the exponential law."""
    return -mean * log(1.0 - u)


@njit
def _triangular(low: float, mode: float, high: float, u: float) -> float:
    width = high - low
    if width == 0.0:
        return low
    rise, fall = (mode - low) / width, (high - mode) / width
    if u < rise:
        return low + width * math.sqrt(u * rise)
    return high - width * math.sqrt((1.0 - u) * fall)


@njit
def _metalog(law: int, parameters: NDArray[np.float64], u: float) -> float:
    """Return the quantile of one of the three metalogs; the bounded ones are metalogs of a log or a logit."""
    a1, a2, a3 = float(parameters[0]), float(parameters[1]), float(parameters[2])
    m = a1 + (a2 + a3 * (u - 0.5)) * (log(u) - log(1.0 - u))
    if law == laws.METALOG:
        return m
    low = float(parameters[3])
    if law == laws.METALOG_ABOVE:
        return low + exp(m)
    high = float(parameters[4])
    odds = exp(-abs(m))
    from_nearer_end = (high - low) * (odds / (1.0 + odds))
    return low + from_nearer_end if m < 0.0 else high - from_nearer_end


@njit
def _table(values: NDArray[np.float64], u: float) -> float:
    place = u * (values.size - 1)
    i = math.floor(place)
    if i >= values.size - 1:
        return float(values[values.size - 1])
    below, above = float(values[i]), float(values[i + 1])
    return below + (above - below) * (place - i)
