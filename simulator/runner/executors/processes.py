"""Tasks carried out in processes of this machine."""

import math
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, final

from simulator.runner.executors import starting
from simulator.runner.executors.executor import Care, Executor, Job, Result, Task, outcome, result
from simulator.runner.executors.tries import Attempt, Tries
from simulator.runner.keeping import keep_memory

START_S = 600.0
"""Seconds after which a worker that has not made ready is taken to hang; it may have to compile."""
READY = None
"""What a worker says when it has made ready, before any outcome."""


@final
class Processes(Executor[Task, Result]):
    """One task at a time in each of some processes; one that dies or hangs is replaced."""

    workers = 1

    def __init__(
        self, job: Job[Task, Result], *, workers: int, care: Care[Task, Result] | None = None
    ) -> None:
        self._job = job
        self._care: Care[Task, Result] = care or Care()
        self.workers = workers
        self._crew: list[_Worker] = []

    def map(self, tasks: Iterable[Task]) -> Iterator[Result]:
        tries = Tries(tasks, self._care, workers=self.workers)
        while True:
            while len(self._crew) < self.workers:
                self._crew.append(_Worker(self._job, name=f"simulator-worker-{len(self._crew)}"))
            for worker in self._crew:
                if worker.attempt is None and tries.left:
                    attempt = tries.next()
                    worker.give(attempt, limit_s=tries.limit_s(attempt))
            busy = [worker for worker in self._crew if worker.attempt is not None]
            if not busy:
                return
            for worker in _heard(busy):
                yield from self._taken(worker, tries)

    def _taken(self, worker: "_Worker", tries: Tries[Task, Result]) -> Iterator[Result]:
        """Return the result that a worker has, if it has one."""
        attempt = worker.attempt
        assert attempt is not None
        try:
            found = worker.take()
        except _Dead as dead:
            self._crew.remove(worker)
            if worker.ready:
                yield from tries.died(attempt, dead.how)
            else:
                tries.unstarted(attempt, dead.how)
        else:
            if found is not READY:
                tries.survived()
                yield result(found)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._crew:
            worker.stop()
        for worker in self._crew:
            worker.join()
        self._crew = []


class _Dead(Exception):
    """A worker will give no outcome; `how` says why."""

    def __init__(self, how: str) -> None:
        self.how = how
        super().__init__(how)


class _Worker:
    """One process, and what it is doing."""

    def __init__(self, job: Any, *, name: str) -> None:
        self.connection, theirs = starting.context().Pipe()
        self._process = starting.started(_serve, theirs, job, name=name)
        theirs.close()
        self.ready = False
        self.attempt: Attempt[Any] | None = None
        self._limit_s = START_S
        self.deadline = math.inf

    def give(self, attempt: Attempt[Any], *, limit_s: float) -> None:
        """Send a task to the process; that it has died will be seen when its outcome is taken."""
        self.attempt, self._limit_s = attempt, limit_s
        self.deadline = time.monotonic() + (limit_s if self.ready else START_S)
        with suppress(OSError):
            self.connection.send(attempt.task)

    def take(self) -> Any:
        """Return what the process says; raises _Dead when it says nothing any more."""
        if not self.connection.poll():
            starting.finish(self._process)
            raise _Dead(f"hung for {self._limit_s if self.ready else START_S:g} s")
        try:
            found = self.connection.recv()
        except (EOFError, OSError):
            raise _Dead(starting.ended(self._process)) from None
        if found is READY:
            self.ready, self.deadline = True, time.monotonic() + self._limit_s
        else:
            self.attempt, self.deadline = None, math.inf
        return found

    def stop(self) -> None:
        """End the process: at once when it is busy, and else by telling it that nothing more comes."""
        if self.attempt is not None:
            self._process.kill()
        self.connection.close()

    def join(self) -> None:
        """Wait until the process, which was told to stop, has ended."""
        starting.ended(self._process)


def _heard(busy: list[_Worker]) -> list[_Worker]:
    """Wait until some worker says something, or is overdue, and return those."""
    seconds = max(0.0, min(worker.deadline for worker in busy) - time.monotonic())
    said = wait([worker.connection for worker in busy], None if math.isinf(seconds) else seconds)
    now = time.monotonic()
    return [worker for worker in busy if worker.connection in said or worker.deadline <= now]


def _serve(connection: Connection, job: Job[Any, Any]) -> None:
    """Carry out tasks in a worker process until no more come."""
    starting.settle()
    work: Callable[[Any], Any] | None = None
    while True:
        try:
            task = connection.recv()
            if work is None:
                made = outcome(job.start, of=task)
                if not made[0]:
                    connection.send(made)
                    continue
                work = made[1]
                keep_memory()
                connection.send(READY)
            connection.send(outcome(lambda work=work, task=task: work(task), of=task))  # type: ignore[misc]
        except (EOFError, OSError):
            return
