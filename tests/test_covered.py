"""The levels of coverage."""

from typing import Any

import pytest

from tests.covered import PARTS, reached


def report(lines: int = 95, branches: int = 90) -> dict[str, Any]:
    """Return a report of 100 lines and 100 branches a part, so many of them reached."""
    summary = {
        "num_statements": 100,
        "covered_lines": lines,
        "num_branches": 100,
        "covered_branches": branches,
    }
    files = [f"simulator/{part}/some/file.py" for part in PARTS if part != "path"] + ["simulator/path.py"]
    return {"files": {file: {"summary": summary} for file in files}}


@pytest.mark.parametrize(
    ("lines", "branches", "enough"), [(95, 90, True), (94, 100, False), (100, 89, False)]
)
def test_every_part_must_reach_both_levels(lines: int, branches: int, enough: bool) -> None:
    assert [each.enough for each in reached(report(lines, branches))] == [enough] * len(PARTS)


def test_a_part_without_files_is_no_part_reached() -> None:
    missing = report()
    del missing["files"]["simulator/path.py"]
    with pytest.raises(ValueError, match="no file of path"):
        reached(missing)
