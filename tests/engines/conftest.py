"""The engines that every hand-worked path is asked of."""

from collections.abc import Callable

import pytest

from simulator.engines import simulate
from simulator.model.system import System
from simulator.path import SamplePath

Unfold = Callable[[System], SamplePath]


ENGINES = ("reference", "compiled")


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Each engine in turn, by name."""
    name: str = request.param
    return name


@pytest.fixture(params=ENGINES)
def unfold(request: pytest.FixtureRequest) -> Unfold:
    """Unfold a system on each engine in turn, by the numbers of replication 0 of seed 1."""

    def unfolded(system: System) -> SamplePath:
        return simulate(system, seed=1, replication=0, engine=request.param)

    return unfolded
