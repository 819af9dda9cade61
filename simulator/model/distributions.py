"""The laws that uncertain numbers follow, each with the quantile function that draws from it."""

import math
from abc import abstractmethod
from functools import cache, cached_property
from typing import Annotated, Any, ClassVar, NamedTuple, final

import numpy as np
import numpy.typing as npt
from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from simulator.model.quantities import UNITS, AnyQuantity, Frozen, Number, Positive, Quantity

Floats = npt.NDArray[np.float64]

_ENDS = np.array([1e-12, 1 - 1e-12])
_ENDS.flags.writeable = False


@cache
def _normal_ends() -> list[float]:
    from scipy.special import ndtri

    found: list[float] = ndtri(_ENDS).tolist()
    return found


def rounded(number: float) -> float:
    """Return `number` with 12 significant digits, so that it is the same on every processor."""
    return float(f"{number:.12g}")


class Variate(NamedTuple):
    """A law as the engines sample it by address: its name in `simulator.streams` and its parameters."""

    law: str
    params: tuple[float, ...]


class Distribution(Frozen):
    """A law for one number; abstract.

    The dimensional parameters are quantities of one unit, which is the unit of what is drawn.
    """

    law: ClassVar[str]

    @property
    def unit(self) -> str:
        """The canonical unit of what is drawn."""
        return self._quantities()[0].unit

    @abstractmethod
    def quantile(self, u: Floats) -> Floats:
        """Return the inverse of the distribution function at `u` in (0, 1), same shape, in `unit`."""

    @property
    @abstractmethod
    def mean_number(self) -> float:
        """The expectation, in `unit`."""

    def variate(self) -> Variate:
        """Return the law as the engines sample it; raises ValueError for a law that only a factor can follow."""
        raise ValueError(f"{self.law} is a law for factors; give {', '.join(sorted(STREAM_LAWS))}")

    @property
    def median_quantity(self) -> Quantity:
        """The value that half of the draws fall below."""
        return Quantity(float(self.quantile(np.array([0.5]))[0]), self.unit)

    def bounds(self) -> tuple[Quantity, Quantity]:
        """Return the least and the largest value that can be drawn, at probabilities of 1e-12 where there is no end.

        Raises ValueError when they are too large for a number.
        """
        low, high = self._at_ends()
        if not (math.isfinite(low) and math.isfinite(high)):
            raise ValueError("draws numbers larger than 1.8e308; give smaller ones")
        unit = self.unit
        return Quantity(rounded(low), unit), Quantity(rounded(high), unit)

    @cached_property
    def ends(self) -> tuple[Quantity, Quantity]:
        """What `bounds` returns, worked out once: most laws are the same in every draw."""
        return self.bounds()

    def _at_ends(self) -> list[float]:
        with np.errstate(over="ignore"):
            found: list[float] = self.quantile(_ENDS).tolist()
        return found

    def _quantities(self) -> list[Quantity]:
        return [value for value in vars(self).values() if isinstance(value, Quantity)]

    def _check(self) -> None:
        """Raise ValueError when the parameters do not go together."""

    def model_post_init(self, context: Any, /) -> None:
        """Raise ValueError when the parameters do not go together: once, when the law is made."""
        units = {quantity.unit for quantity in self._quantities()}
        if len(units) > 1:
            raise ValueError(
                f"mixes {' and '.join(sorted(UNITS[unit] for unit in units))}; give one dimension"
            )
        self._check()

    def tree(self) -> Any:
        return {self.law: super().tree()}

    @model_serializer(mode="wrap")
    def _as_written(self, handler: SerializerFunctionWrapHandler) -> Any:
        return {self.law: handler(self)}


def _ordered(**quantities: Quantity) -> None:
    names, values = list(quantities), [quantity.number for quantity in quantities.values()]
    if values != sorted(values) or values[0] == values[-1]:
        order = f"{' <= '.join(names)} and {names[0]} < {names[-1]}" if len(names) > 2 else " < ".join(names)
        raise ValueError(f"needs {order}; has {', '.join(map(str, quantities.values()))}")


