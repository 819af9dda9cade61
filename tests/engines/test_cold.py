"""What is compiled anew is compared, and a comparison that sees no fault is refused."""

import sys
from pathlib import Path

import pytest

from tests.engines import cold, parity

ROW = "system 4, {'seed': 4, 'replication': 4}: at row 9: reference has one thing; compiled has another"


@pytest.fixture
def no_copy(monkeypatch, tmp_path):
    """No package is copied, and the temporary folder of the user has been made by a comparison."""
    monkeypatch.setattr(cold, "copied", lambda folder: tmp_path / "site")
    monkeypatch.setattr(cold, "plant", lambda fault, site: None)
    monkeypatch.setattr(cold.Path, "chmod", lambda path, mode: None)
    return tmp_path


def answers(monkeypatch, *differences):
    """Have comparisons find these, in turn; return the environments they are asked in."""
    environments, left = [], iter(differences)

    def compared(site, environment):
        environments.append(environment)
        return next(left)

    monkeypatch.setattr(cold, "compared", compared)
    return environments


def test_the_log_says_where_code_was_compiled_anew_and_which_row_gave_the_fault_away(monkeypatch, no_copy):
    environments, said = answers(monkeypatch, "", "", "", "", ROW), []
    lines = cold.found(no_copy, said.append)
    assert environments[4] == environments[0], "the fault is compiled where the right version is kept"
    assert lines[2:6] == [
        "| a folder that is asked for | 0 |",
        "| a home | 0 |",
        "| no home, a temporary folder | 0 |",
        "| no folder at all | 0 |",
    ]
    assert lines[-1].endswith(f"It was found: {ROW}.")
    assert len(said) == 5
    text = parity.summary(
        parity.Tally(systems=1, looked_at=1), first=1, seconds=1.0, workers=1, compiled_anew=lines
    )
    assert "\n\n" + "\n".join(lines) + "\n\n" in text


def test_a_fault_that_no_row_gives_away_ends_the_comparison(monkeypatch, no_copy):
    answers(monkeypatch, "", "", "", "", "")
    with pytest.raises(ValueError, match=r"a fault planted .*: 20 systems, none differs"):
        cold.found(no_copy, lambda line: None)


def test_engines_that_differ_when_compiled_anew_end_the_comparison(monkeypatch, no_copy):
    answers(monkeypatch, "", ROW)
    with pytest.raises(ValueError, match="cold cache, a home: system 4"):
        cold.found(no_copy, lambda line: None)


def test_a_fault_is_planted_in_the_copy_and_not_in_the_package(tmp_path):
    site = cold.copied(tmp_path)
    (fault,) = (each for each in cold.MUTANTS if each.fault == cold.FAULT)
    cold.plant(fault, site)
    there, here = (root / "simulator/engines/compiled/lines.py" for root in (site, cold.ROOT))
    assert fault.edits[0].new in there.read_text()
    assert fault.edits[0].new not in here.read_text()


def test_a_comparison_that_fails_says_why(tmp_path, monkeypatch):
    monkeypatch.setattr(cold, "SCRIPT", "raise SystemExit('no room left')")
    with pytest.raises(RuntimeError, match="no room left"):
        cold.compared(tmp_path, {})


def test_a_comparison_takes_the_package_of_its_folder(tmp_path, monkeypatch):
    (tmp_path / "simulator.py").write_text("HERE = 'the copy'")
    monkeypatch.setattr(cold, "SCRIPT", "import simulator; print(simulator.HERE)")
    assert cold.compared(tmp_path, {}) == "the copy"
    assert Path(sys.modules["simulator"].__file__).parent != tmp_path
