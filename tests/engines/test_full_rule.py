"""The reference engine tries only what can have changed, and comes to what trying everything comes to (clause 3)."""

from collections.abc import Generator
from unittest.mock import patch

import simpy
from hypothesis import given

from simulator.engines.reference import network
from simulator.engines.reference.allocation import Allocation
from simulator.model.system import TICKS_PER_HOUR
from simulator.testing import systems


class TryingEverything(Allocation):
    """The C phase by the letter, at every hour besides: all done, empty and loaded lines, all vehicles, all grids."""

    phases = 0

    def __init__(self, whole: network.Network) -> None:
        super().__init__(whole)
        whole.env.process(hourly(whole.env))

    def carry_out(self) -> None:
        TryingEverything.phases += 1
        lines = self.network.lines
        self.loaded.update(line for line in lines if line.recipe >= 0 and not line.done)
        self.touched.update(lines)
        for grid in self.network.grids:
            grid.has_freed = True
            self.changed_grids[grid] = None
        super().carry_out()

    def _pass(self) -> bool:
        self.done.update(line for line in self.network.lines if line.done)
        self.empty.update(line for line in self.network.lines if line.recipe < 0)
        self.links_to_try.update(link for link in self.network.links if link.waiting_since is not None)
        self.regions_short_of_crews.update(self.network.regions)
        return super()._pass()


def hourly(env: simpy.Environment) -> Generator[simpy.Event, None, None]:
    while True:
        yield env.timeout(TICKS_PER_HOUR)


@given(systems())
def test_trying_only_what_can_have_changed_leaves_nothing_out(system):
    usual = network.simulate(system, seed=2, replication=3)
    TryingEverything.phases = 0
    with patch.object(network, "Allocation", TryingEverything):
        full = network.simulate(system, seed=2, replication=3)
    assert TryingEverything.phases >= (system.end_tick - system.first_tick) // TICKS_PER_HOUR
    assert full.tobytes() == usual.tobytes()
