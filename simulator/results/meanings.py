"""What the columns of a file of rows are, packed to stand in it once."""

import base64
import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import astuple, dataclass

KEY = b"columns"
"""Where it stands in the metadata of a Parquet file."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of numbers: its name, its unit and what it means."""

    name: str
    unit: str = "1"
    description: str = ""


def packed(columns: Sequence[Column]) -> tuple[bytes, str]:
    """Return columns as JSON in zlib in Base64, and a digest that tells them from others."""
    text = json.dumps([astuple(column) for column in columns], ensure_ascii=False).encode()
    return base64.b64encode(zlib.compress(text, 9)), _digest(text)


def unpacked(content: bytes, digest: str) -> tuple[Column, ...]:
    """Return the columns that `packed` packed, in their order; raises ValueError when they are others."""
    try:
        text = zlib.decompress(base64.b64decode(content))
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if _digest(text) != digest:
        raise ValueError("its columns are not those that were committed")
    return tuple(Column(*each) for each in json.loads(text))


def _digest(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()[:16]
