"""Distributions as a person writes them."""

import math
from collections.abc import Callable, Collection, Iterable
from functools import partial

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from simulator.model.distributions import (
    LAWS,
    STREAM_LAWS,
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
from simulator.model.quantities import UNITS, Quantity
from simulator.testing.strategies.choices import Choices, strategy
from simulator.testing.strategies.variates import between, rising

BOUNDED = frozenset(
    ("constant", "uniform", "uniform_integer", "triangular", "quantiles", "empirical", "beta")
)
"""The laws that can be kept between two bounds."""


def distributions(
    *,
    unit: str = "h",
    low: float = 1.0,
    high: float = 24.0,
    laws: Collection[str] | None = None,
    bounded: bool = False,
) -> st.SearchStrategy[Distribution]:
    """Distributions of one unit, of every law that its bounds allow; they shrink towards `low` for certain.

    Parameters
    ----------
    unit
        A canonical unit, such as h, kg, kW, 1/h or 1; no dates.
    low, high
        Values, ends, means, medians and scales lie between them. When `low` is 0 or more no draw is below 0.
    laws
        Names of laws to choose from, such as `simulator.model.distributions.STREAM_LAWS`, which every field takes; all
        by default.
    bounded
        Whether every draw lies between `low` and `high`, too.

    Raises InvalidArgument when no law is possible.
    """
    if unit not in UNITS or unit == "date":
        raise InvalidArgument(f"unit is {unit}; give one of {', '.join(sorted(set(UNITS) - {'date'}))}")
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise InvalidArgument(f"needs low < high, both finite; has {low}, {high}")
    names = possible_laws(unit=unit, low=low, high=high, laws=laws, bounded=bounded)
    if not names:
        raise InvalidArgument(
            f"no law of {', '.join(laws or LAWS)} has draws in {unit} as bounded from {low} to {high}"
        )
    return strategy(distribution)(low, high, unit=unit, laws=names, bounded=bounded)


def possible_laws(
    *, unit: str, low: float, high: float, laws: Collection[str] | None = None, bounded: bool = False
) -> tuple[str, ...]:
    """Return the names of the laws that two bounds allow, the simplest first."""
    allowed = {
        "uniform_integer": unit == "1" and math.ceil(low) <= math.floor(high),
        "normal": low < 0,
        "beta": unit == "1" and low <= 0 and high >= 1,
        **dict.fromkeys(("exponential", "lognormal", "gamma", "erlang", "weibull"), low >= 0),
    }
    names = LAWS if laws is None else [name for name in LAWS if name in laws]
    return tuple(name for name in names if allowed.get(name, True) and (name in BOUNDED or not bounded))


def distribution(
    choices: Choices,
    low: float,
    high: float,
    *,
    unit: str = "h",
    laws: tuple[str, ...] | None = None,
    bounded: bool = False,
) -> Distribution:
    """Choose a law of some names, by default of all that draw by address, between two bounds."""
    names = possible_laws(unit=unit, low=low, high=high, laws=STREAM_LAWS) if laws is None else laws
    name = choices.among(names)
    if name == "quantiles":
        return _quantiles(choices, low, high, partial(_in, unit), bounded=bounded)
    return _MAKERS[name](choices, low, high, partial(_in, unit))


Unit = Callable[[float], Quantity]


def _in(unit: str, number: float) -> Quantity:
    return Quantity(float(number), unit)


def _several(choices: Choices, low: float, high: float, count: int, unit: Unit) -> Iterable[Quantity]:
    return map(unit, (round(number, 9) for number in rising(choices, low, high, count)))


def _above(choices: Choices, low: float, high: float, unit: Unit) -> Quantity:
    """Choose a number above `low`, and so above 0 when that is not negative."""
    return next(iter(_several(choices, low, high, 1, unit)))


def _constant(choices: Choices, low: float, high: float, unit: Unit) -> Distribution:
    return Constant(value=unit(between(choices, low, high)))


def _uniform(choices: Choices, low: float, high: float, unit: Unit) -> Distribution:
    first, second = _several(choices, low, high, 2, unit)
    return Uniform(low=first, high=second)


def _uniform_integer(choices: Choices, low: float, high: float, unit: Unit) -> Distribution:
    first = choices.whole(math.ceil(low), math.floor(high))
    return UniformInteger(low=unit(first), high=unit(choices.whole(first, math.floor(high))))


def _triangular(choices: Choices, low: float, high: float, unit: Unit) -> Distribution:
    first, mode, last = _several(choices, low, high, 3, unit)
    return Triangular(low=first, mode=mode, high=last)


def _exponential(choices: Choices, low: float, high: float, unit: Unit) -> Distribution:
    return Exponential(mean=_above(choices, low, high, unit))


def _lognormal(choices: Choices, low: float, high: float, unit: Unit) -> Distribution:
    middle, gsd = _above(choices, low, high, unit), 1.0 + choices.whole(1, 20) / 10
    return Lognormal(mean=middle, gsd=gsd) if choices.perhaps() else Lognormal(median=middle, gsd=gsd)


def _normal(choices: Choices, low: float, high: float, unit: Unit) -> Distribution:
    return Normal(mean=unit(between(choices, low, high)), sd=unit((high - low) * choices.whole(1, 10) / 20))


def _beta(choices: Choices, low: float, high: float, unit: Unit) -> Distribution:
    return Beta(a=choices.whole(1, 20) / 2, b=choices.whole(1, 20) / 2)


def _gamma(choices: Choices, low: float, high: float, unit: Unit) -> Distribution:
    return Gamma(mean=_above(choices, low, high, unit), shape=choices.whole(1, 20) / 2)


def _erlang(choices: Choices, low: float, high: float, unit: Unit) -> Distribution:
    return Erlang(mean=_above(choices, low, high, unit), phases=choices.whole(1, 5))


def _weibull(choices: Choices, low: float, high: float, unit: Unit) -> Distribution:
    return Weibull(scale=_above(choices, low, high, unit), shape=choices.whole(2, 12) / 4)


def _empirical(choices: Choices, low: float, high: float, unit: Unit) -> Distribution:
    return Empirical(values=tuple(_several(choices, low, high, choices.whole(2, 5), unit)))


def _quantiles(choices: Choices, low: float, high: float, unit: Unit, *, bounded: bool) -> Distribution:
    """Choose three quantiles far enough from skewed, with ends where draws must stay within."""

    def part(percent: int) -> Quantity:
        return unit(round(low + (high - low) * percent / 100, 9))

    ends = choices.among(("both",) if bounded else ("both", "low") if low >= 0 else ("both", "low", "none"))
    if ends == "both":
        p05, p50, p95 = (part(choices.whole(*of)) for of in ((20, 30), (45, 55), (70, 80)))
        return Quantiles(p05=p05, p50=p50, p95=p95, low=unit(low), high=unit(high))
    if ends == "low":
        # from the low end on, they rise by about as many times each
        p05, p50, p95 = (part(choices.whole(*of)) for of in ((15, 20), (35, 40), (75, 90)))
        return Quantiles(p05=p05, p50=p50, p95=p95, low=unit(low))
    p05, p50, p95 = (part(choices.whole(*of)) for of in ((20, 30), (45, 55), (70, 80)))
    return Quantiles(p05=p05, p50=p50, p95=p95)


_MAKERS: dict[str, Callable[[Choices, float, float, Unit], Distribution]] = {
    "constant": _constant,
    "uniform": _uniform,
    "uniform_integer": _uniform_integer,
    "triangular": _triangular,
    "exponential": _exponential,
    "lognormal": _lognormal,
    "normal": _normal,
    "beta": _beta,
    "gamma": _gamma,
    "erlang": _erlang,
    "weibull": _weibull,
    "empirical": _empirical,
}
