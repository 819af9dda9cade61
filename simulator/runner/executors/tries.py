"""Which tasks are to be tried, and tried again when a worker died of them."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Generic, final

from simulator.errors import RunError
from simulator.runner.executors.executor import Care, Result, Task

EACH = 2
"""Workers that a task may end before it is cut or given up."""
IN_A_ROW = 20
"""Workers, for each that there should be, that may end in a row; to narrow the largest block down takes 15."""


@dataclass(frozen=True, slots=True)
class Attempt(Generic[Task]):
    """A task on its way to a worker."""

    task: Task
    deaths: int = 0
    """Workers that it ended."""
    suspect: bool = False
    """Whether it was cut from a task that ended its workers."""


@final
class Tries(Generic[Task, Result]):
    """The tasks of one `map`, those that are to be tried again before the others.

    A task whose worker dies is tried again. When that ends another worker, it is cut in halves, and so is the
    half that does, until one that cannot be cut is left; after a second try of that one it is given up.
    """

    def __init__(self, tasks: Iterable[Task], care: Care[Task, Result], *, workers: int) -> None:
        self._fresh: Iterator[Task] = iter(tasks)
        self._again: deque[Attempt[Task]] = deque()
        self._care = care
        self._most = IN_A_ROW * workers
        self._in_a_row = 0

    @property
    def left(self) -> bool:
        """Whether there is a task to be tried now."""
        if not self._again:
            self._again.extend(Attempt(task) for task in _one(self._fresh))
        return bool(self._again)

    def next(self) -> Attempt[Task]:
        """Return what is to be tried next, when something is left."""
        assert self.left
        return self._again.popleft()

    def limit_s(self, attempt: Attempt[Task]) -> float:
        """Return the seconds that an attempt may take."""
        return self._care.limit_s(attempt.task)

    def survived(self) -> None:
        """Take note that a worker has finished a task."""
        self._in_a_row = 0

    def unstarted(self, attempt: Attempt[Task] | None, how: str) -> None:
        """Take note that a worker died before it began with what it was given.

        Raises RunError when too many have died in a row.
        """
        if attempt is not None:
            self._again.appendleft(attempt)
        self._count(how, "before it began to work")

    def died(self, attempt: Attempt[Task], how: str) -> Iterator[Result]:
        """Take note that a worker died at a task, and return the result of the task if it is given up.

        Raises RunError when too many workers have died in a row.
        """
        self._count(how, f"while it worked on {attempt.task}")
        halves = self._care.halves(attempt.task)
        deaths = attempt.deaths + 1
        if deaths < EACH and not (attempt.suspect and halves):
            self._again.appendleft(replace(attempt, deaths=deaths))
        elif halves:
            self._again.extendleft(Attempt(half, suspect=True) for half in reversed(halves))
        else:
            yield self._care.given_up(attempt.task, how)

    def _count(self, how: str, when: str) -> None:
        self._in_a_row += 1
        if self._in_a_row >= self._most:
            raise RunError(
                f"{self._in_a_row} workers in a row died and none finished anything; the last {how} {when}"
                " (memory may have run out: give fewer workers, or executor serial to see what happens); what"
                " was committed is kept, run again to go on"
            )


def _one(tasks: Iterator[Any]) -> Iterator[Any]:
    for task in tasks:
        yield task
        return
