"""The sections of the report, a module each, in the order of the page."""

from collections.abc import Iterator

from simulator.report.answers import Answers
from simulator.report.section import Section
from simulator.report.sections import answer


def first(answers: Answers) -> Section:
    """Return what the reader sees first: the question, the answer, the two pictures."""
    return answer.section(answers)


def others(answers: Answers) -> Iterator[Section]:
    """Iterate over the sections below it."""
    yield from ()
