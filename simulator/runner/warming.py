"""Compiling ahead: once in this process, not in every worker at the same time."""

from datetime import date

from simulator import engines, responses
from simulator.model.system import TICKS_PER_HOUR, System


def warm_up(engine: str) -> None:
    """Compile, or load from the compile cache, what a replication on an engine needs."""
    path = engines.simulate(EMPTY, seed=0, replication=0, engine=engine)
    responses.measure(path, {})


EMPTY = System(
    start=date(2000, 1, 1),
    first_tick=0,
    end_tick=TICKS_PER_HOUR,
    materials=(),
    regions=(),
    grids=(),
    calendars=(),
    stores=(),
    roles=(),
    plants=(),
    lines=(),
    suppliers=(),
    links=(),
)
"""A system of nothing: what is compiled does not depend on what there is."""
