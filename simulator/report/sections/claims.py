"""Every claim in every scenario: how likely, how its quantity is spread, due to what, how far to be relied on."""

from collections.abc import Iterator

from simulator import plots
from simulator.analysis.chance import Share
from simulator.analysis.figures import figure, percent
from simulator.analysis.judgement import Judgement, Judgements
from simulator.report.answers import Answers
from simulator.report.section import Missing, Section
from simulator.report.sections.common import asked, counted, drawn
from simulator.report.tables import NONE, table

ID, TITLE = "claims", "Every claim"
HEADINGS = {
    "claim": False,
    "scenario": False,
    "probability [95 % interval]": False,
    "in words": False,
    "5 %": True,
    "median": True,
    "95 %": True,
    "confidence": False,
}


def section(answers: Answers) -> Section | None:
    """Return all claims; None where there are none."""
    if answers.claim is None:
        return None
    missing = (
        ()
        if answers.chance
        else (
            Missing(
                "How much is due to the factors, and how much to chance, is not here: no replication was repeated "
                "with other luck. What adds it:",
                asked(answers, "claim"),
            ),
        )
    )
    headings = HEADINGS | ({"due to factors": False} if answers.chance else {})
    likeliest = max(answers.estimates, key=lambda each: each.probability)
    return Section(
        ID,
        TITLE,
        f"{counted(len(answers.run.claims), 'claim')} in {counted(len(answers.run.scenarios), 'scenario')}; the most "
        f"likely is {likeliest.claim} in {likeliest.scenario}, {likeliest.chance}: {likeliest.term}.",
        (
            drawn(
                lambda width: plots.claim(Judgements(answers.judgements), width=width),
                "The probability of each claim in each scenario with its interval; the table below has the numbers.",
                table(
                    "How likely each claim is, and its quantity",
                    headings,
                    (_row(answers, each) for each in answers.judgements),
                    folded=False,
                ),
            ),
        ),
        notes=tuple(_notes(answers)),
        missing=missing,
    )


def _notes(answers: Answers) -> Iterator[str]:
    yield (
        "Intervals are of 95 %, wider where the run could end after several looks at its rows. The words are those of "
        "ICD 203 (Analytic Standards, 2015) for the interval; a word that spans two terms is given as both."
    )
    yield (
        "Confidence is not about the interval but about what the leading factors rest on: low where the first two "
        "rest on grade D or worse, on an assumption or on nothing; high where the first three rest on B2 or better."
    )
    if answers.chance:
        pairs = answers.chance.shares[0].pairs
        yield (
            "Due to factors: the share of the variance of the quantity that stays when "
            f"{counted(pairs, 'replication')} of each scenario are repeated with the same factors and other luck; the "
            "rest is chance."
        )
    reasons: dict[str, list[str]] = {}
    for each in answers.judgements:
        place = f"{each.estimate.claim} in {each.estimate.scenario}"
        reasons.setdefault(str(each.confidence), []).append(place)
    for reason, places in reasons.items():
        yield f"{reason[0].upper()}{reason[1:]} ({', '.join(places)})."


def _row(answers: Answers, judged: Judgement) -> tuple[str, ...]:
    found = judged.estimate
    spread = map(figure, (found.p05, found.median, found.p95))
    row = (found.claim, found.scenario, found.chance, found.term, *spread, judged.confidence.level)
    return (*row, _share(judged.of_quantity)) if answers.chance else row


def _share(share: Share) -> str:
    return (
        f"{percent(share.factors)} [{percent(share.low).removesuffix(' %')} to {percent(share.high)}]"
        if share.known
        else NONE
    )
