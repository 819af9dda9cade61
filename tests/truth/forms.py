"""The closed forms that the simulator is held to: a system each, its exact values, a slip that must not pass.

A form with equal rates stands beside one with unequal ones, which a formula with two rates exchanged does not fit. The
phases of one Erlang time are alike in a config, so the second renewal has three phases instead of unequal ones.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from simulator.path import SamplePath
from tests.truth import chains, closed, estimators
from tests.truth.chains import Chain, Floats
from tests.truth.estimators import Part, Window

FEW, MANY = 32, 96
"""Replications on the reference engine, and on the compiled one; waits vary most, so queues ask for more."""
LOG_GSD = math.log(1.8)


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """One number that is known exactly."""

    name: str
    exact: float
    """By a closed formula."""
    chain: Chain
    """By which it is worked out a second time."""
    estimator: Callable[[SamplePath, Window], Part]
    hours: tuple[float, float | None] = (0.0, None)
    """What is looked at, from the horizon's start; to its end with None."""
    from_new: bool = False
    """Whether all is new when looking begins; the value is then what those of the chain add up to."""

    def solved(self) -> float:
        """Return the value from its chain."""
        if not self.from_new:
            return self.chain.in_the_long_run()
        first, last = self.hours
        assert last is not None
        return self.chain.expected_until(last - first)

    def unsettled(self, hours_before: float) -> float:
        """Return how far the expected value is from the long run when looking begins, so long after the start."""
        if self.from_new:
            return 0.0
        return self.chain.expected_at(hours_before + self.hours[0]) - self.exact


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A system under `tests/cases`, by the name of its file; its scenarios are `truth` and `slip`."""

    name: str
    system: str
    slip: str
    """What is wrong in the scenario `slip`."""
    forms: tuple[Form, ...]
    replications: Mapping[str, int] = field(default_factory=lambda: _of_each(MANY))
    """By engine."""


def _of_each(compiled: int, reference: int = FEW) -> Mapping[str, int]:
    return {"reference": reference, "compiled": compiled}


def _mm1(
    name: str,
    system: str,
    slip: str,
    *,
    arrival: float,
    service: float,
    compiled: int,
    reference: int = FEW,
) -> Case:
    return Case(
        name,
        system,
        slip,
        (
            Form(
                "mean number",
                closed.mm1_number(arrival, service),
                chains.queue(arrival, service, 1, float),
                estimators.number_in_system,
            ),
            Form(
                "mean wait, h",
                closed.mm1_wait(arrival, service),
                # a customer waits for all whom it finds
                chains.queue(arrival, service, 1, lambda found: found / service),
                estimators.waits,
            ),
        ),
        _of_each(compiled, reference),
    )


def _mmc(
    name: str,
    system: str,
    slip: str,
    *,
    arrival: float,
    service: float,
    servers: int,
    compiled: int,
    reference: int = FEW,
) -> Case:
    return Case(
        name,
        system,
        slip,
        (
            Form(
                "share who wait",
                closed.mmc_delayed(arrival, service, servers),
                chains.queue(arrival, service, servers, lambda found: found >= servers),
                estimators.delayed,
            ),
            Form(
                "mean wait, h",
                closed.mmc_wait(arrival, service, servers),
                chains.queue(
                    arrival, service, servers, lambda found: max(0, found - servers + 1) / (servers * service)
                ),
                estimators.waits,
            ),
        ),
        _of_each(compiled, reference),
    )


def _mg1(
    name: str,
    system: str,
    slip: str,
    *,
    arrival: float,
    mean: float,
    second_moment: float,
    times: tuple[Floats, Floats],
    compiled: int,
    reference: int = FEW,
) -> Case:
    form = Form(
        "mean wait, h",
        closed.mg1_wait(arrival, mean, second_moment),
        # whom a customer leaves behind came while it waited and was served
        chains.left_behind(arrival, *times, lambda left: left / arrival - mean),
        estimators.waits,
    )
    return Case(name, system, slip, (form,), _of_each(compiled, reference))


def _erlang(phases: int, mean: float) -> tuple[Floats, Floats]:
    rate = phases / mean

    def density(times: Floats) -> Floats:
        return np.asarray(
            rate**phases * times ** (phases - 1) * np.exp(-rate * times) / math.factorial(phases - 1)
        )

    return chains.density_times(density, 20 * mean)


def _lognormal(mean: float) -> tuple[Floats, Floats]:
    middle = math.log(mean) - LOG_GSD * LOG_GSD / 2
    places, weights = np.polynomial.hermite_e.hermegauss(100)
    return np.exp(middle + LOG_GSD * places), weights / math.sqrt(2 * math.pi)


def _repair(
    name: str, system: str, slip: str, machines: int, failure: float, repair: float, crews: int
) -> Case:
    form = Form(
        "mean up",
        closed.machines_up(machines, failure, repair, crews),
        chains.repairs(machines, failure, repair, crews),
        estimators.lines_up,
    )
    return Case(name, system, slip, (form,))


def _buffer(name: str, system: str, slip: str, first: float, second: float, capacity: int) -> Case:
    form = Form(
        "made an hour",
        closed.two_machines(first, second, capacity),
        chains.buffered(first, second, capacity),
        estimators.finished,
    )
    return Case(name, system, slip, (form,))


def _availability(
    name: str,
    system: str,
    slip: str,
    *,
    failure: float,
    repair: float,
    new_hours: float,
    settled_hours: float,
    reference: int = FEW,
) -> Case:
    chain = chains.repairs(1, failure, repair, 1)
    return Case(
        name,
        system,
        slip,
        (
            Form(
                "share up",
                closed.share_up(failure, repair),
                chain,
                estimators.share_up,
                hours=(settled_hours, None),
            ),
            Form(
                f"hours up of the first {new_hours:,.0f}",
                closed.hours_up(failure, repair, new_hours),
                chain,
                estimators.hours_up,
                hours=(0.0, new_hours),
                from_new=True,
            ),
        ),
        _of_each(MANY, reference),
    )


def _renewal(name: str, system: str, slip: str, *, phases: int, rate: float, hours: float) -> Case:
    form = Form(
        f"renewals in {hours:g} h",
        closed.renewals(phases, rate, hours),
        chains.phased(phases, rate),
        estimators.lots,
        hours=(24.0 - hours, 24.0),
        from_new=True,
    )
    return Case(name, system, slip, (form,))


CASES = (
    _mm1("mm1", "M/M/1, 0.8 and 1 an hour", "one server more", arrival=0.8, service=1.0, compiled=320),
    _mm1(
        "mm1_slower",
        "M/M/1, 0.5 and 0.8 an hour",
        "the rate of service given as its mean",
        arrival=0.5,
        service=0.8,
        compiled=400,
        reference=64,
    ),
    _mg1(
        "mg1_constant",
        "M/G/1, 0.8 an hour, 1 h each",
        "an exponential law of the same mean",
        arrival=0.8,
        mean=1.0,
        second_moment=1.0,
        times=chains.constant_times(1.0),
        compiled=400,
    ),
    _mg1(
        "mg1_uniform",
        "M/G/1, 0.8 an hour, uniform 0 h to 2 h",
        "the mean given as the upper end",
        arrival=0.8,
        mean=1.0,
        second_moment=4 / 3,
        times=chains.uniform_times(0.0, 2.0),
        compiled=480,
    ),
    _mg1(
        "mg1_erlang2",
        "M/G/1, 0.8 an hour, Erlang-2 of 1 h",
        "the mean of a phase given as that of both",
        arrival=0.8,
        mean=1.0,
        second_moment=1.5,
        times=_erlang(2, 1.0),
        compiled=400,
    ),
    _mg1(
        "mg1_uniform_narrow",
        "M/G/1, 1.25 an hour, uniform 0.3 h to 0.9 h",
        "the lower end left at 0",
        arrival=1.25,
        mean=0.6,
        second_moment=0.39,
        times=chains.uniform_times(0.3, 0.9),
        compiled=256,
    ),
    _mg1(
        "mg1_erlang3",
        "M/G/1, 1 an hour, Erlang-3 of 0.6 h",
        "one phase for three",
        arrival=1.0,
        mean=0.6,
        second_moment=0.48,
        times=_erlang(3, 0.6),
        compiled=128,
        reference=48,
    ),
    _mg1(
        "mg1_lognormal",
        "M/G/1, 0.8 an hour, lognormal of mean 0.7 h, gsd 1.8",
        "the mean given as the median",
        arrival=0.8,
        mean=0.7,
        second_moment=0.49 * math.exp(LOG_GSD * LOG_GSD),
        times=_lognormal(0.7),
        compiled=224,
        reference=64,
    ),
    _repair("repair", "5 machines, fail 0.1, repair 0.5, 1 crew", "one crew more", 5, 0.1, 0.5, 1),
    _repair(
        "repair_crews", "3 machines, fail 1/9, repair 1/3, 2 crews", "one crew fewer", 3, 1 / 9, 1 / 3, 2
    ),
    _buffer("buffer_one", "two machines, 1 and 1 an hour, room for 1", "room for one more", 1.0, 1.0, 1),
    _buffer("buffer_three", "two machines, 1 and 1 an hour, room for 3", "room for one less", 1.0, 1.0, 3),
    _buffer(
        "buffer_unequal", "two machines, 2 and 1.25 an hour, room for 2", "room for one less", 2.0, 1.25, 2
    ),
    _availability(
        "availability",
        "a machine, up 90 h, down 10 h",
        "the repair counted into the time between failures",
        failure=1 / 90,
        repair=1 / 10,
        new_hours=1000.0,
        settled_hours=200.0,
        reference=48,
    ),
    _availability(
        "availability_short",
        "a machine, up 30 h, down 20 h",
        "up and down exchanged",
        failure=1 / 30,
        repair=1 / 20,
        new_hours=48.0,
        settled_hours=168.0,
    ),
    _mmc(
        "mm3",
        "M/M/3, 2.4 and 1 an hour",
        "one server more",
        arrival=2.4,
        service=1.0,
        servers=3,
        compiled=768,
    ),
    _mmc(
        "mm2",
        "M/M/2, 1.25 and 10/9 an hour",
        "the rate of arrival given as the interval",
        arrival=1.25,
        service=10 / 9,
        servers=2,
        compiled=256,
        reference=64,
    ),
    _renewal(
        "renewal",
        "Erlang-2 renewals, phases of 1 an hour",
        "one phase for two",
        phases=2,
        rate=1.0,
        hours=3.0,
    ),
    _renewal(
        "renewal_short",
        "Erlang-3 renewals, phases of 2 an hour",
        "one phase for three",
        phases=3,
        rate=2.0,
        hours=2.5,
    ),
)
