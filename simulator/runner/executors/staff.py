"""Processes of which there are always so many."""

from collections.abc import Callable
from multiprocessing.process import BaseProcess
from typing import Any, final

from simulator.runner.executors import starting


@final
class Staff:
    """Some processes that do the same, and those before them that have ended."""

    def __init__(self, target: Callable[..., None], *arguments: Any, count: int) -> None:
        self._target = target
        self._arguments = arguments
        self._count = count
        self._processes: list[BaseProcess] = []
        self._ended: dict[int, BaseProcess] = {}

    def replace_ended(self) -> None:
        """Start processes until there are as many as there should be; raises RunError when that cannot be."""
        for process in [each for each in self._processes if not each.is_alive()]:
            self._processes.remove(process)
            self._ended[process.pid or 0] = process
        while len(self._processes) < self._count:
            name = f"simulator-worker-{len(self._processes)}"
            self._processes.append(starting.started(self._target, *self._arguments, name=name))

    def how(self, pid: int) -> str:
        """Return how the process with a number ended; nothing when it is none of these."""
        every = [*self._processes, *self._ended.values()]
        return next((starting.ended(process) for process in every if process.pid == pid), "")

    def end(self, pid: int) -> None:
        """End the process with a number at once, if it is one of these."""
        for process in self._processes:
            if process.pid == pid:
                starting.finish(process)

    def finish(self) -> None:
        """End all processes at once."""
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.join()
        self._processes = []
