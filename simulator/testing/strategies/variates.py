"""Laws as engines sample them."""

from collections.abc import Callable
from functools import cache

from hypothesis import strategies as st

from simulator.model.distributions import Variate

Drawn = st.SearchStrategy[Variate]


@cache
def constants(low: float, high: float, *, whole: bool = False) -> Drawn:
    """Laws of one value for certain, between two bounds."""
    numbers = st.integers(int(low), int(high)).map(float) if whole else _between(low, high)
    return numbers.map(lambda number: Variate("constant", (number,)))


@cache
def variates(low: float = 1.0, high: float = 24.0, *, whole: bool = False) -> Drawn:
    """Laws of positive numbers, most of whose draws lie between `low` and `high`.

    With `whole`, constants and uniform integers alone, so that many things happen at one instant.
    """
    if whole:
        return st.one_of(constants(low, high, whole=True), _uniform_integer(int(low), int(high)))
    return st.one_of(constants(low, high), *(law(low, high) for law in LAWS))


@cache
def shares() -> st.SearchStrategy[float]:
    """Shares from 0 to 1, the ends among them."""
    return st.one_of(st.sampled_from((0.0, 0.5, 1.0)), _between(0.0, 1.0))


@cache
def share_variates(*, drawn: bool = True) -> Drawn:
    """Laws of a share; constants alone unless it is drawn."""
    certain = shares().map(lambda share: Variate("constant", (share,)))
    return certain | _uniform(0.0, 1.0) if drawn else certain


def _between(low: float, high: float) -> st.SearchStrategy[float]:
    # numbers of few digits: systems that people can read, and sums that come out even now and then
    return st.integers(0, 1000).map(lambda part: round(low + (high - low) * part / 1000, 6))


def _rising(low: float, high: float, count: int) -> st.SearchStrategy[tuple[float, ...]]:
    numbers = st.lists(st.integers(0, 1000), min_size=count, max_size=count, unique=True)
    return numbers.map(lambda parts: tuple(low + (high - low) * part / 1000 for part in sorted(parts)))


def _uniform_integer(low: int, high: int) -> Drawn:
    bounds = st.tuples(st.integers(low, high), st.integers(0, 3))
    return bounds.map(
        lambda pair: Variate("uniform_integer", (float(pair[0]), float(min(pair[0] + pair[1], high))))
    )


def _uniform(low: float, high: float) -> Drawn:
    return _rising(low, high, 2).map(lambda bounds: Variate("uniform", bounds))


def _triangular(low: float, high: float) -> Drawn:
    return _rising(low, high, 3).map(lambda bounds: Variate("triangular", bounds))


def _exponential(low: float, high: float) -> Drawn:
    return _between(low, high).map(lambda mean: Variate("exponential", (mean,)))


def _lognormal(low: float, high: float) -> Drawn:
    pairs = st.tuples(_between(low, high), _between(0.1, 1.0))
    return pairs.map(lambda pair: Variate("lognormal", pair))


def _erlang(low: float, high: float) -> Drawn:
    pairs = st.tuples(st.integers(1, 4), _between(low, high))
    return pairs.map(lambda pair: Variate("erlang", (float(pair[0]), pair[1])))


def _weibull(low: float, high: float) -> Drawn:
    pairs = st.tuples(_between(low, high), _between(0.6, 3.0))
    return pairs.map(lambda pair: Variate("weibull", pair))


def _metalog_bounded(low: float, high: float) -> Drawn:
    spreads = _between(0.1, 1.0)
    return spreads.map(lambda spread: Variate("metalog_bounded", (0.0, spread, 0.0, low, high)))


def _table(low: float, high: float) -> Drawn:
    return _rising(low, high, 4).map(lambda values: Variate("table", values))


LAWS: tuple[Callable[[float, float], Drawn], ...] = (
    _uniform,
    _triangular,
    _exponential,
    _lognormal,
    _erlang,
    _weibull,
    _metalog_bounded,
    _table,
)
"""Laws between two bounds, or with a scale between them."""
