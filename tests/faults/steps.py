"""The steps at which a process that writes results can be stopped: planted in this process, numbered as they come."""

import errno
import os
import signal
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from simulator.results import atomic

KINDS = ("manifest.json", "experiment.yaml", "summary.json", "runs", "weekly", "plan")


def kind(path: str | os.PathLike[str]) -> str:
    """Return what a file of a results folder is, from its name or that of its temporary twin; empty for others."""
    place = Path(path)
    name = place.name.removeprefix(".")
    found = (each for each in KINDS if name.startswith(each) or place.parent.name == each)
    return next(found, "")


def kill() -> None:
    """End this process as the system does when memory runs out."""
    os.kill(os.getpid(), signal.SIGKILL)


def full() -> None:
    """Fail as a disk without room does."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class Steps:
    """Counts steps, and acts at one of them, or at that and all that follow."""

    def __init__(self, at: int | None, act: Callable[[], None] = kill, *, ever_after: bool = False) -> None:
        self.at = at
        self.act = act
        self.ever_after = ever_after
        self.names: list[str] = []
        self._file = ""

    def step(self, name: str) -> None:
        """Take note of a step, and act if it is the one."""
        self.names.append(name)
        number = len(self.names) - 1
        if number == self.at or (self.at is not None and number > self.at and self.ever_after):
            self.act()

    def plant(self) -> None:
        """Count from now on what this process does to write files of results; it goes on as it would."""
        mkstemp, fdopen, fsync, replace = tempfile.mkstemp, os.fdopen, os.fsync, os.replace

        def made(*given: Any, **named: Any) -> Any:
            self._file = kind(Path(named.get("dir") or "") / (named.get("prefix") or ""))
            if self._file:
                self.step(f"{self._file}: before its temporary file")
            return mkstemp(*given, **named)

        def opened(handle: int, *given: Any, **named: Any) -> Any:
            file = fdopen(handle, *given, **named)
            return _Halved(file, self, self._file) if self._file else file

        def flushed(handle: int) -> None:
            if not self._file:
                return fsync(handle)
            what = "folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file"
            self.step(f"{self._file}: before its {what} is flushed")
            return fsync(handle)

        def renamed(source: Any, target: Any, **named: Any) -> None:
            if not kind(target):
                return replace(source, target, **named)
            self.step(f"{kind(target)}: before it is renamed")
            replace(source, target, **named)
            return self.step(f"{kind(target)}: after it is renamed")

        tempfile.mkstemp, os.fdopen, os.fsync, os.replace = made, opened, flushed, renamed


class _Halved:
    """A file of which the first half is on the disk before the second is written."""

    def __init__(self, file: Any, steps: Steps, name: str) -> None:
        self._file, self._steps, self._name = file, steps, name

    def write(self, content: bytes) -> None:
        half = len(content) // 2
        self._file.write(content[:half])
        self._file.flush()
        self._steps.step(f"{self._name}: half written")
        self._file.write(content[half:])

    def __enter__(self) -> "_Halved":
        return self

    def __exit__(self, *how: Any) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def write_in_place(path: Path, content: bytes) -> None:
    """Write a file as one should not: where it will be read, a half at a time."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), "wb") as file:
        half = len(content) // 2
        file.write(content[:half])
        file.flush()
        IN_PLACE.step(f"{kind(path)}: half written")
        file.write(content[half:])


IN_PLACE = Steps(None)
"""What `write_in_place` counts."""


def plant_write_in_place(steps: Steps) -> None:
    """Let this process write in place, and count that."""
    global IN_PLACE
    IN_PLACE = steps
    atomic.write = write_in_place
