"""Run the text of a notebook and keep it, with what it showed, as the notebook beside it: execute.py TEXT..."""

import asyncio
import sys
from pathlib import Path
from typing import Any

import jupytext
from nbclient import NotebookClient


def executed(text: Path) -> Any:
    """Return the notebook of a text after all its cells have run; raises what a cell raises."""
    notebook = jupytext.read(text)
    client = NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(text.parent)}})
    asyncio.run(client.async_execute())
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    return notebook


def main(texts: list[str]) -> None:
    """Run and keep each."""
    for text in map(Path, texts):
        jupytext.write(executed(text), text.with_suffix(".ipynb"))


if __name__ == "__main__":
    main(sys.argv[1:])
