"""A reader who follows the tutorial and the guides word for word gets what they show."""

import os
import shutil
from pathlib import Path

import pytest

from simulator.cli import main, progress
from simulator.responses import restored_register
from tests.docs.walking import blocks, fits, walk

DOCS = Path(__file__).parents[2] / "docs"
GUIDES = sorted(DOCS.glob("guides/*.md"))


@pytest.fixture(autouse=True)
def quiet(monkeypatch):
    """Says nothing of how far a run is, and keeps tables at their usual width."""
    monkeypatch.setattr(progress, "FIRST", 3600.0)
    monkeypatch.delenv("COLUMNS", raising=False)
    with restored_register():
        yield


@pytest.fixture(scope="session")
def begun(tmp_path_factory):
    """The folder that the guides start from: both starters, each run."""
    place = tmp_path_factory.mktemp("begun")
    before = Path.cwd()
    os.chdir(place)
    try:
        for kind in ("plant", "network"):
            assert main(["new", kind, "--kind", kind]) == 0
            assert main(["run", kind, "--replications", "256"]) == 0
    finally:
        os.chdir(before)
    return place


def test_the_tutorial_shows_what_it_does(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert walk(DOCS / "tutorial.md") >= 12


@pytest.mark.parametrize("page", GUIDES, ids=lambda path: path.stem)
def test_a_guide_shows_what_it_does(page, begun, tmp_path, monkeypatch):
    shutil.copytree(begun, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    walk(page)


def test_the_guides_are_mapped(tmp_path):
    mapped = (DOCS / "README.md").read_text(encoding="utf-8")
    pages = [path.relative_to(DOCS) for path in DOCS.rglob("*.md") if path.parent.name != "decisions"]
    assert not [str(page) for page in pages if str(page) != "README.md" and f"({page})" not in mapped]


def test_the_guides_give_commands():
    assert sum(block.kind == "console" for page in GUIDES for block in blocks(page)) >= 15


@pytest.mark.parametrize(
    ("shown", "said", "fitting"),
    [
        ("a\n...\nc\n", "a\nb\nb\nc\n", True),
        ("a\n...\nc\n", "a\nc\n", True),
        ("a\n...\nc\n", "a\nb\nd\n", False),
        ("a ... c", "a b c", True),
        ("a ... c", "a b\nb c", False),
        ("...", "any\nthing", True),
        ("a", "a\nb", False),
        ("1.5 (x)", "1.5 (x)", True),
        ("1.5", "125", False),
    ],
)
def test_what_is_shown_fits_what_is_said_only_where_it_does(shown, said, fitting):
    assert fits(shown, said) is fitting
