"""What a law is: its quantile function, its mean, its ends."""

import math
from abc import abstractmethod
from functools import cached_property
from typing import Any, ClassVar, NamedTuple

import numpy as np
import numpy.typing as npt
from pydantic import SerializerFunctionWrapHandler, model_serializer

from simulator.model.quantities import UNITS, Frozen, Quantity

Floats = npt.NDArray[np.float64]

ENDS = np.array([1e-12, 1 - 1e-12])
ENDS.flags.writeable = False
"""Probabilities at which a law without an end is taken to end."""


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
        from simulator.model.distributions import STREAM_LAWS  # which are made of this class

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
            found: list[float] = self.quantile(ENDS).tolist()
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
