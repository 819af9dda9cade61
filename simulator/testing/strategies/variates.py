"""Laws as engines sample them."""

from collections.abc import Callable

from simulator.model.distributions import Variate
from simulator.testing.strategies.choices import Choices

PARTS = 1000
"""Numbers lie in so many equal steps between their bounds: few digits, and sums that come out even now and then."""
SHARES = (0.0, 0.5, 1.0)


def constant(choices: Choices, low: float, high: float, *, whole: bool = False) -> Variate:
    """Choose a law of one value for certain, between two bounds."""
    return Variate("constant", (between(choices, low, high, whole=whole),))


def variate(choices: Choices, low: float = 1.0, high: float = 24.0, *, whole: bool = False) -> Variate:
    """Choose a law of positive numbers, most of whose draws lie between `low` and `high`.

    With `whole`, constants and uniform integers alone, so that many things happen at one instant.
    """
    if whole:
        return (
            _uniform_integer(choices, int(low), int(high))
            if choices.perhaps()
            else constant(choices, low, high, whole=True)
        )
    return choices.among((constant, *LAWS))(choices, low, high)


def share(choices: Choices) -> float:
    """Choose a share from 0 to 1, the ends often."""
    return between(choices, 0.0, 1.0) if choices.perhaps() else choices.among(SHARES)


def share_variate(choices: Choices, *, drawn: bool = True) -> Variate:
    """Choose a law of a share; a constant unless it is drawn."""
    if drawn and choices.perhaps():
        return _uniform(choices, 0.0, 1.0)
    return Variate("constant", (share(choices),))


def between(choices: Choices, low: float, high: float, *, whole: bool = False) -> float:
    """Choose a number between two bounds, both included."""
    if whole:
        return float(choices.whole(int(low), int(high)))
    return round(low + (high - low) * choices.whole(0, PARTS) / PARTS, 6)


def rising(choices: Choices, low: float, high: float, count: int) -> tuple[float, ...]:
    """Choose different numbers in order: steps upward from the first, each of at least one part."""
    steps = [choices.whole(1, PARTS // count) for _ in range(count)]
    return tuple(low + (high - low) * sum(steps[: place + 1]) / PARTS for place in range(count))


def _uniform_integer(choices: Choices, low: int, high: int) -> Variate:
    first = choices.whole(low, high)
    return Variate("uniform_integer", (float(first), float(min(first + choices.whole(0, 3), high))))


def _uniform(choices: Choices, low: float, high: float) -> Variate:
    return Variate("uniform", rising(choices, low, high, 2))


def _triangular(choices: Choices, low: float, high: float) -> Variate:
    return Variate("triangular", rising(choices, low, high, 3))


def _exponential(choices: Choices, low: float, high: float) -> Variate:
    return Variate("exponential", (between(choices, low, high),))


def _lognormal(choices: Choices, low: float, high: float) -> Variate:
    return Variate("lognormal", (between(choices, low, high), between(choices, 0.1, 1.0)))


def _erlang(choices: Choices, low: float, high: float) -> Variate:
    return Variate("erlang", (float(choices.whole(1, 4)), between(choices, low, high)))


def _weibull(choices: Choices, low: float, high: float) -> Variate:
    return Variate("weibull", (between(choices, low, high), between(choices, 0.6, 3.0)))


def _metalog_bounded(choices: Choices, low: float, high: float) -> Variate:
    return Variate("metalog_bounded", (0.0, between(choices, 0.1, 1.0), 0.0, low, high))


def _table(choices: Choices, low: float, high: float) -> Variate:
    return Variate("table", rising(choices, low, high, 4))


LAWS: tuple[Callable[[Choices, float, float], Variate], ...] = (
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
