"""What an executor is: tasks of one job go in, their results come out as they are done."""

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Generic, Protocol, Self, TypeVar

from simulator.errors import RunError, SimulatorError

Task = TypeVar("Task")
Result = TypeVar("Result")
T_contra = TypeVar("T_contra", contravariant=True)
R_co = TypeVar("R_co", covariant=True)


class Job(Protocol[T_contra, R_co]):
    """What every worker does; it travels to each worker once, and is set up there."""

    def start(self) -> Callable[[T_contra], R_co]:
        """Make ready, and return the function that carries out one task."""
        ...


def _whole(task: Any) -> Sequence[Any]:
    return ()


def _refused(task: Any, how: str) -> Any:
    raise RunError(
        f"{task}: its worker {how}, twice (memory may have run out: give fewer workers); what was committed is"
        " kept, run again to go on"
    )


def _unlimited(task: Any) -> float:
    return math.inf


@dataclass(frozen=True, slots=True)
class Care(Generic[Task, Result]):
    """What becomes of tasks that their workers do not survive; asked in the process of the caller."""

    halves: Callable[[Task], Sequence[Task]] = _whole
    """Cuts a task into smaller ones that come to the same; none when it cannot be cut."""
    given_up: Callable[[Task, str], Result] = _refused
    """Returns the result of a task that ends every worker, told how, as in `ended by signal SIGKILL`."""
    limit_s: Callable[[Task], float] = _unlimited
    """Seconds after which a worker that is not done is taken to hang."""


class Executor(ABC, Generic[Task, Result]):
    """Carries out tasks of one job; a context that lets go of its workers at its end."""

    @property
    @abstractmethod
    def workers(self) -> int:
        """How many tasks are carried out at a time."""

    @abstractmethod
    def map(self, tasks: Iterable[Task]) -> Iterator[Result]:
        """Return the results of the tasks, each when it is done.

        A task is taken when a worker is free for it, so neither tasks nor results pile up. An error that a task
        raises is raised here.
        """

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop what still runs."""


Outcome = tuple[bool, Any]
"""How a task went in another process: whether well, and its result or the error."""


def outcome(work: Callable[[], Any], *, of: object) -> Outcome:
    """Carry out what belongs to a task, for the outcome to be sent to another process."""
    try:
        return True, work()
    except SimulatorError as error:
        return False, error
    except Exception as error:  # noqa: BLE001 - raised again by the caller's executor
        return False, RunError(f"{of}: {type(error).__name__}: {error}")


def result(found: Outcome) -> Any:
    """Return the result of an outcome; raises its error."""
    good, value = found
    if not good:
        raise value
    return value
