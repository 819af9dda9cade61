"""Tasks carried out in this process."""

from collections.abc import Callable, Iterable, Iterator
from typing import final

from simulator.runner.executors.executor import Executor, Job, Result, Task


@final
class Serial(Executor[Task, Result]):
    """One task after another; nothing watches over them."""

    workers = 1

    def __init__(self, job: Job[Task, Result]) -> None:
        self._job = job
        self._work: Callable[[Task], Result] | None = None

    def map(self, tasks: Iterable[Task]) -> Iterator[Result]:
        if self._work is None:
            self._work = self._job.start()
        for task in tasks:
            yield self._work(task)
