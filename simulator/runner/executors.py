"""Ways to carry out the tasks of a job, each giving the results in the order of the tasks."""

import multiprocessing
import os
import signal
import sys
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from types import ModuleType, TracebackType
from typing import Any, Generic, Protocol, Self, TypeVar, final

from simulator.errors import RunError, SimulatorError
from simulator.runner.keeping import keep_memory

PRELOADED = (
    "simulator.runner.execute",
    "simulator.streams.sampling",
    "simulator.engines.compiled",
    "simulator.engines.reference",
    "pandas",
)
"""What the server of worker processes loads, once for all of them."""

Task = TypeVar("Task")
Result = TypeVar("Result")
T_contra = TypeVar("T_contra", contravariant=True)
R_co = TypeVar("R_co", covariant=True)


class Job(Protocol[T_contra, R_co]):
    """What every worker does; it travels to each worker once, and is set up there."""

    def start(self) -> Callable[[T_contra], R_co]:
        """Make ready, and return the function that carries out one task."""
        ...


class Executor(ABC, Generic[Task, Result]):
    """Carries out tasks of one job; a context that lets go of its workers at its end."""

    workers: int = 1

    @abstractmethod
    def map(self, tasks: Iterable[Task]) -> Iterator[Result]:
        """Return the results of the tasks in the order of the tasks.

        An error that a task raises is raised here, once the results before it are out.
        """

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop what still runs."""


@final
class Serial(Executor[Task, Result]):
    """One task after another, in this process."""

    def __init__(self, job: Job[Task, Result]) -> None:
        self._job = job
        self._work: Callable[[Task], Result] | None = None

    def map(self, tasks: Iterable[Task]) -> Iterator[Result]:
        if self._work is None:
            self._work = self._job.start()
        for task in tasks:
            yield self._work(task)


@final
class Processes(Executor[Task, Result]):
    """Tasks in processes of their own, one task at a time in each.

    Processes are made by a server process that has loaded the package and nothing else, so that no lock or
    thread of the caller is copied into them, and none of them carries out the caller's script.
    """

    def __init__(self, job: Job[Task, Result], *, workers: int) -> None:
        self._job = job
        self.workers = workers
        self._crew: list[_Worker] = []

    def map(self, tasks: Iterable[Task]) -> Iterator[Result]:
        waiting = iter(tasks)
        results: dict[int, Any] = {}
        given = returned = 0
        exhausted = False
        while True:
            for worker in self._started():
                # a worker that is far ahead waits, so that results do not pile up
                if exhausted or worker.task is not None or given - returned >= 4 * self.workers:
                    continue
                try:
                    task = next(waiting)
                except StopIteration:
                    exhausted = True
                else:
                    worker.give(given, task)
                    given += 1
            while returned in results:
                yield _result(results.pop(returned))
                returned += 1
            if exhausted and returned == given:
                return
            if returned + len(results) < given:
                results.update(self._next_outcomes())

    def _started(self) -> list["_Worker"]:
        if not self._crew:
            context = _context()
            try:
                with _without_callers_script():
                    for number in range(self.workers):
                        self._crew.append(_Worker(context, self._job, f"simulator-worker-{number}"))
            except OSError as error:
                raise RunError(
                    f"worker processes cannot be started ({error}); give fewer workers, or executor serial"
                ) from error
        return self._crew

    def _next_outcomes(self) -> Iterator[tuple[int, Any]]:
        """Wait until some worker is done, and return the number and the outcome of what it did."""
        busy = {worker.connection: worker for worker in self._crew if worker.task is not None}
        for connection in wait(list(busy)):
            yield busy[connection].take()  # type: ignore[index] # only connections were given to wait

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._crew:
            worker.stop()
        for worker in self._crew:
            worker.process.join()
        self._crew = []


class _Worker:
    """One process, and what it is doing."""

    def __init__(self, context: BaseContext, job: Any, name: str) -> None:
        self.connection, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(  # type: ignore[attr-defined] # every context has one
            target=_serve, args=(theirs, job), name=name, daemon=True
        )
        self.process.start()
        theirs.close()
        self.task: tuple[int, Any] | None = None

    def give(self, number: int, task: Any) -> None:
        """Send a task to the process."""
        try:
            self.connection.send(task)
        except OSError as error:
            raise self._died(task) from error
        self.task = (number, task)

    def take(self) -> tuple[int, Any]:
        """Return the number and the outcome of the task that the process has carried out."""
        assert self.task is not None
        number, task = self.task
        try:
            outcome = self.connection.recv()
        except (EOFError, OSError) as error:
            raise self._died(task) from error
        self.task = None
        return number, outcome

    def stop(self) -> None:
        """End the process: at once when it is busy, and else by telling it that nothing more comes."""
        if self.task is not None:
            self.process.terminate()
        self.connection.close()

    def _died(self, task: Any) -> RunError:
        self.process.join(timeout=5)
        code = self.process.exitcode
        how = (
            f"by signal {signal.Signals(-code).name}"
            if code is not None and code < 0
            else f"with code {code}"
        )
        return RunError(
            f"a worker process ended {how} while it worked on {task} (memory may have run out: give fewer"
            " workers); what was committed is kept, run again to go on"
        )


def _serve(connection: Connection, job: Job[Any, Any]) -> None:
    """Carry out tasks in a worker process until no more come."""
    # an interrupt from the keyboard goes to all processes; the user's own ends the others
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    work: Callable[[Any], Any] | None = None
    while True:
        try:
            task = connection.recv()
        except (EOFError, OSError):
            return
        try:
            if work is None:
                work = job.start()
                keep_memory()
            outcome: Any = (True, work(task))
        except SimulatorError as error:
            outcome = (False, error)
        except Exception as error:  # noqa: BLE001 - raised again in the parent
            outcome = (False, RunError(f"{task}: {type(error).__name__}: {error}"))
        with suppress(OSError):
            connection.send(outcome)


def _end_with_parent() -> None:
    """Leave no process behind when the one that asked for it is gone, however it went."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _result(outcome: tuple[bool, Any]) -> Any:
    good, value = outcome
    if not good:
        raise value
    return value


def _context() -> BaseContext:
    """Return a way to start processes that copies no threads of this one."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(PRELOADED))
    return context


@contextmanager
def _without_callers_script() -> Iterator[None]:
    """Keep multiprocessing from carrying out the caller's script in every worker; nothing there needs it."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