@final
class Constant(Distribution):
    """One value for certain; written as the value alone."""

    law: ClassVar[str] = "constant"
    value: AnyQuantity

    @property
    def mean_number(self) -> float:
        return self.value.number

    def quantile(self, u: Floats) -> Floats:
        return np.full_like(u, self.value.number)

    def variate(self) -> Variate:
        return Variate("constant", (self.value.number,))

    def tree(self) -> Any:
        return self.value

    @model_serializer(mode="wrap")
    def _as_written(self, handler: SerializerFunctionWrapHandler) -> Any:
        return handler(self)["value"]


@final
class Uniform(Distribution):
    """Any value between `low` and `high`, each as likely."""

    law: ClassVar[str] = "uniform"
    low: AnyQuantity
    high: AnyQuantity

    def _check(self) -> None:
        _ordered(low=self.low, high=self.high)

    @property
    def mean_number(self) -> float:
        return (self.low.number + self.high.number) / 2

    def quantile(self, u: Floats) -> Floats:
        return self.low.number + u * (self.high.number - self.low.number)

    def variate(self) -> Variate:
        return Variate("uniform", (self.low.number, self.high.number))


@final
class UniformInteger(Distribution):
    """Any whole number, or day, from `low` to `high`, both included, each as likely."""

    law: ClassVar[str] = "uniform_integer"
    low: AnyQuantity
    high: AnyQuantity

    def _check(self) -> None:
        if self.low.number > self.high.number:
            raise ValueError(f"needs low <= high; has {self.low}, {self.high}")
        if self.low.unit not in ("1", "date") or self.low.number % 1 or self.high.number % 1:
            raise ValueError("needs whole numbers or dates for low and high")

    @property
    def mean_number(self) -> float:
        return (self.low.number + self.high.number) / 2

    def quantile(self, u: Floats) -> Floats:
        count = self.high.number - self.low.number + 1
        return self.low.number + np.minimum(np.floor(u * count), count - 1)

    def variate(self) -> Variate:
        return Variate("uniform_integer", (self.low.number, self.high.number))


@final
class Triangular(Distribution):
    """Values between `low` and `high`, most likely at `mode`."""

    law: ClassVar[str] = "triangular"
    low: AnyQuantity
    mode: AnyQuantity
    high: AnyQuantity

    def _check(self) -> None:
        _ordered(low=self.low, mode=self.mode, high=self.high)

    @property
    def mean_number(self) -> float:
        return (self.low.number + self.mode.number + self.high.number) / 3

    def quantile(self, u: Floats) -> Floats:
        low, mode, high = self.low.number, self.mode.number, self.high.number
        rising = low + np.sqrt(u * (high - low) * (mode - low))
        falling = high - np.sqrt((1 - u) * (high - low) * (high - mode))
        return np.where(u * (high - low) < mode - low, rising, falling)

    def variate(self) -> Variate:
        return Variate("triangular", (self.low.number, self.mode.number, self.high.number))


class _OfMean(Distribution):
    """A law of positive values by its mean; abstract."""

    mean: AnyQuantity

    def _check(self) -> None:
        if self.mean.number <= 0:
            raise ValueError(f"needs a mean above 0; has {self.mean}")

    @property
    def mean_number(self) -> float:
        return self.mean.number


@final
class Exponential(_OfMean):
    """Waiting times without memory, of the given `mean`."""

    law: ClassVar[str] = "exponential"

    def quantile(self, u: Floats) -> Floats:
        return -self.mean.number * np.log1p(-u)

    def variate(self) -> Variate:
        return Variate("exponential", (self.mean.number,))


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
class Gamma(_OfMean):
    """Positive values by `mean` and `shape`, for factors."""

    law: ClassVar[str] = "gamma"
    shape: Positive

    def quantile(self, u: Floats) -> Floats:
        from scipy.special import gammaincinv

        return np.asarray(gammaincinv(self.shape, u)) * (self.mean.number / self.shape)


@final
class Erlang(_OfMean):
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


LAWS: dict[str, type[Distribution]] = {
    kind.law: kind
    for kind in (
        Constant,
        Uniform,
        UniformInteger,
        Triangular,
        Exponential,
        Lognormal,
        Normal,
        Beta,
        Gamma,
        Erlang,
        Weibull,
        Quantiles,
        Empirical,
    )
}
"""Every law by the name it has in a file."""

STREAM_LAWS = frozenset(name for name, kind in LAWS.items() if kind.variate is not Distribution.variate)
"""The laws that streams can follow, and not only factors."""
