"""Random numbers of one kind for one entity, by index (clauses 24 and 25)."""

import numpy as np
import numpy.typing as npt

from simulator import streams
from simulator.jit import njit
from simulator.model.distributions import Variate
from simulator.model.realising.draws import coded, key_word
from simulator.streams.sampling import sample

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

    __slots__ = ("_first", "_law", "_numbers", "_params", "_replication", "_seed", "_word")

    def __init__(self, chance: Chance, kind: str, entity: str, variate: Variate | None) -> None:
        self._seed = chance.seed
        self._replication = chance.replication
        self._word = key_word(kind, entity)
        self._law, self._params = coded(variate or UNIFORM)
        self._first = -AHEAD
        self._numbers: list[float] = []
        """The numbers at `_first` and after it."""

    def number(self, index: int) -> float:
        """Return the number at an index by the stream's law."""
        if not 0 <= index - self._first < AHEAD:
            self._first = index
            numbers = _numbers(self._law, self._params, self._seed, self._word, self._replication, index)
            self._numbers = numbers.tolist()
        return self._numbers[index - self._first]

    def ticks(self, index: int) -> int:
        """Return the number at an index as hours in whole ticks, at least 1 (clause 1)."""
        return streams.duration_ticks(self.number(index))


@njit(signature="f8[::1](i8, f8[::1], u8, u8, u8, i8)")
def _numbers(
    law: int, params: npt.NDArray[np.float64], seed: int, word: int, replication: int, first: int
) -> npt.NDArray[np.float64]:
    numbers = np.empty(AHEAD)
    for place in range(AHEAD):
        numbers[place] = sample(law, params, seed, word, replication, first + place)
    return numbers
