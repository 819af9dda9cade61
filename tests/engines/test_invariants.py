"""What must always hold, of any system at all: balances, addresses, ties."""

import heapq
import random
from typing import Any

import pytest
import simpy
from hypothesis import given
from hypothesis import strategies as st

from simulator.engines import simulate
from simulator.engines.reference.network import simulate as simulate_reference
from simulator.testing import invariants, systems

ADDRESSES = st.tuples(st.integers(0, 2**64 - 1), st.integers(0, 2**32))
"""Seed and replication."""


@given(system=systems(tie_heavy=False), address=ADDRESSES)
def test_all_invariants_hold_where_times_are_continuous(engine, system, address):
    path = simulate(system, seed=address[0], replication=address[1], engine=engine)
    invariants.everything(path, system, address)


@given(system=systems(tie_heavy=True), address=ADDRESSES)
def test_all_invariants_hold_where_much_happens_at_one_instant(engine, system, address):
    path = simulate(system, seed=address[0], replication=address[1], engine=engine)
    invariants.everything(path, system, address)


@given(system=systems(tie_heavy=True, chance=False, max_plants=8, max_days=4))
def test_all_invariants_hold_where_nothing_but_failures_is_drawn(engine, system):
    invariants.everything(simulate(system, seed=0, replication=0, engine=engine), system, (0, 0))


@given(system=systems())
def test_the_same_address_gives_the_same_rows(engine, system):
    first, again = (simulate(system, seed=5, replication=9, engine=engine) for _ in range(2))
    assert first.tobytes() == again.tobytes()
    assert first.bound_events == again.bound_events


def shuffled(seed: int) -> type[simpy.Environment]:
    """Return an environment that carries out events of one time and priority in an order of its own."""

    class Shuffled(simpy.Environment):
        def __init__(self, initial_time: float = 0) -> None:
            super().__init__(initial_time)
            self.lots = random.Random(seed)

        def schedule(self, event: Any, priority: Any = 1, delay: float = 0) -> None:
            place = (self.lots.random(), next(self._eid))
            heapq.heappush(self._queue, (self._now + delay, priority, place, event))

    return Shuffled


@pytest.mark.parametrize("tie_heavy", [True, False])
@given(data=st.data())
def test_ties_in_any_order_change_nothing(tie_heavy, data):
    system = data.draw(systems(tie_heavy=tie_heavy))
    environment = shuffled(data.draw(st.integers(0, 1000)))
    usual = simulate(system, seed=5, replication=9)
    other = simulate_reference(system, seed=5, replication=9, environment=environment)
    assert other.tobytes() == usual.tobytes()
    assert other.bound_events == usual.bound_events


def test_shuffling_does_change_the_order_of_ties():
    def order(environment: simpy.Environment) -> list[int]:
        seen: list[int] = []
        for number in range(20):
            environment.timeout(1, number).callbacks.append(lambda event: seen.append(event.value))
        environment.run()
        return seen

    assert order(simpy.Environment()) == list(range(20))
    assert order(shuffled(1)()) != list(range(20))
