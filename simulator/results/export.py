"""All rows of a run as one file for other programs."""

from pathlib import Path
from typing import TYPE_CHECKING

from simulator.errors import ResultsError
from simulator.results import atomic, tables
from simulator.results.run import Run

if TYPE_CHECKING:
    import pandas as pd

SUFFIXES = (".csv", ".parquet")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a text for a formula."""


def export(run: Run, path: str | Path, *, scenario: str | None = None) -> Path:
    """Write the rows of one scenario, or of all, as CSV or Parquet by the suffix of `path`; return the path.

    In CSV a text that a spreadsheet would carry out as a formula gets an apostrophe before it. Raises
    ResultsError for another suffix, for a folder that does not exist, and when the file cannot be written.
    """
    path = _writable(path)
    if path.suffix == ".parquet":
        atomic.write(path, tables.parquet(tables.joined(run.folder, run.records(scenario), weekly=False)))
        return path
    frame = run.frame(scenario)
    for name in ("scenario", tables.ERROR):
        frame[name] = frame[name].map(harmless)
    atomic.write(path, _csv(frame))
    return path


def write_frame(frame: "pd.DataFrame", path: str | Path) -> Path:
    """Write a table as CSV or Parquet by the suffix of `path`, as `export` does; return the path."""
    import pyarrow as pa

    path = _writable(path)
    if path.suffix == ".parquet":
        atomic.write(path, tables.parquet(pa.Table.from_pandas(frame, preserve_index=False)))
    else:
        atomic.write(path, _csv(frame))
    return path


def _writable(path: str | Path) -> Path:
    path = Path(path)
    if path.suffix not in SUFFIXES:
        raise ResultsError(f"{path}: give a file name that ends in {' or '.join(SUFFIXES)}")
    if not path.parent.is_dir():
        raise ResultsError(f"{path}: there is no folder {path.parent}; make it first")
    return path


def _csv(frame: "pd.DataFrame") -> bytes:
    return frame.to_csv(index=False, lineterminator="\n").encode()


def harmless(text: str) -> str:
    """Return a text as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
