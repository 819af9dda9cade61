"""What held production back: what lines waited for by month, and what lifting each constraint would have added."""

from simulator import plots
from simulator.analysis.account import Account, account, state_in_words
from simulator.analysis.bottleneck import Bottleneck
from simulator.analysis.figures import figure, percent
from simulator.errors import ResultsError
from simulator.report.answers import Answers
from simulator.report.section import Figure, Missing, Section, Table
from simulator.report.sections.common import asked, counted, drawn, refused
from simulator.report.tables import table
from simulator.studies.bottleneck import stored_bottleneck

ID, TITLE = "bottlenecks", "What held production back"
MOST = 12
"""Pairs of constraints that are listed."""


def section(answers: Answers) -> Section:
    """Return the account of stored rows, and the counterfactual where it was simulated before."""
    run = answers.run
    try:
        found = account(run, answers.scenario)
    except ResultsError as error:
        return refused(answers, ID, TITLE, error)
    try:
        lifted = stored_bottleneck(run, answers.claim, answers.scenario)
    except ResultsError as error:
        what = f"What lifting each constraint would have added is not here: {error}. What adds it:"
        missing = Missing(what, asked(answers, "bottleneck"))
        return Section(ID, TITLE, _sentence(found), (_account(found),), _notes(found), (missing,))
    return Section(ID, TITLE, lifted.sentence, (_lifted(lifted), Figure(table=_losses(found))), _notes(found))


def _sentence(found: Account) -> str:
    losses = sorted(found.of("state"), key=lambda each: -each.mean)
    waited = [
        f"{state_in_words(each.name)} ({percent(each.share)})" for each in losses[:2] if each.mean > 0.0
    ]
    if not waited:
        return f"In {found.scenario} lines of the final stage lost no output."
    return f"In {found.scenario} lines of the final stage lost most output while {' and '.join(waited)}."


def _notes(found: Account) -> tuple[str, ...]:
    return (
        (
            f"Lost output is a local account, the mean of {counted(found.n, 'replication')} of {found.scenario}: it "
            "says what lines of the final stage were doing instead of running, not what more of it would have given."
        ),
    )


def _account(found: Account) -> Figure:
    return drawn(
        lambda width: plots.lost_output(found, width=width),
        f"Output of the final stage lost by month and by what its lines waited for. {_sentence(found)}",
        _losses(found),
    )


def _losses(found: Account) -> Table:
    headings = {
        "month": False,
        "while lines were": False,
        f"lost ({found.unit})": True,
        "95 % interval": True,
    }
    rows = (
        (each.name, state_in_words(each.state), figure(each.mean), _interval(each.low, each.high))
        for each in found.of("month")
        if each.mean > 0.0 and each.state != "all"
    )
    return table("Lost output by month and state", headings, rows)


def _interval(low: float, high: float) -> str:
    return f"{figure(max(0.0, low))} to {figure(high)}"


def _lifted(found: Bottleneck) -> Figure:
    headings = {
        "lifted": False,
        "how": False,
        f"added to the mean ({found.unit})": False,
        f"median ({found.unit})": True,
        "P(claim)": False,
    }
    rows = [("nothing", "", "", figure(found.base.median), found.base.chance)]
    rows += [
        (each.name, each.words, str(each.added), figure(each.case.median), each.case.chance)
        for each in found.lifted
    ]
    rows += [
        (f"{each.a} + {each.b}", "both", str(each.added), figure(each.case.median), each.case.chance)
        for each in found.pairs[:MOST]
    ]
    return drawn(
        lambda width: plots.bottleneck(found, width=width),
        f"What lifting each constraint alone, and pairs of them, adds to the mean. {found.sentence}",
        table(f"What lifting each constraint does to {found.claim}, simulated", headings, rows),
    )
