"""What several sections share: figures with their reading, refusals, commands."""

import shlex
from collections.abc import Callable
from functools import cache

from simulator.config.files import shown
from simulator.errors import SimulatorError
from simulator.plots.look import Picture
from simulator.report.answers import Answers
from simulator.report.pictures import caption, picture
from simulator.report.section import Figure, Missing, Section, Table


def drawn(
    draw: Callable[[int], Picture],
    alt: str,
    table: Table | None = None,
    *,
    heading: str = "",
    sentence: str = "",
) -> Figure:
    """Return a picture, how to read it, and its numbers; `draw` gives the chart for a width in pixels."""
    once = cache(draw)
    return Figure(picture(once, alt), caption(once), table, heading, sentence)


def refused(id_: str, title: str, error: SimulatorError, *missing: Missing) -> Section:
    """Return a section whose question has no answer, with the reason."""
    return Section(id_, title, f"There is no answer: {error}.", missing=missing)


def asked(answers: Answers, question: str, *options: str) -> str:
    """Return the command that asks a question of the run."""
    place = shlex.quote(shown(answers.run.folder))
    return " ".join(["simulator answer", place, "--question", question, *options])


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"
