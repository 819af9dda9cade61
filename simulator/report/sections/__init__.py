"""The sections of the report, a module each, in the order of the page."""

from collections.abc import Iterator

from simulator.report.answers import Answers
from simulator.report.section import Section
from simulator.report.sections import (
    answer,
    assumptions,
    backtests,
    belief,
    bottleneck,
    claims,
    factors,
    information,
    observed,
    reproduce,
    sensitivity,
    spread,
    stress,
    weeks,
)

BELOW = (
    claims,
    spread,
    weeks,
    bottleneck,
    sensitivity,
    belief,
    information,
    backtests,
    factors,
    assumptions,
    observed,
    stress,
)
"""Between the first screen and the explorer."""


def first(answers: Answers) -> Section:
    """Return what the reader sees first: the question, the answer, the two pictures."""
    return answer.section(answers)


def others(answers: Answers) -> Iterator[Section]:
    """Iterate over the sections below it that have something to say."""
    for each in BELOW:
        found = each.section(answers)
        if found is not None:
            yield found


def last(answers: Answers) -> Section:
    """Return how the run was made."""
    return reproduce.section(answers)
