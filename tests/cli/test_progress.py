import io
import logging
import sys
import threading
import time
from itertools import islice

import pytest

from simulator.analysis.intervals import Interval
from simulator.cli import progress
from simulator.runner import Progress
from simulator.runner.standing import Standing


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


def test_intervals_between_lines_grow_to_half_a_minute():
    assert list(islice(progress.intervals(), 8)) == [4, 8, 16, 30, 30, 30, 30, 30]


@pytest.fixture
def next_line(monkeypatch):
    """Lets the next line be said, and waits until it is."""
    due, said = threading.Semaphore(0), threading.Semaphore(0)

    def stepwise():
        for _ in range(4):
            due.acquire()
            yield 0.0
            said.release()
        yield 3600.0

    def step():
        due.release()
        assert said.acquire(timeout=30)

    monkeypatch.setattr(progress, "intervals", stepwise)
    return step


def test_lines_come_by_the_clock_with_rate_and_time_left(clock, next_line, capsys):
    with progress.shown() as watch:
        clock["now"] += 1.0
        next_line()
        clock["now"] += 5.0
        watch(told(4))
        next_line()
        for seconds, done in ((1.0, 6), (4.0, 14)):
            clock["now"] += seconds
            watch(told(done))
        next_line()
        clock["now"] += 15.0
        next_line()
    assert capsys.readouterr().err.splitlines() == [
        "started; no replication is done",
        "4 of 384 replications",
        "14 of 384 replications, 2 a second, 3 min left",
        "14 of 384 replications, 0.5 a second, 12 min left",
    ]
    assert watch.last.done == 14


def test_a_line_that_has_not_changed_says_for_how_long(clock, next_line, capsys):
    with progress.shown() as watch:
        for seconds in (4.0, 16.0):
            clock["now"] += seconds
            next_line()
        watch(told(384, repeated=1, to_repeat=6))
        for seconds in (4.0, 131.0):
            clock["now"] += seconds
            next_line()
    repeated = "384 replications done; 1 of 6 repeated on the reference engine"
    assert capsys.readouterr().err.splitlines() == [
        "started; no replication is done",
        "started; no replication is done; still so after 20 s",
        repeated,
        f"{repeated}; still so after 2 min 35 s",
    ]


def test_a_line_that_has_not_changed_is_not_said_again_at_once(clock, next_line, capsys):
    with progress.shown():
        for seconds in (4.0, 7.0, 7.0, 7.0):
            clock["now"] += seconds
            next_line()
    assert capsys.readouterr().err.splitlines() == [
        "started; no replication is done",
        "started; no replication is done; still so after 25 s",
    ]


@pytest.mark.parametrize(
    ("seconds", "said"), [(4.4, "4 s"), (59.6, "1 min 0 s"), (185.0, "3 min 5 s"), (3605.0, "1 h 0 min 5 s")]
)
def test_a_time_that_has_passed_is_told_to_the_second(seconds, said):
    assert progress.elapsed(seconds) == said


def test_while_the_engine_is_compiled_that_is_said_and_not_at_once_again(clock, next_line, capsys):
    with progress.shown() as watch:
        clock["now"] += 3.0
        logging.getLogger("simulator.engines.compiled.engine").warning("compiling the engine, a minute")
        for seconds in (1.0, 24.0):
            clock["now"] += seconds
            next_line()
        watch(told(2))
        next_line()
        next_line()
    assert capsys.readouterr().err.splitlines() == [
        "compiling the engine; still so after 28 s",
        "2 of 384 replications",
    ]
    assert not logging.getLogger("simulator.engines.compiled.engine").filters


def test_who_is_listened_to_is_who_says_that_the_engine_is_compiled(monkeypatch, caplog):
    from simulator.engines.compiled import engine

    monkeypatch.setattr(engine.numba.config, "DISABLE_JIT", False)
    monkeypatch.setattr(engine, "is_kept", lambda _: False)
    engine.announce.__wrapped__()
    (record,) = caplog.records
    assert record.name == progress.COMPILER


def test_no_line_comes_once_a_run_has_ended(capsys):
    with pytest.raises(KeyboardInterrupt), progress.shown():
        raise KeyboardInterrupt
    assert capsys.readouterr().err == ""
    assert not [each for each in threading.enumerate() if "_tell" in each.name]


def test_failures_and_looks_are_said(clock):
    watch = progress.Watch()
    watch(told(2))
    clock["now"] += 10
    assert watch.line(told(22, failed=3, look=2, looks=4)) == (
        "22 of 384 replications, 3 failed, 2 a second, 3 min left to look 2 of at most 4"
    )


def test_the_estimate_that_is_furthest_from_its_precision_is_said():
    standing = Standing("new_production", "nis", 14, 100, Interval(0.081, 0.22, "exact"))
    assert progress.Watch().line(told(0, standing=standing)) == (
        "0 of 384 replications; nis in new_production 14.0 % [8.1 to 22.0 %]"
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
        assert "compiling the engine" not in screen.getvalue()
    assert "192 of 384 replications, 2 a second, 96 s left" in screen.getvalue()
    with progress.shown():
        logging.getLogger(progress.COMPILER).warning("a minute")
    assert "compiling the engine" in screen.getvalue()


def test_once_all_are_done_the_line_says_how_many_are_repeated():
    line = progress.Watch().line(told(384, repeated=2, to_repeat=6))
    assert line == "384 replications done; 2 of 6 repeated on the reference engine"


def test_what_takes_a_while_is_said_in_a_terminal_and_nowhere_else(monkeypatch, capsys):
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    with progress.told_late("busy"):
        pass
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    said, end = "", time.monotonic() + 60.0
    with progress.told_late("busy"):
        while not said and time.monotonic() < end:
            said = capsys.readouterr().err
    assert said == "busy\n"


def test_what_is_soon_done_is_not_said(monkeypatch, capsys):
    monkeypatch.setattr(progress, "PATIENCE", 3600.0)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    threads = threading.active_count()
    with progress.told_late("busy"):
        assert threading.active_count() == threads + 1
    while threading.active_count() > threads:
        time.sleep(0.001)
    assert capsys.readouterr().err == ""
