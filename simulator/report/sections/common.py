"""What several sections share: figures with their reading, refusals, commands."""

import shlex
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.analysis.inputs import listed
from simulator.config.files import shown
from simulator.errors import SimulatorError, TooFewError
from simulator.plots.look import Picture
from simulator.report.answers import Answers
from simulator.report.pictures import caption, picture
from simulator.report.section import Figure, Missing, Section, Table

if TYPE_CHECKING:
    from simulator.results import Run

RESULTS = "results"
"""The folder of results where none is named."""


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


def refused(answers: Answers, id_: str, title: str, error: SimulatorError) -> Section:
    """Return a section whose question has no answer, with the reason, and what may give one where anything can."""
    missing = (more(answers, title),) if isinstance(error, TooFewError) else ()
    return Section(id_, title, f"There is no answer: {error}.", missing=missing)


def more(answers: Answers, title: str) -> Missing:
    """Return that replications are too few for a section, and the command for four times as many."""
    run = answers.run
    replications = 4 * max(run.manifest.replications, *run.counts.values())
    return Missing(
        f"{title} is not here: there are too few replications. From the config as it was run, four times as many:",
        run_command(run, run.manifest.name, replications=replications),
    )


def run_command(run: "Run", config: str, *, replications: int | None = None) -> str:
    """Return the command that gives the replications of a run again, or more of them, or goes on with it."""
    contents = run.manifest
    chosen = set(run.scenarios) != set(run.experiment.scenarios)
    return shlex.join(
        [
            *("simulator", "run", config),
            *("--replications", str(replications or contents.replications)),
            *(("--scenarios", ",".join(run.scenarios)) if chosen else ()),
            *(("--block", contents.block) if contents.block else ()),
            *results_option(Path(run.folder).absolute().parent.parent),
        ]
    )


def results_option(results: Path) -> tuple[str, ...]:
    """Return the option that names a folder of results, where a command would not take it by itself."""
    place = shown(results)
    return () if place == RESULTS else ("--results", place)


def stored_counts(run: "Run") -> str:
    """Return in words how many replications each scenario has."""
    counts = run.counts
    if len(set(counts.values())) == 1:
        return f"{counted(run.replications, 'replication')} of each scenario"
    return listed([f"{counted(count, 'replication')} of {name}" for name, count in counts.items()])


def asked(answers: Answers, question: str, *options: str) -> str:
    """Return the command that asks a question of the run."""
    place = shlex.quote(shown(answers.run.folder))
    return " ".join(["simulator answer", place, "--question", question, *options])


def level_of(answers: Answers) -> str:
    """Return the confidence of the intervals of claims, such as `99.33 %`."""
    return f"{100.0 * answers.run.confidence:.4g} %"


def level_note(answers: Answers) -> str:
    """Return what an interval in brackets is, in a sentence."""
    looks = answers.run.manifest.looks
    why = f"wide enough for {counted(looks, 'look')} at the rows and for later extensions of the run"
    return f"Intervals in brackets are of {level_of(answers)}: {why} together to keep to 95 %."


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"
