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


def points(design: Design, *, seed: int, dimensions: int, replications: int) -> Floats:
    """Return the points of a design, shape (replications, dimensions), strictly between 0 and 1.

    Replication r of a Sobol design is point r div R of scramble r mod R, R the number of scrambles. The first
    n points of a random and of a Sobol design are the same however many follow; a Latin hypercube divides
    every axis into as many parts as it has points, so it is another one for every number of them. The
    randomness of scramble k comes from the address "design:<kind>:<k>" and the seed alone.
    """
    if dimensions == 0 or replications == 0:
        return np.empty((replications, dimensions))
    if design.kind == "sobol":
        scrambles = design.scrambles or 1
        each = math.ceil(replications / scrambles)
        found = np.stack([_sobol(seed, k, dimensions, each) for k in range(scrambles)], axis=1)
        found = found.reshape(each * scrambles, dimensions)[:replications]
    elif design.kind == "latin_hypercube":
        from scipy.stats import qmc

        found = qmc.LatinHypercube(dimensions, rng=generator(seed, design.kind)).random(replications)
    else:
        found = generator(seed, design.kind).random((replications, dimensions))
    return _inside(found)


def generator(seed: int, kind: str, number: int = 0) -> np.random.Generator:
    """Return the random generator at the address "design:<kind>:<number>" of a seed."""
    digest = hashlib.sha256(f"{seed}:design:{kind}:{number}".encode()).digest()
    # words of fixed width: two addresses never give one sequence by trailing zeros
    words = np.frombuffer(digest, dtype=">u4").astype(np.uint32)
    return np.random.Generator(np.random.Philox(np.random.SeedSequence(words.tolist())))


def _sobol(seed: int, scramble: int, dimensions: int, count: int) -> Floats:
    """Return the first points of one scramble, shape (count, dimensions)."""
    from scipy.stats import qmc

    engine = qmc.Sobol(dimensions, bits=_RESOLUTION, rng=generator(seed, "sobol", scramble))
    found: Floats = engine.random_base2(max(0, math.ceil(math.log2(count))))
    return found[:count]


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
