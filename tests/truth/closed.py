"""Closed formulas for what small systems come to, as textbooks give them.

Rates are an hour, times are hours. Kleinrock, *Queueing Systems* 1 (queues, machine repair); Buzacott and Shanthikumar,
*Stochastic Models of Manufacturing Systems* (two machines and a buffer); Cox, *Renewal Theory* (counts of renewals).
"""

import cmath
import math


def mm1_number(arrival: float, service: float) -> float:
    """Return the mean number in an M/M/1 system."""
    load = arrival / service
    return load / (1 - load)


def mm1_wait(arrival: float, service: float) -> float:
    """Return the mean wait in the queue of an M/M/1 system."""
    load = arrival / service
    return load / (service - arrival)


def mg1_wait(arrival: float, mean: float, second_moment: float) -> float:
    """Return the mean wait in the queue of an M/G/1 system, by Pollaczek and Khinchine."""
    return arrival * second_moment / (2 * (1 - arrival * mean))


def mmc_delayed(arrival: float, service: float, servers: int) -> float:
    """Return the probability that a customer waits for one of several servers: Erlang's C."""
    offered = arrival / service
    load = offered / servers
    all_busy = offered**servers / math.factorial(servers) / (1 - load)
    return all_busy / (sum(offered**n / math.factorial(n) for n in range(servers)) + all_busy)


def mmc_wait(arrival: float, service: float, servers: int) -> float:
    """Return the mean wait in the queue for several servers."""
    return mmc_delayed(arrival, service, servers) / (servers * service - arrival)


def machines_up(machines: int, failure: float, repair: float, crews: int) -> float:
    """Return the mean number of machines that run when each takes one of a few crews to repair."""
    weights = []
    for down in range(machines + 1):
        weight = math.comb(machines, down) * (failure / repair) ** down
        if down > crews:
            weight *= math.factorial(down) / (math.factorial(crews) * crews ** (down - crews))
        weights.append(weight)
    return sum((machines - down) * weight for down, weight in enumerate(weights)) / sum(weights)


def two_machines(first: float, second: float, capacity: int) -> float:
    """Return the throughput of two exponential machines, never starved, with a store between them.

    The second machine is idle as an M/M/1 queue with room for `capacity` + 2 is empty: one more item is on
    the second machine, one more stands finished on the first, which is then blocked.
    """
    states = capacity + 3
    if first == second:
        return first * (states - 1) / states
    ratio = first / second
    return second * (1 - (1 - ratio) / (1 - ratio**states))


def share_up(failure: float, repair: float) -> float:
    """Return the share of time that a machine is up in the long run."""
    return repair / (failure + repair)


def hours_up(failure: float, repair: float, hours: float) -> float:
    """Return the expected hours that a machine is up of its first `hours`, new at 0."""
    both = failure + repair
    return repair / both * hours + failure / (both * both) * (1 - math.exp(-both * hours))


def renewals(phases: int, rate: float, hours: float) -> float:
    """Return the expected number of renewals in `hours` from one, each after `phases` exponential times of `rate`."""
    transient = 0j
    for place in range(1, phases):
        root = cmath.exp(2j * math.pi * place / phases)
        transient += root / (1 - root) * (1 - cmath.exp(-rate * hours * (1 - root)))
    return rate * hours / phases + transient.real / phases
