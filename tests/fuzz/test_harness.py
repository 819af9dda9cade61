"""The fuzzer reports what it is there to find."""

import re

import pytest

from tests.fuzz import run as running
from tests.fuzz.mutations import OF_BYTES, STRUCTURAL, mutant
from tests.fuzz.run import Log, run, summary
from tests.fuzz.trying import _unclean
from tests.fuzz.worker import Worker


@pytest.fixture(scope="module")
def worker():
    made = Worker("tests.fuzz.planted:planted", seconds=2.0, memory=400)
    yield made
    made.stop()


@pytest.mark.parametrize(
    ("content", "word", "told"),
    [
        (b"traceback", "traceback", "KeyError: 'planted'"),
        (b"hang", "hang", "no answer in 2 s"),
        (b"ask for much", "memory", "more was asked for than there may be"),
        (b"hold much", "memory", " MiB held"),
        (b"die", "died", "the process ended with code 5"),
    ],
)
def test_a_planted_fault_is_reported_and_the_next_input_is_tried(worker, content, word, told):
    found = worker.tried(content).verdict
    assert (found.word, found.clean) == (word, False)
    assert told in found.told
    assert worker.tried(b"anything").verdict.clean


@pytest.mark.parametrize(
    ("code", "lines", "told"),
    [
        (2, [], "exit code 2 with 0 lines"),
        (0, ["input.yaml: what"], "exit code 0 with 1 lines"),
        (2, ["Traceback (most recent call last):"], "does not say where"),
        (2, ["input.yaml:1: a\x1b[31m"], "no printable line"),
        (2, ["input.yaml:1: " + "x" * 3000], "no printable line"),
        (2, ["input.yaml:1: title needs words", "and 3 more faults"], ""),
    ],
)
def test_errors_that_are_no_whole_lines_with_a_place_are_reported(code, lines, told):
    assert _unclean(code, lines).startswith(told)
    assert bool(_unclean(code, lines)) == bool(told)


def test_an_input_is_the_same_whenever_it_is_made():
    assert [mutant(number) for number in range(30)] == [mutant(number) for number in range(30)]
    assert len({mutant(number)[0] for number in range(200)}) > 190


def test_every_kind_of_mutation_comes_up():
    kinds = {kind for number in range(1000) for kind in mutant(number)[1]}
    assert kinds == {*STRUCTURAL, *OF_BYTES}


def test_an_input_that_fails_is_kept_by_its_number_and_ends_up_in_the_log(worker, tmp_path, monkeypatch):
    monkeypatch.setattr(running, "mutant", lambda number: (b"die" if number == 7 else b"fine", ("drop",)))
    log = run(5, 4, worker=worker, keep=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["7.yaml"]
    assert log.failing == {7: "died after drop: the process ended with code 5"}
    text = summary(log, first=5, seconds=60.0)
    assert re.search(r"^\| in any other way \| 1 \|$", text, flags=re.MULTILINE)
    assert re.search(r"^\| drop \| 3 \| 0 \| 1 \|$", text, flags=re.MULTILINE)
    assert "`make fuzz N=4 FIRST=5`" in text


def test_a_log_of_nothing_says_so():
    assert "| in any other way | 0 |" in summary(Log(), first=0, seconds=0.0)
