"""One replication on the compiled engine."""

import logging
import multiprocessing
from functools import cache

import numba
import numpy as np

from simulator.engines.compiled import passing  # noqa: F401 - teaches numba what Tables are
from simulator.engines.compiled.layout import Tables
from simulator.engines.compiled.scratch import with_larger_pool, with_longer_path
from simulator.engines.compiled.tables import tables
from simulator.engines.compiled.unfold import FINISHED, PATH_FULL, prepare, unfold
from simulator.jit import cache_folder, is_kept
from simulator.model.system import System
from simulator.path import ROW, SamplePath


def simulate(system: System, *, seed: int, replication: int) -> SamplePath:
    """Unfold a system by the numbers of one replication.

    The first call compiles the kernels, which takes about a minute, or loads them from the compile cache.
    """
    announce()
    return carried_out(system, tables(system, seed=seed, replication=replication))


def carried_out(system: System, t: Tables) -> SamplePath:
    """Unfold the tables of a system and an address, which are used up by it."""
    prepare(t)
    while (outcome := unfold(t)) != FINISHED:
        t = with_longer_path(t) if outcome == PATH_FULL else with_larger_pool(t)
    rows = t.rows[: t.clock["row_count"][0]].view(ROW, np.ndarray)
    return SamplePath(system, rows, int(t.clock["bound_events"][0]))


@cache
def announce() -> None:
    """Say, once, that there is something to wait for."""
    if numba.config.DISABLE_JIT or is_kept(unfold):
        return
    log = logging.getLogger(__name__)
    if cache_folder() is not None:
        log.warning("compiling the engine, about a minute, once for this version on this machine")
    elif multiprocessing.parent_process() is None:  # a worker's line would repeat its parent's
        log.warning(
            "compiling the engine, about a minute, anew in every process, as no folder can be written to keep"
            " it; NUMBA_CACHE_DIR names one"
        )
