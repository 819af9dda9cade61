"""Run the text of a notebook in a clean copy and keep it, with what it showed, as the notebook beside it.

`execute.py TEXT...`; every text of `experiments/` when none is named. A clean copy has configs and experiments but no
results, so that what a notebook shows does not depend on what was run on this machine before.
"""

import asyncio
import base64
import shutil
import struct
import sys
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import jupytext
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[1]
COPIED = "configs", "experiments"
LIMIT_S = 600
PNG = "image/png"
SIGNATURE = 8
"""Bytes before the first chunk of a PNG."""


def executed(text: Path) -> Any:
    """Return the notebook of a text after all its cells have run in a clean copy; raises what a cell raises."""
    notebook = jupytext.read(text)
    with TemporaryDirectory() as copy:
        for folder in COPIED:
            shutil.copytree(ROOT / folder, Path(copy, folder), ignore=shutil.ignore_patterns("__pycache__"))
        place = Path(copy, "experiments", text.parent.name)
        client = NotebookClient(notebook, timeout=LIMIT_S, resources={"metadata": {"path": str(place)}})
        asyncio.run(client.async_execute())
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", ()):
            pictures = output.get("data", {})
            if PNG in pictures:
                pictures[PNG] = base64.b64encode(packed(base64.b64decode(pictures[PNG]))).decode()
    return notebook


def packed(png: bytes) -> bytes:
    """Return the same picture in fewer bytes: those of its points compressed as far as they go, in one chunk."""
    chunks = list(_chunks(png))
    points = zlib.compress(zlib.decompress(b"".join(body for kind, body in chunks if kind == b"IDAT")), 9)
    others = [chunk for chunk in chunks if chunk[0] != b"IDAT"]
    every = [*others[:-1], (b"IDAT", points), others[-1]]
    return png[:SIGNATURE] + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in every
    )


def _chunks(png: bytes) -> Any:
    at = SIGNATURE
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        yield kind, png[at + 8 : at + 8 + length]
        at += length + 12


def texts() -> list[Path]:
    """Return the texts of all notebooks."""
    return sorted((ROOT / "experiments").glob("*/*.py"))


def main(named: list[str]) -> None:
    """Run and keep each."""
    for text in [Path(name).resolve() for name in named] or texts():
        jupytext.write(executed(text), text.with_suffix(".ipynb"))


if __name__ == "__main__":
    main(sys.argv[1:])
