"""One replication on the compiled engine."""

import numpy as np

from simulator.engines.compiled import passing  # noqa: F401 - teaches numba what Tables are
from simulator.engines.compiled.layout import Tables
from simulator.engines.compiled.scratch import with_larger_pool, with_longer_path
from simulator.engines.compiled.tables import tables
from simulator.engines.compiled.unfold import FINISHED, PATH_FULL, prepare, unfold
from simulator.model.system import System
from simulator.path import ROW, SamplePath


def simulate(system: System, *, seed: int, replication: int) -> SamplePath:
    """Unfold a system by the numbers of one replication."""
    return carried_out(system, tables(system, seed=seed, replication=replication))


def carried_out(system: System, t: Tables) -> SamplePath:
    """Unfold the tables of a system and an address, which are used up by it."""
    prepare(t)
    while (outcome := unfold(t)) != FINISHED:
        t = with_longer_path(t) if outcome == PATH_FULL else with_larger_pool(t)
    rows = t.rows[: t.clock["row_count"][0]].view(ROW, np.ndarray)
    return SamplePath(system, rows, int(t.clock["bound_events"][0]))
