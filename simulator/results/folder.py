"""Writing a results folder: each file whole, the manifest last."""

import hashlib
from collections.abc import Sequence
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


def create(folder: Path, contents: Manifest, document: str) -> None:
    """Make the folder of a run, with its resolved document and a manifest."""
    for part in (folder / "plan", folder / "runs", folder / "weekly"):
        atomic.make_folder(part)
    save_document(folder, document)
    save(folder, contents)


def save_document(folder: Path, document: str) -> None:
    """Store the resolved document of a run."""
    atomic.write(folder / DOCUMENT, document.encode())


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

    Raises ResultsError when it is missing, damaged, or not the file that is `known` of it.
    """
    path = folder / plan_path(first)
    if known is not None and path.exists() and not tables.intact(folder, known):
        raise ResultsError(f"{path}: is damaged or another file; run again to draw it anew")
    return tables.plan_of(tables.read(path))


def usable(folder: Path, contents: Manifest) -> Manifest:
    """Return a manifest without the files that are missing or damaged: blocks and pieces of the plan."""
    kept = tuple(
        block
        for block in contents.blocks
        if tables.intact(folder, block.runs) and tables.intact(folder, block.weekly)
    )
    drawn = tuple(piece for piece in contents.plan if tables.intact(folder, piece))
    return replace(contents, blocks=kept, plan=drawn)


def remove_replaced(folder: Path, old: BlockRecord, new: BlockRecord) -> None:
    """Remove the files of a block in whose place the saved manifest lists another one."""
    kept = {new.runs.path, new.weekly.path}
    for stored in (old.runs, old.weekly):
        if stored.path not in kept:
            with suppress(OSError):
                (folder / stored.path).unlink()


def set_aside(folder: Path) -> Path:
    """Rename a folder whose rows cannot be added to, and return its new name: the old one and a number."""
    number = 1
    while (aside := folder.with_name(f"{folder.name}.{number}")).exists():
        number += 1
    try:
        folder.rename(aside)
    except OSError as error:
        raise atomic.unwritable(folder, error) from error
    return aside


def read_document(folder: Path) -> str:
    """Return the resolved document of a run; raises ResultsError when it cannot be read."""
    path = folder / DOCUMENT
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ResultsError(f"{path}: cannot be read ({error}); run again in another folder") from error
