"""What a worker of a cluster does for a run, in a process that others may use, too."""

import os
import pickle
import threading
from collections.abc import Callable
from typing import Any

from simulator.errors import RunError
from simulator.runner import provenance
from simulator.runner.executors.executor import Job, Outcome, outcome
from simulator.runner.keeping import keep_memory

UNPREPARED: Outcome = (False, "unprepared")
"""What a worker says that has started anew or has worked for another run since it made ready."""
_LOCK = threading.Lock()
_WORK: dict[str, Callable[[Any], Any]] = {}
"""What this process does, for the one run that it made ready for last, by the key of the run."""


def prepared(key: str, payload: bytes, code: tuple[str, str]) -> Outcome:
    """Make ready, in a worker, for the tasks of a run, and return the number of the process."""

    def ready() -> int:
        _refuse_others(code[0], provenance.sources(), "the simulator")
        with _LOCK:
            _WORK.clear()
            job: Job[Any, Any] = pickle.loads(payload)
            _WORK[key] = job.start()
        _refuse_others(code[1], provenance.code(), "the responses that are measured")
        keep_memory()
        return os.getpid()

    return outcome(ready, of="making ready")


def carried_out(key: str, task: Any) -> Outcome:
    """Carry out a task of a run in a worker."""
    with _LOCK:
        if key not in _WORK:
            return UNPREPARED
        return outcome(lambda: _WORK[key](task), of=task)


def _refuse_others(theirs: str, own: str, what: str) -> None:
    if theirs != own:
        raise RunError(
            f"has other sources of {what} than this run, whose rows it must not add to; install the same there"
        )
