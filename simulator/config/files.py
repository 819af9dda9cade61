"""Ordinary files of bounded size, by the paths that people write."""

import math
from collections.abc import Iterator
from pathlib import Path

from simulator.errors import ConfigError, Fault
from simulator.model.checks.names import nearest

MIB = 1 << 20
CONFIG_LIMIT = MIB
"""Bytes of a YAML document, or of a CSV file with observed values."""
REGISTER_LIMIT = 4 * MIB
"""Bytes of a register of evidence."""
FOLDER = Path("configs")
"""Where a config that is given by its name alone is looked for."""


def shown(path: Path) -> str:
    """Return a path as messages show it: from the current folder when it lies below."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)


def config_path(text: str | Path) -> Path:
    """Return the file that a path or the name of a config means: `configs/NAME.yaml` for a name alone.

    A path to nothing is returned as it is, for `read_bytes` to refuse.
    """
    path = Path(text)
    named = FOLDER / f"{path}.yaml"
    is_name = len(path.parts) == 1 and not path.suffix
    return named if is_name and not _is_file(path) and _is_file(named) else path


def read_bytes(path: Path, *, limit: int = CONFIG_LIMIT) -> bytes:
    """Return what an ordinary file holds; raises ConfigError for any other, or over `limit` bytes."""
    try:
        if path.is_dir():
            raise _refused(path, "is a folder; give a file")
        if not path.exists():
            raise _refused(path, f"there is no such file{_hint(path)}")
        if not path.is_file():
            raise _refused(path, "is no ordinary file; give a file")
        with path.open("rb") as file:
            content = file.read(limit + 1)
            size = file.seek(0, 2)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise _refused(path, f"cannot be read: {reason.lower()}") from None
    if len(content) > limit:
        raise _refused(path, f"is {mebibytes(size)} MiB; give a file of at most {limit // MIB} MiB")
    return content


def mebibytes(size: int) -> float:
    """Return a size in MiB, rounded up to a tenth so that what is too large looks it."""
    return math.ceil(size / MIB * 10) / 10


def read_text(path: Path, *, limit: int = CONFIG_LIMIT) -> str:
    """Return the text of a file; raises ConfigError as `read_bytes` does, and for bytes that are no UTF-8."""
    return text_of(read_bytes(path, limit=limit), name=shown(path))


def text_of(content: bytes, *, name: str) -> str:
    """Return UTF-8 bytes as text without byte order mark; raises ConfigError with the line of a bad byte."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = content[error.start : error.start + 1].hex()
        raise ConfigError(
            [Fault(f"{name}:{line}", f"is no UTF-8 text: byte {found}; save the file as UTF-8")]
        ) from None


def _refused(path: Path, message: str) -> ConfigError:
    return ConfigError([Fault(shown(path), message)])


def _hint(path: Path) -> str:
    near = nearest(path.name, (found.name for found in _beside(path)))
    if near is not None:
        return f"; did you mean {shown(path.with_name(near))}?"
    by_stem = {found.stem: found for found in _beside(FOLDER / "any")}
    name = nearest(path.stem, by_stem)
    if name is not None:
        return f"; did you mean {by_stem[name]}?"
    above = next((each for each in Path.cwd().parents if _is_file(each / FOLDER / f"{path.stem}.yaml")), None)
    if above is not None:
        return f"; there is one in {above}: go there first"
    if FOLDER.is_dir() or path.suffix or len(path.parts) > 1:
        return f"; give a path, or the name of a config in {FOLDER}/"
    return f" and no {FOLDER}/ in this folder; go to the folder that has it, or simulator new {path.stem} writes one"


def _beside(path: Path) -> Iterator[Path]:
    try:
        yield from sorted(found for found in path.parent.iterdir() if found.is_file())
    except OSError:
        return


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
