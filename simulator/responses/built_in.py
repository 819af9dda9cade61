"""How the built-in responses are registered: functions that give numbers in the order of their columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from simulator.model.system import System
from simulator.path import SamplePath
from simulator.responses.layout import Layout
from simulator.responses.outline import Outline, outline_of
from simulator.responses.register import Meaning, Response, add
from simulator.responses.trace import trace

Numbers = Sequence[float] | npt.NDArray[np.int64] | npt.NDArray[np.float64]
F = TypeVar("F", bound=Callable[[SamplePath, System], Numbers])


def built_in(columns: Callable[[Outline], Mapping[str, Meaning]]) -> Callable[[F], F]:
    """Register a function that gives one number for each of its columns, in their order.

    Columns follow from the outline of a system, so their names are worked out once for all replications.
    """

    def register(function: F) -> F:
        name = function.__name__

        @lru_cache(maxsize=64)
        def names(layout: Layout) -> tuple[str, ...]:
            return tuple(f"{name}.{key}" if key else name for key in columns(layout.outline))

        add(
            Response(
                name,
                function,
                unit="",
                description=(function.__doc__ or "").partition("\n")[0],
                columns=lambda system: columns(outline_of(system)),
                names=lambda path: names(trace(path).layout),
            )
        )
        return function

    return register
