"""Where a probability that is known at several levels passes a half."""

import math
from dataclasses import dataclass

import numpy as np

from simulator.analysis.intervals import Floats

EVEN = 0.5


@dataclass(frozen=True, slots=True)
class Crossing:
    """The level at which odds are even; infinite where that is beyond the levels, on the side of the sign."""

    level: float
    low: float
    """The interval of 95 %: the levels whose probability may be a half."""
    high: float
    rises: bool
    """Whether the probability rises with the level."""
    one_way: bool
    """Whether a curve that only rises, or only falls, passes through the intervals at all levels."""


def even_odds(levels: Floats, probability: Floats, low: Floats, high: Floats) -> Crossing:
    """Return where a probability passes a half, given it and its intervals at rising levels; all of shape (n,).

    The probability is taken to rise with the level, or to fall: the nearest curve that does is put through it
    (isotonic regression; Barlow, Bartholomew, Bremner, Brunk, 1972) and through both ends of its intervals, and
    followed straight between levels. The interval of the crossing has the levels at which the interval of the
    probability holds a half (Fieller's way of turning a question around, JRSS B 16, 1954), so that it covers as
    often as those do, and is open on the side on which no level decides.
    """
    if not len(levels):
        return Crossing(math.nan, -math.inf, math.inf, rises=True, one_way=True)
    rises = bool(np.dot(levels - levels.mean(), probability) >= 0.0)
    at = levels if rises else -levels[::-1]
    curve, least, most = (_rising(each if rises else each[::-1]) for each in (probability, low, high))
    there, latest, earliest = (_reaches_half(at, each) for each in (curve, least, most))
    fitted = curve if rises else curve[::-1]
    one_way = bool(np.all((low <= fitted) & (fitted <= high)))
    if rises:
        return Crossing(there, earliest, latest, rises, one_way)
    return Crossing(-there, -latest, -earliest, rises, one_way)


def _rising(values: Floats) -> Floats:
    from scipy.optimize import isotonic_regression

    return np.asarray(isotonic_regression(values).x, dtype=np.float64)


def _reaches_half(at: Floats, curve: Floats) -> float:
    """Return where a rising curve first is a half or more; infinite before the first point and after the last."""
    place = int(np.searchsorted(curve, EVEN, side="left"))
    if place == len(curve):
        return math.inf
    if place == 0:
        return float(at[0]) if curve[0] == EVEN else -math.inf
    share = (EVEN - curve[place - 1]) / (curve[place] - curve[place - 1])
    return float(at[place - 1] + share * (at[place] - at[place - 1]))
