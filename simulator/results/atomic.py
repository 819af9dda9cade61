"""Files that are either whole or not there."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from simulator.errors import ResultsError

LOCK = ".lock"


def unwritable(path: Path, error: OSError) -> ResultsError:
    """Return what to tell a person about a file or folder that cannot be written."""
    reason = error.strerror or str(error)
    cure = "make the folder" if isinstance(error, FileNotFoundError) else "make room or rights there"
    return ResultsError(f"{path}: cannot be written ({reason}); {cure}, or name another folder")


def unreadable(path: Path, error: OSError) -> ResultsError:
    """Return what to tell a person about a file that is there and cannot be read."""
    reason = error.strerror or str(error)
    return ResultsError(
        f"{path}: cannot be read ({reason}); see to the rights and to the disk there, then try again"
    )


def read(path: Path) -> bytes | None:
    """Return what a file holds, None when it is missing; raises ResultsError when it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unreadable(path, error) from error


def make_folder(folder: Path) -> None:
    """Make a folder and those above it; raises ResultsError when that cannot be done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from error


def write(path: Path, content: bytes) -> None:
    """Put `content` at `path`: who looks there, also after a crash, finds the old file or the whole new one.

    The content goes to a temporary file beside it, which is flushed to the disk and then renamed; the folder
    is flushed last, so that the new name is on the disk too. Raises ResultsError when that cannot be done, and for
    what is no file, such as a device, which would be gone.
    """
    if path.exists() and not path.is_file():
        raise ResultsError(
            f"{path}: cannot be written (it is a folder, a device or a pipe, and no file); name another file"
        )
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fchmod(file.fileno(), 0o644)
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            with suppress(FileNotFoundError):
                Path(name).unlink()
            raise
        _flush_folder(path.parent)
    except OSError as error:
        raise unwritable(path, error) from error


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def clear_leftovers(folder: Path) -> None:
    """Remove what writers that were killed left in a folder that this process has locked."""
    for leftover in folder.glob("**/.*.part"):
        with suppress(OSError):
            leftover.unlink()


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder for this process; the system lets go of it when the process ends, however it ends.

    Raises ResultsError at once when another process holds it.
    """
    path = folder / LOCK
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise unwritable(path, error) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.pread(handle, 32, 0).decode(errors="replace").strip()
            raise ResultsError(
                f"{folder}: process {holder or 'unknown'} runs in this folder; wait for it, or name another"
            ) from error
        except OSError as error:
            raise unwritable(path, error) from error
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)
