"""How well the model foretold programmes whose output is known by now."""

import shlex
from collections.abc import Iterator
from pathlib import Path

from simulator import plots
from simulator.analysis.figures import figure
from simulator.analysis.intervals import clopper_pearson
from simulator.analysis.score import CENTRAL, Point, Score, score
from simulator.config import outcomes_path
from simulator.config.files import shown
from simulator.errors import SimulatorError
from simulator.report.answers import Answers
from simulator.report.section import Figure, Missing, Section, Table
from simulator.report.sections.common import counted, drawn, results_option
from simulator.report.tables import NONE, table
from simulator.results import Run
from simulator.runner import open_results

ID, TITLE = "backtests", "Is it any good: back-tests"
NINE = CENTRAL.index(0.9)


def section(answers: Answers) -> Section:
    """Return the scores of all runs in the results folder of configs of which it is known what happened."""
    names = [path.name.removesuffix(ENDING) for path in sorted(HOME.glob(f"*{ENDING}"))]
    found: dict[str, Score] = {}
    missing = []
    for name in names:
        try:
            found[name] = score(_run_of(answers, name), outcomes_path(name))
        except SimulatorError:
            what = f"The back-test {name} was not run into {shown(answers.results)}. What adds it:"
            missing.append(
                Missing(
                    what,
                    shlex.join(["simulator", "run", f"{HOME / name}.yaml", *results_option(answers.results)]),
                )
            )
    figures = (_summary(found), *(_figure(name, each) for name, each in found.items())) if found else ()
    notes = tuple(dict.fromkeys(note for each in found.values() for note in each.notes)) if found else ()
    return Section(
        ID, TITLE, _sentence(found, names), figures, (*notes, RULES) if found else (), tuple(missing)
    )


HOME = outcomes_path("any").parent
ENDING = outcomes_path("any").name.removeprefix("any")
RULES = (
    "CRPS is the distance of the prediction from what happened, in its unit; of a plan, how far it was off. Less is "
    "better. PIT is the share of the prediction below what happened."
)


def _run_of(answers: Answers, name: str) -> Run:
    """Return the newest complete run of a config; raises ResultsError when there is none."""
    if name == answers.run.manifest.name:
        return answers.run
    return open_results(Path(name), answers.results)


def _sentence(found: dict[str, Score], names: list[str]) -> str:
    if not names:
        return f"There is no file of outcomes in {HOME}, so that nothing says what happened."
    if not found:
        return "No programme whose output is known was simulated into this results folder."
    points = sum(len(each.points) for each in found.values())
    caught = sum(each.covered[NINE] for each in found.values())
    share = clopper_pearson(caught, points)
    return (
        f"Of {counted(points, 'figure')} that happened in {counted(len(found), 'programme')}, {caught} lie in the "
        f"central 90 % of what was foretold: a coverage of {100 * share.low:.0f} to {100 * share.high:.0f} %."
    )


def _summary(found: dict[str, Score]) -> Figure:
    headings = {
        "back-test": False,
        "series": False,
        "points": True,
        "in 50 %": True,
        "in 90 %": True,
        "CRPS": True,
        "naive CRPS": True,
        "off the plan by": True,
    }
    rows = (
        (
            name,
            f"{each.series or 'all'} ({each.unit})",
            str(each.points),
            str(each.covered[CENTRAL.index(0.5)]),
            str(each.covered[NINE]),
            figure(each.crps),
            figure(each.naive_crps) if each.naive_points else NONE,
            figure(each.plan_error) if each.plan_points else NONE,
        )
        for name, scored in found.items()
        for each in scored.series
    )
    return Figure(
        table=table(
            "Scores, beside a naive extrapolation and the official plan", headings, rows, folded=False
        )
    )


def _figure(name: str, found: Score) -> Figure:
    return drawn(
        lambda width: plots.score(found, width=width),
        f"What {name} foretold beside what happened; the table below has the numbers.",
        _points(name, found),
        heading=name,
    )


def _points(name: str, found: Score) -> Table:
    headings = {
        "foretold": False,
        "until": False,
        "happened": True,
        "median": True,
        "5 to 95 %": True,
        "PIT": True,
        "CRPS": True,
        "naive CRPS": True,
        "plan": True,
    }
    return table(
        f"{name}: every figure that happened, beside what was foretold", headings, _rows(found.points)
    )


def _rows(points: tuple[Point, ...]) -> Iterator[tuple[str, ...]]:
    for each in points:
        model = each.model
        yield (
            f"{each.claim} ({each.unit})",
            each.by.isoformat(),
            figure(each.happened),
            figure(model.median),
            f"{figure(model.low[NINE])} to {figure(model.high[NINE])}",
            f"{model.pit:.2f}",
            figure(model.crps.value),
            NONE if each.naive is None else figure(each.naive.crps.value),
            NONE if each.plan is None else figure(each.plan),
        )
