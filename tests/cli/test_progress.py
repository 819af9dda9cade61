import io
import sys

import pytest

from simulator.cli import progress
from simulator.runner import Progress


def told(done, **more):
    return Progress(
        **{
            "done": done,
            "total": 384,
            "failed": 0,
            "per_second": 1.0,
            "seconds_left": 10.0,
            "scenarios": {"a": done},
            "look": 1,
            "looks": 1,
            **more,
        }
    )


@pytest.fixture
def clock(monkeypatch):
    """A clock that is set by hand."""
    hands = {"now": 100.0}
    monkeypatch.setattr(progress.time, "monotonic", lambda: hands["now"])
    return hands


def test_lines_come_every_few_seconds_with_rate_and_time_left(clock, capsys):
    with progress.shown() as watch:
        for seconds, done in ((6.0, 4), (1.0, 6), (4.0, 14), (1.0, 15), (9.0, 24)):
            clock["now"] += seconds
            watch(told(done))
    assert capsys.readouterr().err.splitlines() == [
        "4 of 384 replications",
        "14 of 384 replications, 2 a second, 3 min left",
        "24 of 384 replications, 1.3 a second, 4 min left",
    ]
    assert watch.last.done == 24


def test_failures_and_looks_are_said(clock):
    watch = progress.Watch()
    watch(told(2))
    clock["now"] += 10
    assert watch.line(told(22, failed=3, look=2, looks=4)) == (
        "22 of 384 replications, 3 failed, 2 a second, 3 min left to look 2 of at most 4"
    )


def test_a_terminal_gets_a_bar_that_goes_away(clock, monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    with progress.shown() as watch:
        watch(told(96))
        clock["now"] += 48
        watch(told(192))
    assert "192 of 384 replications, 2 a second, 96 s left" in screen.getvalue()
