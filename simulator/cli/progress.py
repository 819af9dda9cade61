"""How far a run is, shown while it runs."""

import logging
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from simulator.cli.tables import counted, duration

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    from simulator.runner import Progress

FIRST = 4.0
"""Seconds until the first line of a run where there is no terminal; the time between two doubles."""
LONGEST = 30.0
"""The most seconds between two lines."""
AGAIN = 15.0
"""The least seconds until a line that has not changed is said again."""
COMPILER = "simulator.engines.compiled.engine"
"""Who logs that the engine is being compiled, and nothing else."""
PATIENCE = 2.0
"""Seconds that work without progress takes before it is said in a terminal what is done."""


class Watch:
    """Is told of every block of a run, and shows it; `last` is what it was told last."""

    last: "Progress | None" = None
    _first: tuple[float, int] | None = None
    """When the first block was done, and the replications done then."""
    _compiling = False
    """Whether the engine was found to need compiling before anything was done."""

    def __call__(self, progress: "Progress") -> None:
        self.last = progress
        if self._first is None:
            self._first = time.monotonic(), progress.done

    def hear(self, record: logging.LogRecord) -> bool:
        """Take note that the engine is being compiled; the record is logged all the same."""
        self._compiling = True
        return True

    @property
    def start(self) -> str:
        """What is done while no block is done."""
        return "compiling the engine" if self._compiling else "started; no replication is done"

    def line(self, progress: "Progress") -> str:
        """Return how far a run is: what is done, how fast it goes, how long it will still take.

        The first block does not count for the rate: starting the processes took most of its time.
        """
        if progress.to_repeat:
            done = counted(progress.done, "replication")
            return (
                f"{done} done; {progress.repeated} of {progress.to_repeat} repeated on the reference engine"
            )
        began, before = self._first or (0.0, 0)
        told = f"{progress.done:,} of {counted(progress.total, 'replication')}"
        told += f", {progress.failed:,} failed" if progress.failed else ""
        if progress.done > before:
            rate = (progress.done - before) / max(time.monotonic() - began, 1e-9)
            told += f", {rate:.2g} a second, {duration((progress.total - progress.done) / rate)} left"
        told += f" to look {progress.look} of at most {progress.looks}" if progress.looks > 1 else ""
        return told + (f"; {progress.standing}" if progress.standing else "")


class _Lines(Watch):
    """A line soon after the start, then at growing intervals, for a file or a pipe.

    Lines come by the clock and not with the blocks, so that a log shows life while the first block is computed.
    """

    def __init__(self) -> None:
        self._began = self._said = time.monotonic()
        self._before = ""
        self._ended = threading.Event()
        self._clock = threading.Thread(target=self._tell, daemon=True)
        self._clock.start()

    def hear(self, record: logging.LogRecord) -> bool:
        super().hear(record)
        self._before, self._said = self.start, time.monotonic()  # what is logged says it already
        return True

    def end(self) -> None:
        """Say nothing more."""
        self._ended.set()
        self._clock.join()

    def _tell(self) -> None:
        for seconds in intervals():
            if self._ended.wait(seconds):
                return
            line, now = self.line(self.last) if self.last else self.start, time.monotonic()
            same = line == self._before
            if same and now - self._said < AGAIN:
                continue
            told = f"{line}; still so after {elapsed(now - self._began)}" if same else line
            print(told, file=sys.stderr, flush=True)
            self._before, self._said = line, now


def elapsed(seconds: float) -> str:
    """Return a time to the second, so that no two lines tell the same: `45 s`, `2 min 35 s`, `1 h 0 min 5 s`."""
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min {seconds} s"
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"


def intervals() -> Iterator[float]:
    """Iterate without end over the seconds between lines."""
    seconds = FIRST
    while True:
        yield seconds
        seconds = min(2.0 * seconds, LONGEST)


class _Bar(Watch):
    """A bar in a terminal."""

    def __init__(self, bars: "Bars") -> None:
        self._bars = bars
        self._task: TaskID = bars.add_task("", total=None, said="starting")

    def hear(self, record: logging.LogRecord) -> bool:
        super().hear(record)
        if self.last is None:
            self._bars.update(self._task, said=self.start)
        return True

    def __call__(self, progress: "Progress") -> None:
        super().__call__(progress)
        done, total = progress.done, progress.total
        if progress.to_repeat:
            done, total = progress.repeated, progress.to_repeat
        self._bars.update(self._task, completed=done, total=total, said=self.line(progress))


@contextmanager
def shown() -> Iterator[Watch]:
    """Give what shows the progress of a run on standard error, and take it away at the end."""
    if not sys.stderr.isatty():
        lines = _Lines()
        try:
            with _hearing(lines):
                yield lines
        finally:
            lines.end()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = BarColumn(bar_width=30), TextColumn("{task.fields[said]}")
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        bar = _Bar(bars)
        with _hearing(bar):
            yield bar


@contextmanager
def _hearing(watch: Watch) -> Iterator[None]:
    """Let a watch hear that the engine is being compiled."""
    log = logging.getLogger(COMPILER)
    log.addFilter(watch.hear)
    try:
        yield
    finally:
        log.removeFilter(watch.hear)


@contextmanager
def told_late(doing: str) -> Iterator[None]:
    """Say in a terminal what is being done, once it has taken a while."""
    if not sys.stderr.isatty():
        yield
        return
    clock = threading.Timer(PATIENCE, print, [doing], {"file": sys.stderr, "flush": True})
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()
