"""A temporary folder that a later process removes when this one was killed before it could."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from simulator.errors import ResultsError
from simulator.results import atomic

PREFIX = "simulator-dask-"


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a new folder that nobody else may enter, and remove it, and those that killed processes left."""
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        # one without a lock is just being made
        if _is_own(path) and (path / atomic.LOCK).exists():
            _remove_unheld(path)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    try:
        with atomic.locked(folder):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _is_own(path: Path) -> bool:
    """Return whether a path is a folder of this user, and no link to one."""
    with suppress(OSError):
        state = path.lstat()
        return stat.S_ISDIR(state.st_mode) and state.st_uid == os.getuid()
    return False


def _remove_unheld(folder: Path) -> None:
    """Remove a folder unless a living process holds it."""
    with suppress(ResultsError), atomic.locked(folder):
        shutil.rmtree(folder, ignore_errors=True)
