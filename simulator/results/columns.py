"""The names of the columns of a file of rows, and nothing else of it."""

from pathlib import Path


def names(file: Path) -> tuple[str, ...]:
    """Return the columns in a file of rows; raises OSError or ValueError for a file that has none."""
    from pyarrow import parquet

    return tuple(parquet.read_schema(file).names)
