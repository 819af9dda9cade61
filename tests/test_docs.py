"""What the pages say can be followed."""

import re
from pathlib import Path

import pytest

from simulator.config import loads

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("experiments/**/*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_of_a_page_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)", text) if "://" not in link]
    assert not [link for link in links if not (page.parent / link).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_a_page_is_finished(page: Path) -> None:
    assert "@@" not in page.read_text(encoding="utf-8")


def test_the_config_of_the_readme_is_valid() -> None:
    (text,) = re.findall(r"```yaml\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    experiment = loads(text, name="README.md")
    assert list(experiment.claims) == ["two_thousand"]
