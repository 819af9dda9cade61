"""Random numbers of one kind for one entity, by index (clauses 24 and 25)."""

import numpy as np
import numpy.typing as npt

from simulator.jit import njit
from simulator.model.distributions import Variate
from simulator.model.realising.draws import coded, key_word
from simulator.streams.sampling import sample
from simulator.streams.ticks import duration_ticks

UNIFORM = Variate("uniform", (0.0, 1.0))
AHEAD = 16
"""Numbers made at a time: sixteen of them take no longer than one call into compiled code."""


class Chance:
    """The replication that all numbers of a run belong to."""

    def __init__(self, *, seed: int, replication: int) -> None:
        self.seed = seed
        self.replication = replication

    def stream(self, kind: str, entity: str, variate: Variate | None = None) -> "Stream":
        """Return the numbers of one kind for one entity; without a law they are uniform in (0, 1)."""
        return Stream(self, kind, entity, variate)


class Stream:
    """Numbers by index: the same index always gives the same number."""

    __slots__ = ("_first", "_law", "_numbers", "_params", "_replication", "_seed", "_ticks", "_word")

    def __init__(self, chance: Chance, kind: str, entity: str, variate: Variate | None) -> None:
        self._seed = chance.seed
        self._replication = chance.replication
        self._word = key_word(kind, entity)
        self._law, self._params = coded(variate or UNIFORM)
        self._first = -AHEAD
        self._numbers: list[float] = []
        """The numbers at `_first` and after it."""
        self._ticks: list[int] = []

    def number(self, index: int) -> float:
        """Return the number at an index by the stream's law."""
        if not 0 <= index - self._first < AHEAD:
            self._go_to(index)
        return self._numbers[index - self._first]

    def ticks(self, index: int) -> int:
        """Return the number at an index as hours in whole ticks, at least 1 (clause 1)."""
        if not 0 <= index - self._first < AHEAD:
            self._go_to(index)
        return self._ticks[index - self._first]

    def _go_to(self, index: int) -> None:
        numbers, ticks = _numbers(self._law, self._params, self._seed, self._word, self._replication, index)
        self._first, self._numbers, self._ticks = index, numbers.tolist(), ticks.tolist()


@njit(signature="Tuple((f8[::1], i8[::1]))(i8, f8[::1], u8, u8, u8, i8)")
def _numbers(
    law: int, params: npt.NDArray[np.float64], seed: int, word: int, replication: int, first: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """Return the numbers from an index on, and the same as hours in whole ticks."""
    numbers, ticks = np.empty(AHEAD), np.empty(AHEAD, np.int64)
    for place in range(AHEAD):
        numbers[place] = sample(law, params, seed, word, replication, first + place)
        ticks[place] = duration_ticks(numbers[place])
    return numbers, ticks
