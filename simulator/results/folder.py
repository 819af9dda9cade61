"""Writing a results folder: each file whole, the manifest last."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from simulator.errors import ResultsError
from simulator.results import atomic, manifest, tables
from simulator.results.manifest import Manifest
from simulator.results.tables import Column, Floats

DOCUMENT = "experiment.yaml"
PLAN = "plan.parquet"
SUMMARY = "summary.json"


def create(folder: Path, contents: Manifest, document: str) -> None:
    """Make the folder of a run, with its resolved document and a manifest."""
    for part in (folder / "runs", folder / "weekly"):
        atomic.make_folder(part)
    save_document(folder, document)
    save(folder, contents)


def save_document(folder: Path, document: str) -> None:
    """Store the resolved document of a run."""
    atomic.write(folder / DOCUMENT, document.encode())


def save(folder: Path, contents: Manifest) -> None:
    """Put a manifest in the place of the one before."""
    atomic.write(folder / manifest.NAME, contents.text().encode())


def save_plan(folder: Path, columns: Sequence[Column], values: Floats) -> None:
    """Store the value of every factor in every replication; `values` has shape (replications, columns)."""
    atomic.write(folder / PLAN, tables.parquet(tables.plan_table(columns, values)))


def read_plan(folder: Path) -> tuple[tuple[Column, ...], Floats]:
    """Return the columns of a stored plan, and their values, shape (replications, columns)."""
    return tables.plan_of(tables.read(folder / PLAN))


def usable(folder: Path, contents: Manifest) -> Manifest:
    """Return a manifest without the blocks whose files are missing or damaged: they count as missing."""
    kept = tuple(
        block
        for block in contents.blocks
        if tables.intact(folder, block.runs) and tables.intact(folder, block.weekly)
    )
    return replace(contents, blocks=kept)


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
