import subprocess

import pytest

from simulator.report import renderers

BAR = {
    "data": {"values": [{"a": "one, \N{GREEK SMALL LETTER ALPHA}\n", "b": 2}]},
    "mark": "bar",
    "encoding": {"x": {"field": "b", "type": "quantitative"}, "y": {"field": "a", "type": "nominal"}},
}


@pytest.fixture
def started(monkeypatch):
    """Return the processes that are started from now on."""
    every = []

    class Noted(subprocess.Popen):
        def __init__(self, *arguments, **options):
            super().__init__(*arguments, **options)
            every.append(self)

    monkeypatch.setattr(subprocess, "Popen", Noted)
    return every


def test_a_process_draws_what_this_one_would(started):
    here = renderers.drawn(BAR).result()
    assert not started
    with renderers.working():
        there = [renderers.drawn(BAR) for _ in range(3)]
        assert [each.result() for each in there] == [here] * 3
    assert len(started) == renderers.COUNT


def test_no_process_is_left_when_the_page_is_done_or_fails(started):
    def fails():
        with renderers.working():
            renderers.drawn(BAR).result()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert started
    assert all(process.returncode == 0 for process in started)


def test_a_chart_that_cannot_be_drawn_is_an_error_and_the_next_one_is_drawn(started):
    with renderers.working():
        with pytest.raises(RuntimeError, match="a picture cannot be drawn"):
            renderers.drawn({**BAR, "mark": {"type": 3}}).result()
        assert renderers.drawn(BAR).result().startswith("<svg")


def test_a_process_that_dies_is_told_of(started):
    with renderers.working():
        renderers.drawn(BAR).result()
        started[0].kill()
        started[0].wait()
        with pytest.raises(RuntimeError, match="ended with code -9"):
            renderers.drawn(BAR).result()
