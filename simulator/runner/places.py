"""Where a run is asked to be carried out, checked without loading what computes."""

import math
import os
import re
from collections.abc import Sequence
from importlib.util import find_spec
from numbers import Integral
from typing import Literal, get_args

from simulator.errors import Fault
from simulator.model.checks.names import allowed, listed

ExecutorName = Literal["processes", "serial", "dask"]
TIMEOUT_S = 600.0
"""Seconds that a replication may take unless a run is asked otherwise."""
SCHEDULER = re.compile(r"(tcp|tls)://[^\s:/]+:[0-9]{1,5}")
WORKERS_ANYWHERE = 64
"""Workers that any machine may be asked for."""
WORKERS_A_PROCESSOR = 4


def place_faults(*, executor: object, scheduler: object, workers: int | None, timeout: object) -> list[Fault]:
    """Return all that is wrong with the executor, its scheduler, its workers and their time, as `run` takes them."""
    return [
        *choice("executor", executor, get_args(ExecutorName)),
        *_dask_faults(executor),
        *_scheduler_faults(scheduler, executor=executor, workers=workers),
        *_timeout_faults(timeout),
        *(at_least_one("workers", workers) or _too_many_workers(workers)),
    ]


def choice(where: str, given: object, known: Sequence[str]) -> list[Fault]:
    """Return what is wrong with a word that must be one of those known."""
    if given in known:
        return []
    if not isinstance(given, str) or not given:
        return [Fault(where, f"is {given!r}; give one of {listed(known)}")]
    return [Fault(where, f"is {given}; {allowed(given, known)}")]


def at_least_one(where: str, given: object, *, needed: bool = False) -> list[Fault]:
    """Return what is wrong with a number that must be whole and 1 or more, or may be left out unless it is needed."""
    if given is None and not needed:
        return []
    if isinstance(given, bool) or not isinstance(given, Integral):
        return [Fault(where, f"is {given!r}; give a whole number, 1 or more")]
    return [Fault(where, f"is {given}; give 1 or more")] if given < 1 else []


def _too_many_workers(given: int | None) -> list[Fault]:
    most = max(WORKERS_ANYWHERE, WORKERS_A_PROCESSOR * processors())
    if given is None or given <= most:
        return []
    rule = f"the larger of {WORKERS_ANYWHERE} and {WORKERS_A_PROCESSOR} a processor"
    return [Fault("workers", f"is {given:,}; give at most {most:,}, {rule}")]


def _dask_faults(executor: object) -> list[Fault]:
    if executor != "dask" or find_spec("distributed") is not None:
        return []
    message = "is dask, which needs a package that is not installed; pip install 'supply-capacity-simulator[cluster]'"
    return [Fault("executor", message)]


def _scheduler_faults(given: object, *, executor: object, workers: object) -> list[Fault]:
    if given is None:
        return []
    if executor != "dask":
        return [Fault("scheduler", "is given, but the executor is another; give executor dask, too")]
    if workers is not None:
        return [Fault("workers", "is given with a scheduler, all of whose workers are used; leave it out")]
    if isinstance(given, str) and SCHEDULER.fullmatch(given):
        return []
    return [Fault("scheduler", f"is {given!r}; give an address such as tcp://10.0.0.1:8786")]


def _timeout_faults(given: object) -> list[Fault]:
    if isinstance(given, int | float) and not isinstance(given, bool) and 0 < given < math.inf:
        return []
    return [Fault("timeout", f"is {given!r}; give a number of seconds above 0")]


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0))
