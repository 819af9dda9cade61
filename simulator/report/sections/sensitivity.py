"""Which factors matter: shares of variance, and how the distribution moves, beside a number used nowhere."""

from simulator import plots
from simulator.analysis.sensitivity import FactorSensitivity, Index, Sensitivity, sensitivity
from simulator.errors import ResultsError
from simulator.report.answers import Answers
from simulator.report.section import Section, Table
from simulator.report.sections.common import counted, drawn, refused
from simulator.report.tables import NONE, table

ID, TITLE = "sensitivity", "Which factors matter"


def section(answers: Answers) -> Section:
    """Return what matters for the first claim with hits and misses enough."""
    try:
        found = sensitivity(answers.run, scenario=answers.scenario)
    except ResultsError as error:
        return refused(answers, ID, TITLE, error)
    return Section(
        ID,
        TITLE,
        found.sentence,
        (drawn(lambda width: plots.sensitivity(found, width=width), found.sentence, _table(found)),),
        _notes(found),
    )


def _table(found: Sensitivity) -> Table:
    headings = {
        "factor": False,
        "rank": False,
        "which": False,
        "share of the variance": False,
        "PAWN": False,
        "slope of ranks": False,
        "rests on": False,
    }
    return table(
        f"How much each factor matters for {found.of}", headings, map(_row, (*found.factors, found.null))
    )


def _row(each: FactorSensitivity) -> tuple[str, ...]:
    return (
        each.column,
        each.place,
        each.standing.does,
        each.share.in_percent,
        _index(each.pawn),
        _index(each.slope),
        str(each.standing),
    )


def _index(found: Index | None) -> str:
    return NONE if found is None else f"{found.value:.2f} [{found.low:.2f} to {found.high:.2f}]"


def _notes(found: Sensitivity) -> tuple[str, ...]:
    told = (
        (
            f"{found.null.column} is a number drawn at random and used nowhere: a factor counts as told apart when an "
            "interval lies above that of the null. Factors whose intervals overlap are tied."
        ),
        (
            f"One at a time the factors tell {found.together.in_percent} of the variance of {found.of}; the rest is "
            f"what they do together, and chance. PAWN and slope are of {found.response}."
        ),
        (
            f"{counted(found.n, 'replication')} of {found.scenario}; intervals of {100 * found.level:.4g} % by "
            f"{found.method}."
        ),
    )
    held = (f"Held at one value: {', '.join(found.held)}.",) if found.held else ()
    return (*told, *held)
