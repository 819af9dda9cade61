"""The sampler both engines use: a law's number at an address."""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

from simulator.jit import njit
from simulator.streams import laws
from simulator.streams.inversion import exponential, quantile
from simulator.streams.philox import uniform

# a read-only argument takes arrays that may be written as well
_FLOATS = numba.types.Array(numba.float64, 1, "C", readonly=True)
_U8 = numba.uint64
_WORDS = numba.types.Array(numba.uint64, 1, "C", readonly=True)


@njit(signature=numba.float64(numba.int64, _FLOATS, _U8, _U8, _U8, _U8))
def sample(
    law: int, parameters: NDArray[np.float64], seed: int, word: int, replication: int, index: int
) -> float:
    """Return the number of a law at an address.

    `law` and `parameters` are those of `simulator.streams.laws`; the rest is the address, as for `uniform`.
    An Erlang law of shape k takes the uniforms at k index ... k index + k - 1, every other law the one at
    `index`. Raises ValueError for an unknown law.
    """
    if law != laws.ERLANG:
        return quantile(law, parameters, uniform(seed, word, replication, index))
    phases = int(parameters[0])
    mean = float(parameters[1]) / phases
    first = int(np.int64(index)) * phases  # signed: a uint64 and an int64 may become a float
    total = 0.0
    for phase in range(phases):
        total += exponential(mean, uniform(seed, word, replication, first + phase))
    return total


@njit(signature=numba.float64[::1](numba.int64, _FLOATS, _U8, _WORDS, _U8, _U8))
def samples(
    law: int,
    parameters: NDArray[np.float64],
    seed: int,
    words: NDArray[np.uint64],
    replication: int,
    index: int,
) -> NDArray[np.float64]:
    """Return `sample` at one place of many streams: at every word of an array of shape (n,), in that shape."""
    values = np.empty(words.size)
    for i in range(words.size):
        values[i] = sample(law, parameters, seed, words[i], replication, index)
    return values
