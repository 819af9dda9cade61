"""Faults planted in the compiled kernels do not go unnoticed."""

import os
import subprocess
import sys

import pytest

from tests.engines import mutants
from tests.engines.mutants import MUTANTS, ROOT, Edit, edited

GROUPS = 4
"""Of mutants, each in a process of its own, dealt to the processes of the tests."""


def in_the_table() -> list[str]:
    """Return what the page of mutants says each was caught by."""
    rows = (ROOT / "docs" / "mutants.md").read_text().splitlines()
    return [row.split(" | ")[3].removesuffix(" |") for row in rows if row.startswith("| ")][1:]


@pytest.mark.parametrize("group", range(GROUPS))
def test_every_mutant_is_caught_by_what_its_table_says(group):
    first, last = (len(MUTANTS) * place // GROUPS for place in (group, group + 1))
    caught = mutants.interpreted(first, last)
    faults = [each.fault for each in MUTANTS[first:last]]
    assert [fault for fault, name in zip(faults, caught, strict=True) if not name] == []
    assert caught == in_the_table()[first:last], "make mutants writes the table anew"


def test_there_are_enough_mutants_of_all_themes():
    assert len({each.fault for each in MUTANTS}) == len(MUTANTS) >= 24
    assert {edit.module for each in MUTANTS for edit in each.edits} >= {
        "allocation",
        "bars",
        "calendar",
        "chance",
        "lines",
        "links",
        "marks",
        "pool",
        "power",
        "repeating",
        "rows",
        "sorting",
        "stores",
        "stream_tables",
        "suppliers",
        "tables",
        "unfold",
        "waiting",
    }


def test_the_page_of_mutants_is_what_the_table_writes():
    assert (ROOT / "docs" / "mutants.md").read_text() == mutants.table(in_the_table())


def test_kernels_without_a_fault_are_caught_by_nothing():
    script = (
        "from tests.engines.mutants import caught_by, mutant, systems; "
        "print(caught_by([mutant('none', '')], [*systems()]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=os.environ | {"NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "['']\n"


def test_a_text_that_is_not_there_once_is_refused():
    with pytest.raises(ValueError, match=r"rows.py has 2 times 'a', not once"):
        edited("a a", [Edit("rows", "a", "b")])
    with pytest.raises(ValueError, match=r"rows.py has 0 times 'c', not once"):
        edited("a a", [Edit("rows", "c", "b")])
    assert edited("a c", [Edit("rows", "a", "b"), Edit("rows", "b", "d")]) == "d c"
