"""Uniform numbers that have an address: Philox 4x64-10 in counter mode.

The number at (seed, key word, replication, index) depends on nothing else, so any number can be had alone, in
any order, on any machine. Source: Salmon, Moraes, Dror and Shaw, *Parallel random numbers: as easy as 1, 2,
3* (2011).
"""

from __future__ import annotations

import hashlib

import numba
import numpy as np

from simulator.jit import njit
from simulator.streams.wide import high

ROUNDS = 10

# Compiled, a word is a uint64, whose sums and products wrap; interpreted it is an int, cut by the mask.
_word = int if numba.config.DISABLE_JIT else np.uint64
_ALL = _word(0xFFFF_FFFF_FFFF_FFFF)
_MULTIPLIER_0, _MULTIPLIER_1 = _word(0xD2E7470EE14C6C93), _word(0xCA5A826395121157)
_WEYL_0, _WEYL_1 = _word(0x9E3779B97F4A7C15), _word(0xBB67AE8584CAA73B)
_BELOW_THE_TOP_52 = _word(12)
_ULP = 2.220446049250313e-16  # 2^-52

Word = int | np.uint64
Block = tuple[Word, Word, Word, Word]


def key_word(kind: str, entity: str) -> int:
    """Return the second word of a stream's key: the first 64 bits of the SHA-256 of "kind:entity".

    Raises ValueError when `kind` contains a colon: two addresses could then be spelt alike.
    """
    if ":" in kind:
        raise ValueError(f"the kind of a stream is {kind!r}; use a name without a colon")
    return int.from_bytes(hashlib.sha256(f"{kind}:{entity}".encode()).digest()[:8], "big")


@njit
def philox(key: tuple[Word, Word], counter: tuple[Word, Word]) -> Block:
    """Return the four words of the block at a counter, its upper two words 0, under a key of two words."""
    k0, k1 = _word(key[0]), _word(key[1])
    c0, c1, c2, c3 = _word(counter[0]), _word(counter[1]), _word(0), _word(0)
    for _ in range(ROUNDS):
        high0, high1 = high(_MULTIPLIER_0, c0), high(_MULTIPLIER_1, c2)
        low0, low1 = (_MULTIPLIER_0 * c0) & _ALL, (_MULTIPLIER_1 * c2) & _ALL
        c0, c1, c2, c3 = high1 ^ c1 ^ k0, low1, high0 ^ c3 ^ k1, low0
        k0, k1 = (k0 + _WEYL_0) & _ALL, (k1 + _WEYL_1) & _ALL
    return c0, c1, c2, c3


@njit
def unit(word: Word) -> float:
    """Return the midpoint of one of 2^52 equal parts of (0, 1), picked by the top 52 bits of a word.

    Never 0 and never 1, and 1 - u is exact. (Midpoints of 2^53 parts round to 1 for the top word.)
    """
    return (float(word >> _BELOW_THE_TOP_52) + 0.5) * _ULP


@njit(signature="UniTuple(f8, 4)(u8, u8, u8, u8)")
def uniforms4(seed: int, word: int, replication: int, block: int) -> tuple[float, float, float, float]:
    """Return the uniforms at indices 4 block ... 4 block + 3 of an address."""
    w0, w1, w2, w3 = philox((seed, word), (block, replication))
    return unit(w0), unit(w1), unit(w2), unit(w3)


@njit(signature="f8(u8, u8, u8, u8)")
def uniform(seed: int, word: int, replication: int, index: int) -> float:
    """Return the uniform at an address, in the open interval (0, 1).

    `seed` and `word`, from `key_word`, name the stream; `replication` and `index` are the place in it. Each
    is an unsigned 64-bit number.
    """
    place = _word(index)
    block = philox((seed, word), (place >> _word(2), replication))
    which = place & _word(3)
    return unit(block[which])
