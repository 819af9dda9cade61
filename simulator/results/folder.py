"""Writing a results folder: each file whole, the manifest last."""

import hashlib
import itertools
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from simulator.errors import ResultsError
from simulator.results import atomic, manifest, tables
from simulator.results.manifest import BlockRecord, Manifest, StoredFile
from simulator.results.meanings import Column
from simulator.results.tables import Floats

DOCUMENT = "experiment.yaml"
SUMMARY = "summary.json"
PARTS = ("plan", "runs", "weekly")
"""The folders of the files that a manifest lists."""
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")
"""What an address begins with that is no path; pathlib makes one slash of two."""


def local(address: str | Path) -> Path:
    """Return the folder that was given; raises ResultsError for an address such as s3://bucket/name."""
    if ADDRESS.match(str(address)):
        raise ResultsError(
            f"{address}: is an address; results lie on a file system, local or shared: give a folder, and copy it"
            " elsewhere when the run is done"
        )
    return Path(address)


def create(folder: Path, contents: Manifest, document: str) -> Manifest:
    """Make the folder of a run, with its resolved document and a manifest, and return that manifest."""
    for part in PARTS:
        atomic.make_folder(folder / part)
    begun = replace(contents, document=save_document(folder, document))
    save(folder, begun)
    return begun


def save_document(folder: Path, document: str) -> str:
    """Store the resolved document of a run, and return its SHA-256."""
    content = document.encode()
    atomic.write(folder / DOCUMENT, content)
    return hashlib.sha256(content).hexdigest()


def save_summary(folder: Path, text: str) -> str:
    """Store the summary of a run, and return its SHA-256."""
    content = text.encode()
    atomic.write(folder / SUMMARY, content)
    return hashlib.sha256(content).hexdigest()


def summary_intact(folder: Path, contents: Manifest) -> bool:
    """Return whether the summary is as it was written; raises ResultsError when it cannot be read."""
    content = atomic.read(folder / SUMMARY)
    return content is not None and hashlib.sha256(content).hexdigest() == contents.summary


def save(folder: Path, contents: Manifest) -> None:
    """Put a manifest in the place of the one before."""
    atomic.write(folder / manifest.NAME, contents.text().encode())


def plan_path(first: int) -> str:
    """Return where in a results folder the piece of the plan lies that begins with a replication."""
    return f"plan/{first:08d}.parquet"


def plan_first(piece: StoredFile) -> int:
    """Return the replication that a piece of the plan begins with."""
    return int(Path(piece.path).stem)


def save_plan(folder: Path, first: int, columns: Sequence[Column], values: Floats) -> StoredFile:
    """Store the values of factors from a replication on, shape (replications, columns), and return the file."""
    content = tables.parquet(tables.plan_table(columns, values, first=first))
    path = plan_path(first)
    atomic.write(folder / path, content)
    return StoredFile(path, hashlib.sha256(content).hexdigest(), len(content), len(values))


def read_plan(folder: Path, first: int, known: StoredFile | None = None) -> tuple[tuple[Column, ...], Floats]:
    """Return the columns of a piece of the plan, and their values, shape (replications, columns).

    Raises ResultsError when it cannot be read, is missing, damaged, or not the file that is `known` of it.
    """
    path = folder / plan_path(first)
    if known is not None and path.exists() and not tables.intact(folder, known):
        raise ResultsError(f"{path}: is damaged or another file; run again to draw it anew")
    return tables.plan_of(tables.read(path))


def usable(folder: Path, contents: Manifest) -> tuple[Manifest, tuple[str, ...]]:
    """Return a manifest without the blocks, pieces of the plan and summary of which a file is missing or damaged.

    A damaged file is moved aside, and what became of each is returned as well, a line a file. Raises
    ResultsError, with nothing moved, when a file cannot be read.
    """
    lost = {each.path for each in every_file(contents) if not tables.intact(folder, each)}
    summary = contents.summary if summary_intact(folder, contents) else ""
    kept = (block for block in contents.blocks if not {block.runs.path, block.weekly.path} & lost)
    drawn = (piece for piece in contents.plan if piece.path not in lost)
    sound = replace(contents, blocks=tuple(kept), plan=tuple(drawn), summary=summary)
    return sound, tuple(_moved(folder / path) for path in sorted(lost))


