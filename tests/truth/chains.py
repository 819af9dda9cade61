"""The same values from Markov chains, solved as linear systems without any formula of queueing theory."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from scipy.linalg import expm
from scipy.sparse.linalg import expm_multiply
from scipy.stats import poisson

Floats = npt.NDArray[np.float64]

LONGEST_QUEUE = 200
"""States of a queue without limit; at a load of 0.8 the rest has a probability below 1e-19."""


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """A Markov chain in continuous time that starts in state 0, and a value of each state."""

    generator: Floats
    """Rates an hour from the state of a row to that of a column; rows add up to 0; shape (n, n)."""
    values: Floats
    """Shape (n,)."""

    def in_the_long_run(self) -> float:
        """Return the mean of the values once the chain has settled."""
        balance = np.vstack([self.generator.T[1:], np.ones(len(self.values))])
        right = np.zeros(len(self.values))
        right[-1] = 1.0
        return float(np.linalg.solve(balance, right) @ self.values)

    def expected_at(self, hours: float) -> float:
        """Return the expected value at a time."""
        return float(expm_multiply(self.generator * hours, self.values)[0])

    def expected_until(self, hours: float) -> float:
        """Return the expectation of the integral of the value from 0 to a time."""
        n = len(self.values)
        widened = np.zeros((n + 1, n + 1))
        widened[:n, :n] = self.generator
        widened[:n, n] = self.values
        return float(expm(widened * hours)[0, n])


Moves = Callable[[tuple[int, ...]], Iterable[tuple[float, tuple[int, ...]]]]
"""From a state, the rate of each move and the state that it leads to."""


def chain(states: Iterable[tuple[int, ...]], moves: Moves, value: Callable[..., float]) -> Chain:
    """Return the chain on some states, the first its start; moves to any other state are left out."""
    number = {state: place for place, state in enumerate(states)}
    generator = np.zeros((len(number), len(number)))
    for state, place in number.items():
        for rate, to in moves(state):
            if to in number:
                generator[place, number[to]] += rate
                generator[place, place] -= rate
    return Chain(generator, np.array([value(*state) for state in number], dtype=float))


def queue(arrival: float, service: float, servers: int, value: Callable[[int], float]) -> Chain:
    """Return the number of customers with `servers` alike, and a value of it."""

    def moves(state: tuple[int, ...]) -> list[tuple[float, tuple[int, ...]]]:
        (n,) = state
        return [(arrival, (n + 1,)), (service * min(n, servers), (n - 1,))]

    return chain(((n,) for n in range(LONGEST_QUEUE)), moves, value)


def left_behind(arrival: float, times: Floats, weights: Floats, value: Callable[[int], float]) -> Chain:
    """Return the number that a customer leaves behind who was served alone, for service times of given weights.

    One step a customer, in continuous time as many steps an hour as customers come.
    """
    n = LONGEST_QUEUE
    arrivals = weights @ poisson.pmf(np.arange(n), arrival * times[:, None])
    steps = np.zeros((n, n))
    steps[0] = arrivals
    for before in range(1, n):
        steps[before, before - 1 :] = arrivals[: n - before + 1]
    steps[:, -1] += 1.0 - steps.sum(axis=1)
    values = np.array([value(number) for number in range(n)], dtype=float)
    return Chain(arrival * (steps - np.eye(n)), values)


def repairs(machines: int, failure: float, repair: float, crews: int) -> Chain:
    """Return how many machines are up, from all of them new."""

    def moves(state: tuple[int, ...]) -> list[tuple[float, tuple[int, ...]]]:
        (down,) = state
        return [((machines - down) * failure, (down + 1,)), (min(down, crews) * repair, (down - 1,))]

    return chain(((down,) for down in range(machines + 1)), moves, lambda down: machines - down)


def buffered(first: float, second: float, capacity: int) -> Chain:
    """Return the rate at which the second of two machines finishes; state: stock, second busy, first blocked."""

    def moves(state: tuple[int, ...]) -> list[tuple[float, tuple[int, ...]]]:
        stock, busy, blocked = state
        found: list[tuple[float, tuple[int, ...]]] = []
        if not busy:
            found.append((first, (0, 1, 0)))
        elif not blocked:
            found.append((first, (stock + 1, 1, 0) if stock < capacity else (stock, 1, 1)))
        if blocked:
            found.append((second, (stock, 1, 0)))
        elif busy:
            found.append((second, (stock - 1, 1, 0) if stock else (0, 0, 0)))
        return found

    stocks = [(stock, 1, 0) for stock in range(capacity + 1)]
    return chain([(0, 0, 0), *stocks, (capacity, 1, 1)], moves, lambda stock, busy, blocked: second * busy)


def phased(phases: int, rate: float) -> Chain:
    """Return the rate of renewals that come at the end of the last of some phases."""
    return chain(
        ((phase,) for phase in range(phases)),
        lambda state: [(rate, ((state[0] + 1) % phases,))] if phases > 1 else [],
        lambda phase: rate * (phase == phases - 1),
    )


@cache
def _legendre(points: int) -> tuple[Floats, Floats]:
    places, weights = np.polynomial.legendre.leggauss(points)
    return (places + 1) / 2, weights / 2


def constant_times(value: float) -> tuple[Floats, Floats]:
    """Return one service time and its weight."""
    return np.array([value]), np.array([1.0])


def uniform_times(low: float, high: float) -> tuple[Floats, Floats]:
    """Return service times between two ends and their weights."""
    places, weights = _legendre(80)
    return low + (high - low) * places, weights


def density_times(density: Callable[[Floats], Floats], longest: float) -> tuple[Floats, Floats]:
    """Return service times up to `longest` and their weights under a density."""
    places, weights = _legendre(800)
    times = longest * places
    return times, weights * longest * density(times)
