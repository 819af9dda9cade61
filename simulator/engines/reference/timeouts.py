"""The least that SimPy can be asked to do, by which the speed of a machine is told."""

from collections.abc import Generator

import simpy


def wait_in_turn(count: int) -> None:
    """Have one process wait `count` times, a unit of time each."""
    environment = simpy.Environment()
    environment.process(_waiting(environment, count))
    environment.run()


def _waiting(environment: simpy.Environment, count: int) -> Generator[simpy.Event, None, None]:
    for _ in range(count):
        yield environment.timeout(1)
