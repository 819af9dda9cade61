"""The answer: how likely the first claim is in every scenario, in a sentence and two pictures."""

from simulator import plots
from simulator.analysis.exceedance import curves
from simulator.analysis.figures import figure
from simulator.analysis.inputs import claim_in_words
from simulator.analysis.judgement import Judgement
from simulator.analysis.threshold import Threshold
from simulator.errors import ResultsError
from simulator.report.answers import Answers
from simulator.report.section import Figure, Missing, Section, Table, Verdict
from simulator.report.sections.common import asked, drawn
from simulator.report.tables import table
from simulator.studies.threshold import stored_threshold

ID, TITLE = "answer", "The answer"


def section(answers: Answers) -> Section:
    """Return the first screen of the report."""
    if answers.claim is None:
        return Section(
            ID, TITLE, "The config has no claims: there is nothing to answer.", (*_spread(answers),)
        )
    sentence = _sentence(answers, answers.claim)
    try:
        found = stored_threshold(answers.run, None, answers.claim)
    except ResultsError as missing:
        return Section(
            ID,
            TITLE,
            sentence,
            _spread(answers),
            missing=(_missing(answers, missing),),
            verdicts=_verdicts(answers),
        )
    return Section(ID, TITLE, sentence, (*_spread(answers), _threshold(found)), verdicts=_verdicts(answers))


def _sentence(answers: Answers, claim: str) -> str:
    here = [each for each in answers.judgements if each.estimate.claim == claim]
    best = max(here, key=lambda each: each.estimate.probability)
    found = best.estimate
    given = claim_in_words(answers.run, claim, found.at_least)
    likeliest = ", where it is likeliest" if len(here) > 1 else ""
    return (
        f"That {given} is, in {found.scenario}{likeliest}: {found.term}, {found.chance}, with {best.confidence.level} "
        "confidence."
    )


def _verdicts(answers: Answers) -> tuple[Verdict, ...]:
    return tuple(_verdict(each) for each in answers.judgements if each.estimate.claim == answers.claim)


def _verdict(judged: Judgement) -> Verdict:
    found, confidence = judged.estimate, judged.confidence
    number, mark, interval = found.chance.partition(" [")
    reasons = "; ".join(confidence.reasons)
    return Verdict(found.scenario, number, f"{mark}{interval}".strip(), found.term, confidence.level, reasons)


def _spread(answers: Answers) -> tuple[Figure, ...]:
    """Return the exceedance curve of what was made, of what was available and of what was delivered."""
    figures = []
    for quantity, column in answers.columns.items():
        claim = column.removeprefix("claims.") if column.startswith("claims.") else None
        figures.append(
            drawn(
                lambda width, column=column, claim=claim: plots.exceedance(  # type: ignore[misc]
                    answers.run, column, claim, width=width
                ),
                f"How likely each amount is to be {quantity}, a line a scenario; the table below has the numbers.",
                _levels(answers, quantity, column),
                heading=f"How likely is it that at least so much was {quantity}?",
            )
        )
    return tuple(figures)


def _levels(answers: Answers, quantity: str, column: str) -> Table:
    found = curves(answers.run, column)
    unit = answers.run.column(column).unit
    return table(
        f"Probability of at least so much {quantity}, by scenario, with intervals of 95 %",
        {f"at least ({unit})": True, **{each.scenario: False for each in found}},
        (
            (figure(level), *(each.chance(place) for each in found))
            for place, level in enumerate(found[0].levels)
        ),
    )


def _threshold(found: Threshold) -> Figure:
    headings = {
        found.factor: True,
        "probability": False,
        "in words": False,
        f"5 % ({found.unit})": True,
        f"median ({found.unit})": True,
        f"95 % ({found.unit})": True,
    }
    rows = (
        (found.label(each.level), each.chance, each.term, *map(figure, (each.p05, each.median, each.p95)))
        for each in found.levels
    )
    return drawn(
        lambda width: plots.threshold(found, width=width),
        found.sentence,
        table(f"How likely the claim is at each level of {found.factor}", headings, rows),
        heading=f"How many would it take: {found.factor}",
        sentence=found.sentence,
    )


def _missing(answers: Answers, reason: ResultsError) -> Missing:
    return Missing(
        f"How many plants, or how much of another factor, it would take is not here: {reason}. What adds it:",
        asked(answers, "threshold"),
    )
