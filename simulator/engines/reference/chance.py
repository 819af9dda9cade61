"""Random numbers of one kind for one entity, by index (clauses 24 and 25)."""

from simulator import streams
from simulator.model.distributions import Variate
from simulator.model.realising.draws import coded, key_word

UNIFORM = Variate("uniform", (0.0, 1.0))


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

    __slots__ = ("_block", "_law", "_params", "_replication", "_seed", "_uniforms", "_word")

    def __init__(self, chance: Chance, kind: str, entity: str, variate: Variate | None) -> None:
        self._seed = chance.seed
        self._replication = chance.replication
        self._word = key_word(kind, entity)
        self._law, self._params = coded(variate or UNIFORM)
        self._block = -1
        self._uniforms = (0.0, 0.0, 0.0, 0.0)
        """The numbers of the block that was asked for last."""

    def uniform(self, index: int) -> float:
        """Return the uniform number at an index."""
        block, place = divmod(index, 4)
        if block != self._block:
            self._block = block
            self._uniforms = streams.uniforms4(self._seed, self._word, self._replication, block)
        return self._uniforms[place]

    def number(self, index: int) -> float:
        """Return the number at an index by the stream's law."""
        return streams.sample(self._law, self._params, self._seed, self._word, self._replication, index)

    def ticks(self, index: int) -> int:
        """Return the number at an index as hours in whole ticks, at least 1 (clause 1)."""
        return streams.duration_ticks(self.number(index))