def unsound(folder: Path, contents: Manifest) -> bool:
    """Return whether a file of a run that has ended is missing, damaged, or not among those of its manifest.

    Raises ResultsError when one cannot be read.
    """
    return (
        _document(folder, contents) is None
        or not summary_intact(folder, contents)
        or any(True for _ in _unlisted(folder, contents))
        or not all(tables.intact(folder, each) for each in every_file(contents))
    )


def has_tables(folder: Path) -> bool:
    """Return whether a folder has files of rows, of weeks or of a plan."""
    return any(True for _ in _tables(folder))


def clear_unlisted(folder: Path) -> None:
    """Remove what the saved manifest of a folder that this process has locked does not list.

    That is work that was never committed: it is computed again, cut into blocks otherwise perhaps, and who
    reads all files of the folder would count its rows twice.
    """
    for path in _unlisted(folder, manifest.read(folder)):
        with suppress(OSError):
            path.unlink()


def _unlisted(folder: Path, contents: Manifest) -> Iterator[Path]:
    listed = {folder / each.path for each in every_file(contents)}
    return (path for path in _tables(folder) if path not in listed)


def _tables(folder: Path) -> Iterator[Path]:
    return itertools.chain.from_iterable((folder / part).glob("*.parquet") for part in PARTS)


def every_file(contents: Manifest) -> Iterator[StoredFile]:
    """Iterate over the files that a manifest lists."""
    for block in contents.blocks:
        yield from (block.runs, block.weekly)
    yield from contents.plan


def _moved(path: Path) -> str:
    """Move a damaged file aside, and return a line that says so."""
    aside = _free(path.with_name(f"{path.name}.damaged"))
    try:
        path.rename(aside)
    except FileNotFoundError:
        return f"{path}: was missing, and is made anew"
    except OSError as error:
        raise atomic.unwritable(path, error) from error
    return f"{path}: was damaged, and is made anew; what was there is now {aside.name}"


def _free(path: Path) -> Path:
    """Return a name that nothing has: a name with the first number at which nothing has it."""
    numbers = itertools.count(1)
    return next(each for number in numbers if not (each := path.with_name(f"{path.name}.{number}")).exists())


def remove_replaced(folder: Path, old: BlockRecord, new: BlockRecord) -> None:
    """Remove the files of a block in whose place the saved manifest lists another one."""
    kept = {new.runs.path, new.weekly.path}
    for stored in (old.runs, old.weekly):
        if stored.path not in kept:
            with suppress(OSError):
                (folder / stored.path).unlink()


def set_aside(folder: Path) -> Path:
    """Rename a folder whose rows cannot be added to, and return its new name: the old one and a number."""
    aside = _free(folder)
    try:
        folder.rename(aside)
    except OSError as error:
        raise atomic.unwritable(folder, error) from error
    return aside


def read_document(folder: Path, contents: Manifest) -> str:
    """Return the resolved document of a run; raises ResultsError when it is not the one of the manifest."""
    document = _document(folder, contents)
    if document is None:
        raise ResultsError(f"{folder / DOCUMENT}: is missing, or not as it was written; {_REMEDY}")
    return document


def _document(folder: Path, contents: Manifest) -> str | None:
    """Return the resolved document, None when it is missing or damaged; raises ResultsError when it cannot be read."""
    content = atomic.read(folder / DOCUMENT)
    if content is None or hashlib.sha256(content).hexdigest() != contents.document:
        return None
    return content.decode()


def renewed_document(folder: Path, contents: Manifest, document: str) -> tuple[Manifest, tuple[str, ...]]:
    """See that a resolved document is stored, and return the manifest with it, and what was wrong, if anything.

    It may be another one than is stored: the digest of a run leaves out how many replications there are to be.
    """
    stored = _document(folder, contents)
    if stored == document:
        return contents, ()
    wrong = (_moved(folder / DOCUMENT),) if stored is None else ()
    renewed = replace(contents, document=save_document(folder, document))
    save(folder, renewed)
    return renewed, wrong


_REMEDY = "run the experiment again, which writes it anew"
