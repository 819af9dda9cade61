"""How far a run is, shown while it runs."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from simulator.cli.tables import counted, duration

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    from simulator.runner import Progress

EVERY = 5.0
"""Seconds between lines where there is no terminal."""


class Watch:
    """Is told of every block of a run, and shows it; `last` is what it was told last."""

    last: "Progress | None" = None
    _first: tuple[float, int] | None = None
    """When the first block was done, and the replications done then."""

    def __call__(self, progress: "Progress") -> None:
        self.last = progress
        if self._first is None:
            self._first = time.monotonic(), progress.done

    def line(self, progress: "Progress") -> str:
        """Return how far a run is: what is done, how fast it goes, how long it will still take.

        The first block does not count for the rate: starting the processes took most of its time.
        """
        began, before = self._first or (0.0, 0)
        told = f"{progress.done:,} of {counted(progress.total, 'replication')}"
        told += f", {progress.failed:,} failed" if progress.failed else ""
        if progress.done > before:
            rate = (progress.done - before) / max(time.monotonic() - began, 1e-9)
            told += f", {rate:.2g} a second, {duration((progress.total - progress.done) / rate)} left"
        return told + (f" to look {progress.look} of at most {progress.looks}" if progress.looks > 1 else "")


class _Lines(Watch):
    """A line every few seconds, for a file or a pipe."""

    def __init__(self) -> None:
        self._said = time.monotonic()

    def __call__(self, progress: "Progress") -> None:
        super().__call__(progress)
        if time.monotonic() - self._said >= EVERY:
            self._said = time.monotonic()
            print(self.line(progress), file=sys.stderr, flush=True)


class _Bar(Watch):
    """A bar in a terminal."""

    def __init__(self, bars: "Bars") -> None:
        self._bars = bars
        self._task: TaskID = bars.add_task("", total=None, said="starting")

    def __call__(self, progress: "Progress") -> None:
        super().__call__(progress)
        self._bars.update(self._task, completed=progress.done, total=progress.total, said=self.line(progress))


@contextmanager
def shown() -> Iterator[Watch]:
    """Give what shows the progress of a run on standard error, and take it away at the end."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = BarColumn(bar_width=30), TextColumn("{task.fields[said]}")
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        yield _Bar(bars)
