"""Every claim in every scenario: how likely, how its quantity is spread, due to what, how far to be relied on."""

from collections.abc import Iterator, Sequence

from simulator import plots
from simulator.analysis.chance import Share
from simulator.analysis.figures import figure, percent
from simulator.analysis.judgement import Judgement, Judgements
from simulator.report.answers import Answers
from simulator.report.evidence import evidence
from simulator.report.section import Cell, Figure, Missing, Section, Table
from simulator.report.sections.common import asked, counted, drawn, level_note, level_of
from simulator.report.tables import NONE, number, table, whole

ID, TITLE = "claims", "Every claim"


def section(answers: Answers) -> Section | None:
    """Return all claims; None where there are none."""
    if answers.claim is None:
        return None
    likeliest = max(answers.estimates, key=lambda each: each.probability)
    drawing = drawn(
        lambda width: plots.claim(Judgements(answers.judgements), width=width),
        "The probability of each claim in each scenario with its interval; the table below has the numbers.",
        _table(answers),
    )
    said = ": ".join(filter(None, (likeliest.chance, likeliest.term)))
    return Section(
        ID,
        TITLE,
        f"{counted(len(answers.run.claims), 'claim')} in {counted(len(answers.run.scenarios), 'scenario')}; the most "
        f"likely is {likeliest.claim} in {likeliest.scenario}, {said}.",
        (drawing, Figure(table=_said(answers)), Figure(table=_reasons(answers))),
        tuple(_notes(answers)),
        () if answers.chance else (_missing(answers),),
    )


def _missing(answers: Answers) -> Missing:
    return Missing(
        "How much is due to the factors, and how much to chance, is not here: no replications were repeated with "
        "other luck. What adds it:",
        asked(answers, "claim"),
    )


def _notes(answers: Answers) -> Iterator[str]:
    yield (
        f"{level_note(answers)} The words are those of "
        "ICD 203 (Analytic Standards, 2015) for the interval; one that spans two terms is given both."
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


def _table(answers: Answers) -> Table:
    headings = {
        "claim": False,
        f"probability [interval of {level_of(answers)}]": False,
        "in words": False,
        "5 %": True,
        "median": True,
        "95 %": True,
        "confidence": False,
        **({"due to factors": False} if answers.chance else {}),
    }
    rows: list[Sequence[Cell] | str] = []
    for scenario in answers.run.scenarios:
        here = [each for each in answers.judgements if each.estimate.scenario == scenario]
        failed = f", {here[0].estimate.failed:,} failed" if here[0].estimate.failed else ""
        rows.append(f"{scenario} ({counted(here[0].estimate.n, 'replication')}{failed})")
        rows += [_row(each) for each in here]
    return table("How likely each claim is, and the spread of its quantity", headings, rows, folded=False)


def _row(judged: Judgement) -> tuple[str, ...]:
    found = judged.estimate
    spread = map(number, (found.p05, found.median, found.p95))
    row = (found.claim, whole(found.chance), found.term, *spread, judged.confidence.level)
    return (*row, whole(_share(judged.of_quantity))) if judged.of_quantity.pairs else row


def _said(answers: Answers) -> Table:
    """Return what each claim says, and who says it."""
    headings = {"claim": False, "says at least": True, "of what is": False, "said in (grade)": False}
    rows = []
    for name, claim in answers.run.claims.items():
        what = answers.run.column(f"claims.{name}")
        assumed = (f"Assumption: {claim.assumption}",) if claim.assumption else ()
        grounds = (*evidence(answers.experiment, claim.evidence), *assumed)
        rows.append(
            (
                name,
                whole(f"{figure(claim.at_least)} {what.unit}"),
                what.description,
                grounds or "nothing named",
            )
        )
    return table("What each claim says, and where it was said", headings, rows)


def _reasons(answers: Answers) -> Table:
    headings = {"claim": False, "confidence": False, "because": False}
    rows: list[Sequence[Cell] | str] = []
    for scenario in answers.run.scenarios:
        here = [each for each in answers.judgements if each.estimate.scenario == scenario]
        rows.append(scenario)
        rows += [
            (each.estimate.claim, each.confidence.level, "; ".join(each.confidence.reasons)) for each in here
        ]
    return table("What the confidence is due to", headings, rows)


def _share(share: Share) -> str:
    return (
        f"{percent(share.factors)} [{percent(share.low).removesuffix(' %')} to {percent(share.high)}]"
        if share.known
        else NONE
    )
