"""Where the replications lie in the unit cube, one dimension a factor."""

import hashlib
import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from simulator.errors import ConfigError, Fault
from simulator.model.experiment import Design

Floats = npt.NDArray[np.float64]

_RESOLUTION = 52
"""Bits of a coordinate."""
_CHUNK_LOG2 = 12
"""Of how many points of a sequence are held at a time."""
_WORDS = 4
"""Numbers that Philox makes at a time."""


def points(design: Design, *, seed: int, dimensions: int, replications: int, first: int = 0) -> Floats:
    """Return the points of replications `first` to `replications` - 1, strictly between 0 and 1.

    Their shape is (replications - first, dimensions). Replication r of a Sobol design is point r div R of
    scramble r mod R, R the number of scrambles. The points of a random and of a Sobol design are the same
    however many there are; a Latin hypercube divides every axis into as many parts as it has points, so it is
    another one for every number of them. The randomness of scramble k comes from the address
    "design:<kind>:<k>" and the seed alone.
    """
    count = max(0, replications - first)
    if dimensions == 0 or count == 0:
        return np.empty((count, dimensions))
    if design.kind == "sobol":
        scrambles = design.scrambles or 1
        start, stop = first // scrambles, math.ceil(replications / scrambles)
        each = [_sobol(seed, k, dimensions, start, stop) for k in range(scrambles)]
        found = np.stack(each, axis=1).reshape((stop - start) * scrambles, dimensions)
        found = found[first - start * scrambles :][:count]
    elif design.kind == "latin_hypercube":
        from scipy.stats import qmc

        found = qmc.LatinHypercube(dimensions, rng=generator(seed, design.kind)).random(replications)[first:]
    else:
        found = _random(seed, first * dimensions, count * dimensions).reshape(count, dimensions)
    return _inside(found)


def generator(seed: int, kind: str, number: int = 0) -> np.random.Generator:
    """Return the random generator at the address "design:<kind>:<number>" of a seed."""
    digest = hashlib.sha256(f"{seed}:design:{kind}:{number}".encode()).digest()
    # words of fixed width: two addresses never give one sequence by trailing zeros
    words = np.frombuffer(digest, dtype=">u4").astype(np.uint32)
    return np.random.Generator(np.random.Philox(np.random.SeedSequence(words.tolist())))


def _random(seed: int, start: int, count: int) -> Floats:
    """Return `count` coordinates of the random design from number `start` on, shape (count,)."""
    drawn = generator(seed, "random")
    # the bit generator makes four words at a time, and counts these
    drawn.bit_generator.advance(start // _WORDS)  # type: ignore[attr-defined] # Philox has it
    found: Floats = drawn.random(start % _WORDS + count)
    return found[start % _WORDS :]


def _sobol(seed: int, scramble: int, dimensions: int, start: int, stop: int) -> Floats:
    """Return points `start` to `stop` - 1 of one scramble, shape (stop - start, dimensions)."""
    from scipy.stats import qmc

    engine = qmc.Sobol(dimensions, bits=_RESOLUTION, rng=generator(seed, "sobol", scramble))
    # fast_forward takes sequences of 32 bits only, so what comes before is drawn too; the first points asked
    # for must be a power of two
    found = [engine.random_base2(min(_CHUNK_LOG2, math.ceil(math.log2(stop))))]
    reached = len(found[0])
    while reached < stop:
        if reached <= start:
            found.clear()
        found.append(engine.random(min(1 << _CHUNK_LOG2, stop - reached)))
        reached += len(found[-1])
    kept = np.concatenate(found)
    begin = reached - len(kept)
    return kept[start - begin : stop - begin]


def _inside(found: Floats) -> Floats:
    """Move every coordinate to the middle of its cell of 2^-52, so that none is 0 or 1."""
    cells = float(1 << _RESOLUTION)
    middles: Floats = np.minimum((np.floor(found * cells) + 0.5) / cells, 1.0 - 0.5 / cells)
    return middles


def correlate(found: Floats, *, dimensions: Sequence[int], matrix: Floats) -> Floats:
    """Return points some of whose dimensions are correlated; every dimension stays uniform.

    A Gaussian copula: the given dimensions are taken to normal scores, mixed by the Cholesky factor of
    `matrix`, the correlations of their scores, and taken back. The first of them keeps its points. Raises
    ConfigError for a matrix that is not positive definite.
    """
    from scipy.special import ndtr, ndtri

    try:
        factor = np.linalg.cholesky(matrix)
    except np.linalg.LinAlgError as error:
        message = "cannot all hold together; give ranks nearer to 0"
        raise ConfigError([Fault("correlations", message)]) from error
    scores = np.asarray(ndtri(found[:, dimensions]))
    moved = found.copy()
    for row, dimension in enumerate(dimensions):
        if not factor[row, :row].any():
            continue
        # summed in fixed order: a matrix product may differ in the last bit with the number of points
        score = np.zeros(len(found))
        for column in range(row + 1):
            score = score + factor[row, column] * scores[:, column]
        moved[:, dimension] = _inside(np.asarray(ndtr(score)))
    return moved
