"""Laws between two ends that are given."""

from typing import Any, ClassVar, final

import numpy as np
from pydantic import SerializerFunctionWrapHandler, model_serializer

from simulator.model.distributions.law import Distribution, Floats, Variate
from simulator.model.quantities import AnyQuantity, Quantity


def _check_order(**quantities: Quantity) -> None:
    """Raise ValueError for quantities that do not rise in the order in which they are given."""
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
        _check_order(low=self.low, high=self.high)

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
        _check_order(low=self.low, mode=self.mode, high=self.high)

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
