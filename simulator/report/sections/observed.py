"""What was observed beside what the model says of it before it has seen it."""

from simulator import plots
from simulator.analysis.figures import percent
from simulator.analysis.predictive import Check, prior_predictive
from simulator.report.answers import Answers
from simulator.report.section import Section
from simulator.report.sections.common import counted, drawn
from simulator.report.tables import NONE, spread, table

ID, TITLE = "observed", "Observed, beside the model"
WORDS = {"inside": "in agreement", "low": "too low", "high": "too high"}
HEADINGS = {
    "observed quantity": False,
    "scenario": False,
    "observed: median [5 to 95 %]": False,
    "model before: median [5 to 95 %]": False,
    "share within": True,
    "the model is": False,
}


def section(answers: Answers) -> Section | None:
    """Return every observed quantity beside the prior predictive; None where nothing was observed."""
    found = prior_predictive(answers.run)
    checks = found.checks
    if not checks:
        return None
    agree = sum(each.verdict == "inside" for each in checks)
    after = answers.given_observed
    posterior = {} if after is None else {each.claim: each for each in after.agreements}
    headings = HEADINGS | ({"model after": False, "used": False} if after is not None else {})
    rows = []
    for each in checks:
        row = _row(each)
        if after is not None:
            seen = posterior.get(each.claim) if each.scenario == after.scenario else None
            row += (
                (NONE, NONE)
                if seen is None
                else (
                    spread(seen.p05, seen.median, seen.p95),
                    "yes" if seen.used else f"no: {seen.why_not}",
                )
            )
        rows.append(row)
    sentence = (
        f"{counted(len(checks), 'observation')} beside the prior predictive, scenario by scenario: the model agrees "
        f"with {agree}."
    )
    notes = (
        (
            "In agreement: the median of the one lies in the range of 5 to 95 % of the other. The model has not seen "
            "the observation before; after, it has been weighted by all observations that are new."
        ),
    )
    caption = "Observed quantities, with the error of the report, beside the model"
    numbers = table(caption, headings, rows, folded=False)
    return Section(
        ID,
        TITLE,
        sentence,
        (drawn(lambda width: plots.observed(found, width=width), sentence, numbers),),
        notes,
    )


def _row(each: Check) -> tuple[str, ...]:
    return (
        f"{each.claim} ({each.unit})",
        each.scenario,
        spread(each.observed_p05, each.observed_median, each.observed_p95),
        spread(each.p05, each.median, each.p95),
        percent(each.mass),
        WORDS.get(each.verdict, each.verdict),
    )
