"""The reference says what the program says now."""

import pytest

from tests.reference.pages import FOLDER, pages


@pytest.fixture(scope="module")
def written():
    """The pages as they would be written now."""
    return pages()


@pytest.mark.parametrize("name", ["config.md", "commands.md", "responses.md", "python.md"])
def test_a_page_of_the_reference_is_the_one_that_make_reference_writes(name, written):
    assert (FOLDER / name).read_text(encoding="utf-8") == written[name]


def test_the_reference_has_no_other_pages(written):
    assert {path.name for path in FOLDER.iterdir()} == set(written)
