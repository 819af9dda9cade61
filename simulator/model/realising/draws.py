"""Numbers of a law by their address, as `simulator.streams` samples them."""

from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from simulator import streams
from simulator.model.distributions import Variate
from simulator.streams import laws

CODES: Final[dict[str, int]] = {
    "constant": laws.CONSTANT,
    "uniform": laws.UNIFORM,
    "uniform_integer": laws.UNIFORM_INTEGER,
    "triangular": laws.TRIANGULAR,
    "exponential": laws.EXPONENTIAL,
    "lognormal": laws.LOGNORMAL,
    "weibull": laws.WEIBULL,
    "erlang": laws.ERLANG,
    "metalog": laws.METALOG,
    "metalog_low": laws.METALOG_ABOVE,
    "metalog_bounded": laws.METALOG_BETWEEN,
    "table": laws.TABLE,
}
"""The code in `simulator.streams.laws` of every law that a `Variate` can name."""


def coded(variate: Variate) -> tuple[int, npt.NDArray[np.float64]]:
    """Return the code of a law and its parameters, shape (n,), as `simulator.streams.sample` takes them."""
    return CODES[variate.law], np.array(variate.params)


@lru_cache(maxsize=100_000)
def key_word(kind: str, entity: str) -> int:
    """Return `simulator.streams.key_word`, worked out once a name."""
    return streams.key_word(kind, entity)


@lru_cache(maxsize=4096)
def key_words(kind: str, entities: tuple[str, ...]) -> npt.NDArray[np.uint64]:
    """Return the key word of the stream `kind` of each entity, shape (n,), worked out once for the names."""
    words = np.array([key_word(kind, entity) for entity in entities], dtype=np.uint64)
    words.flags.writeable = False
    return words


def draws(
    variate: Variate, words: npt.NDArray[np.uint64], *, index: int, seed: int, replication: int
) -> list[float]:
    """Return number `index` of every stream in `words`, as `draw` returns that of one."""
    code, params = coded(variate)
    found: list[float] = streams.samples(code, params, seed, words, replication, index).tolist()
    return found


def draw(variate: Variate, kind: str, entity: str, *, index: int, seed: int, replication: int) -> float:
    """Return number `index` of the stream `kind` of an entity in one replication (clauses 24 and 25)."""
    code, params = coded(variate)
    return streams.sample(code, params, seed, key_word(kind, entity), replication, index)
