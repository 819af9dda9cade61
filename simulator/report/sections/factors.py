"""Every factor: what it moves, what was believed before and after, what that rests on."""

from simulator import plots
from simulator.analysis.belief import Belief
from simulator.analysis.marginals import marginals
from simulator.analysis.priors import prior
from simulator.analysis.sensitivity.grounds import standing
from simulator.errors import ResultsError
from simulator.model.experiment import Experiment
from simulator.report.answers import Answers
from simulator.report.evidence import evidence
from simulator.report.section import Cell, Figure, Section
from simulator.report.sections.belief import spread_of
from simulator.report.sections.common import counted, drawn
from simulator.report.tables import NONE, table

ID, TITLE = "factors", "Every factor"


def section(answers: Answers) -> Section:
    """Return a row for each factor."""
    experiment = answers.experiment
    if not experiment.factors:
        return Section(ID, TITLE, "There are no factors: replications differ by chance alone.")
    after = _after(answers)
    told = after.given if after is not None else ""
    headings = {
        "factor": False,
        "what it does": False,
        "prior": False,
        **({"after": False} if after is not None else {}),
        "evidence (grade) or assumption": False,
    }
    rows = (_row(experiment, name, after) for name in experiment.factors)
    figure = Figure(table=table("Factors, with what they rest on", headings, rows, folded=False))
    figures = (figure,) if after is None else (_marginals(answers, after), figure)
    evidenced = sum(bool(each.evidence) for each in experiment.factors.values())
    bare = sum(not each.supported for each in experiment.factors.values())
    notes = [
        (
            "Grades are of the NATO Admiralty code: A to F for the reliability of the source, 1 to 6 for the "
            "credibility of what it says."
        )
    ]
    if after is not None:
        notes.append(f"After: median and range of 5 to 95 %, given that {told}.")
    return Section(
        ID,
        TITLE,
        f"{counted(len(experiment.factors), 'factor')}: {evidenced} with evidence, {bare} with neither evidence nor a "
        "stated assumption.",
        figures,
        tuple(notes),
    )


def _marginals(answers: Answers, after: Belief) -> Figure:
    found = marginals(answers.run, after)
    return drawn(
        lambda width: plots.factors(found, width=width),
        f"The factors that move farthest, before and after; {after.sentence}",
        heading="Before and after",
    )


def _after(answers: Answers) -> Belief | None:
    """Return what is believed after what was observed, or else if the claim holds."""
    if answers.given_observed is not None:
        return answers.given_observed
    try:
        return answers.given_claim.beliefs[0]
    except ResultsError:
        return None


def _row(experiment: Experiment, name: str, after: Belief | None) -> tuple[Cell, ...]:
    factor = experiment.factors[name]
    moved = () if after is None else (_moved(name, after),)
    assumed = (f"Assumption: {factor.assumption}",) if factor.assumption else ()
    rests_on = (*evidence(experiment, factor.evidence), *assumed)
    return (name, standing(experiment, name).does, prior(factor), *moved, rests_on or "nothing")


def _moved(name: str, after: Belief) -> Cell:
    """Return where a factor lies afterwards, or each of its shares."""
    found = [
        each for each in after.movements if each.name.partition(".")[0] == name and each.kind == "factor"
    ]
    lines = []
    for each in found:
        label = f"{each.name.partition('.')[2]}: " if "." in each.name else ""
        lines.append(f"{label}{spread_of(each.unit, each.p05, each.median, each.p95)}")
    return tuple(lines) or NONE
