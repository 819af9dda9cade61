"""Which piece of intelligence would be worth most for the call on the claim."""

from simulator import plots
from simulator.analysis.figures import percent
from simulator.analysis.information import Information, Worth, information_by_claim, points
from simulator.errors import ResultsError
from simulator.report.answers import Answers
from simulator.report.section import Section, Table
from simulator.report.sections.common import counted, drawn, refused
from simulator.report.tables import table

ID, TITLE = "information", "What would be worth knowing"


def section(answers: Answers) -> Section:
    """Return what knowing each factor would be worth for the first claim, or a milder figure of it."""
    try:
        found = information_by_claim(answers.run, answers.scenario, [answers.claim] if answers.claim else [])
    except ResultsError as error:
        return refused(answers, ID, TITLE, error)
    (first,) = found.answers
    figure = drawn(lambda width: plots.information(first, width=width), first.sentence, _table(first))
    notes = (*(f"{each}." for each in found.refused), *_notes(first))
    return Section(ID, TITLE, first.sentence, (figure,), notes)


def _table(found: Information) -> Table:
    headings = {
        "factor": False,
        "fewer wrong calls (points)": False,
        "variance removed": False,
        "changes the call": False,
        "told apart": False,
    }
    return table(
        f"What knowing each factor is worth for the call that {found.given}",
        headings,
        map(_row, found.worths),
    )


def _row(each: Worth) -> tuple[str, ...]:
    return (
        each.factor,
        f"{points(each.value)} [{points(each.low)} to {points(each.high)}]",
        f"{percent(each.share)} [{percent(each.share_low).removesuffix(' %')} to {percent(each.share_high)}]",
        "yes" if each.changes_call else "no",
        "yes" if each.told_apart else "no",
    )


def _notes(found: Information) -> tuple[str, ...]:
    return (
        (
            f"Points are percentage points of the probability of a wrong call, now {percent(found.perfect)}: no piece "
            f"of knowledge is worth more. {counted(found.n, 'replication')} of {found.scenario}; the noise floor is "
            f"the best of {found.nulls} random numbers."
        ),
    )
