import re
from pathlib import Path

import pytest

from simulator.config import load
from simulator.errors import ConfigError

INVALID = Path(__file__).parent / "cases" / "invalid"
NAMES = sorted(path.stem for path in INVALID.glob("*.yaml"))


def test_every_invalid_case_has_its_expected_faults_beside_it():
    assert len(NAMES) > 100
    assert sorted(path.stem for path in INVALID.glob("*.txt")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_an_invalid_experiment_is_refused_with_exactly_these_faults(name, monkeypatch):
    monkeypatch.chdir(INVALID)
    with pytest.raises(ConfigError) as refused:
        load(f"{name}.yaml")
    assert f"{refused.value}\n" == (INVALID / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_every_fault_is_one_printable_line_with_a_place_and_a_cure(name):
    lines = (INVALID / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    if name == "many_faults":
        assert lines.pop() == "and 10 more faults"
    assert lines
    for line in lines:
        assert line.isprintable()
        assert re.match(r"[\w./]+\.(yaml(:\d+)?|csv:\d+): ", line), line
        assert re.search(r"(;|: it) |needs | cites ", line), line
