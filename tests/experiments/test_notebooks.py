"""Every notebook runs, and is paired with a text that says the same."""

from pathlib import Path

import jupytext
import pytest

from experiments.execute import executed

EXPERIMENTS = Path(__file__).parents[2] / "experiments"
TEXTS = sorted(EXPERIMENTS.glob("*/*.py"))


def test_there_are_notebooks() -> None:
    assert TEXTS, "no notebooks found"


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.stem)
def test_a_notebook_says_what_its_text_says(text: Path) -> None:
    notebook = jupytext.read(text.with_suffix(".ipynb"))
    said = [(cell.cell_type, cell.source) for cell in notebook.cells]
    assert said == [(cell.cell_type, cell.source) for cell in jupytext.read(text).cells]


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_with_what_it_showed(text: Path) -> None:
    notebook = jupytext.read(text.with_suffix(".ipynb"))
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in code)
    assert not any(output.output_type == "error" for cell in code for output in cell.outputs)
    assert sum(bool(cell.outputs) for cell in code) > len(code) / 2


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.stem)
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::RuntimeWarning")
def test_a_notebook_runs_from_top_to_bottom(text: Path) -> None:
    notebook = executed(text)
    shown = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    assert any("text/html" in output.get("data", {}) for output in shown)
