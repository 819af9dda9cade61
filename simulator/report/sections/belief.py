"""What one would have to believe: how each factor moves when the claim holds, or after what was observed."""

from dataclasses import replace

from simulator import plots
from simulator.analysis.belief import Belief, Movement
from simulator.analysis.inputs import valued
from simulator.errors import ResultsError, TooFewError
from simulator.report.answers import Answers
from simulator.report.section import Figure, Section, Table
from simulator.report.sections.common import counted, drawn, more, refused
from simulator.report.tables import table

ID, TITLE = "belief", "What you would have to believe"
LEAD = (
    "The distribution of every factor among the replications in which the claim holds, or weighted by what was "
    "observed, beside what was believed before."
)


def section(answers: Answers) -> Section:
    """Return the belief in the first claim, and that after all that was observed."""
    try:
        found = answers.given_claim
    except ResultsError as error:
        if answers.given_observed is None:
            return refused(answers, ID, TITLE, error)
        left_out = (more(answers, TITLE),) if isinstance(error, TooFewError) else ()
        return replace(_section([answers.given_observed], (str(error),)), missing=left_out)
    observed = [] if answers.given_observed is None else [answers.given_observed]
    return _section([*found.beliefs, *observed], found.refused)


def _section(beliefs: list[Belief], refusals: tuple[str, ...]) -> Section:
    notes = [f"{each}." for each in refusals]
    notes += [f"{note}." for belief in beliefs for note in belief.notes]
    return Section(ID, TITLE, LEAD, tuple(map(_figure, beliefs)), tuple(dict.fromkeys(notes)))


def _figure(found: Belief) -> Figure:
    return drawn(
        lambda width: plots.belief(found, width=width),
        found.sentence,
        _table(found),
        heading=f"If {found.given}" if found.claim else f"After what was {found.given}",
        sentence=found.sentence,
    )


def _table(found: Belief) -> Table:
    headings = {
        "factor": False,
        "before: median [5 to 95 %]": False,
        "after: median [5 to 95 %]": False,
        "shift of the mean (prior SD)": True,
        "distance (0 to 1)": True,
        "beyond chance": False,
    }
    caption = f"How factors move; {counted(found.n, 'replication')}, effectively {found.effective:,.0f}"
    return table(caption, headings, map(_row, found.movements))


def _row(each: Movement) -> tuple[str, ...]:
    return (
        each.name if each.kind == "factor" else f"{each.name} (derived)",
        spread_of(each.unit, each.prior_p05, each.prior_median, each.prior_p95),
        spread_of(each.unit, each.p05, each.median, each.p95),
        f"{each.shift:+.2f}",
        f"{each.distance:.2f}",
        "yes" if each.moves else "no",
    )


def spread_of(unit: str, low: float, middle: float, high: float) -> str:
    """Return a median with its range of 5 to 95 %, in the unit of a factor."""
    low_, middle_, high_ = (valued(number, unit) for number in (low, middle, high))
    return f"{middle_} [{low_.removesuffix(f' {unit}')} to {high_}]"
