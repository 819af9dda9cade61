"""The answer: how likely the first claim is in every scenario, in a sentence and two pictures."""

from collections.abc import Iterator

from simulator import plots
from simulator.analysis.amounts import Amount
from simulator.analysis.exceedance import curves
from simulator.analysis.figures import figure
from simulator.analysis.inputs import claim_in_words
from simulator.analysis.judgement import Judgement
from simulator.analysis.outlook import outlook
from simulator.analysis.threshold import Threshold
from simulator.errors import ResultsError
from simulator.report.answers import Answers
from simulator.report.section import Figure, Missing, Section, Table, Verdict
from simulator.report.sections.common import asked, drawn, level_note
from simulator.report.tables import table, whole
from simulator.studies.threshold import factor_of, stored_threshold

ID, TITLE = "answer", "The answer"


def section(answers: Answers) -> Section:
    """Return the first screen of the report."""
    if answers.claim is None:
        return Section(
            ID, TITLE, "The config has no claims: there is nothing to answer.", (*_amounts(answers),)
        )
    sentence = _sentence(answers, answers.claim)
    try:
        found = stored_threshold(answers.run, _factor(answers), answers.claim)
    except ResultsError as missing:
        left_out, told = _left_out(answers, missing)
        return Section(
            ID,
            TITLE,
            sentence,
            tuple(_amounts(answers)),
            (*told, level_note(answers)),
            missing=left_out,
            verdicts=_verdicts(answers),
        )
    figures = (*_amounts(answers), _threshold(found))
    return Section(ID, TITLE, sentence, figures, (level_note(answers),), verdicts=_verdicts(answers))


def _sentence(answers: Answers, claim: str) -> str:
    here = [each for each in answers.judgements if each.estimate.claim == claim]
    best = max(here, key=lambda each: each.estimate.probability)
    found = best.estimate
    given = claim_in_words(answers.run, claim, found.at_least)
    likeliest = ", where it is likeliest" if len(here) > 1 else ""
    said = ", ".join(filter(None, (found.term, found.chance)))
    return (
        f"That {given} is, in {found.scenario}{likeliest}: {said}, with {best.confidence.level} confidence."
    )


def _verdicts(answers: Answers) -> tuple[Verdict, ...]:
    return tuple(_verdict(each) for each in answers.judgements if each.estimate.claim == answers.claim)


def _verdict(judged: Judgement) -> Verdict:
    found, confidence = judged.estimate, judged.confidence
    number, mark, interval = found.chance.partition(" [")
    reasons = "; ".join(confidence.reasons)
    return Verdict(found.scenario, number, f"{mark}{interval}".strip(), found.term, confidence.level, reasons)


def _amounts(answers: Answers) -> Iterator[Figure]:
    """Iterate over the exceedance curves of what was made, available and delivered, and their numbers."""
    found = outlook(answers.run, answers.claim)
    yield drawn(
        lambda width: plots.outlook(found, width=width),
        f"How likely it is that at least so much was {', '.join(each.amount.quantity for each in found.prospects)}: a "
        "line for each scenario, claims as vertical lines; the tables below have the numbers.",
        heading="How likely each amount is",
    )
    for each in found.prospects:
        yield Figure(table=_levels(answers, each.amount))


def _levels(answers: Answers, amount: Amount) -> Table:
    found = curves(answers.run, amount.column)
    return table(
        f"Probability of at least so much {amount.name}",
        {f"at least ({amount.unit})": True, **{each.scenario: False for each in found}},
        (
            (figure(level), *(whole(each.chance(place)) for each in found))
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
        (
            found.label(each.level),
            whole(each.chance),
            each.term,
            *map(figure, (each.p05, each.median, each.p95)),
        )
        for each in found.levels
    )
    return drawn(
        lambda width: plots.threshold(found, width=width),
        found.sentence,
        table(f"How likely the claim is at each level of {found.factor}", headings, rows),
        heading=f"How many would it take: {found.factor}",
        sentence=found.sentence,
    )


def _left_out(answers: Answers, reason: ResultsError) -> tuple[tuple[Missing, ...], tuple[str, ...]]:
    """Return what is left out with the command that adds it, and what no command can add."""
    what = "How many plants, or how much of another factor, it would take"
    if _factor(answers) is None:
        return (), (f"{what} cannot be asked: the config has no factor of one number to hold at levels.",)
    command = asked(answers, "threshold", *_option(answers))
    return (Missing(f"{what} is not here: {reason}. What adds it:", command),), ()


def _factor(answers: Answers) -> str | None:
    """Return the factor that the config sweeps, or the number of plants, or else the first; None where none is."""
    try:
        return factor_of(answers.experiment, None)
    except ResultsError:
        return next(iter(answers.experiment.units()), None)


def _option(answers: Answers) -> tuple[str, ...]:
    """Return the option that names the factor, where the command would not find it by itself."""
    try:
        factor_of(answers.experiment, None)
    except ResultsError:
        return "--factor", str(_factor(answers))
    return ()
