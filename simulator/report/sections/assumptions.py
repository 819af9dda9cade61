"""What is assumed: first what has neither evidence nor a reason, then what has a reason alone."""

from simulator.model.grounds import grounds
from simulator.report.answers import Answers
from simulator.report.section import Figure, Section
from simulator.report.sections.common import counted
from simulator.report.tables import table

ID, TITLE = "assumptions", "Assumptions without evidence"


def section(answers: Answers) -> Section:
    """Return every part of the config that rests on an assumption or on nothing."""
    experiment = answers.experiment
    bare = [name for name, factor in experiment.factors.items() if not factor.supported]
    told = grounds(experiment)
    stated = [each for each in told if each.assumption]
    alone = [each for each in stated if not each.evidence]
    rows = [(f"factors.{name}", "neither evidence nor an assumption is given", "none") for name in bare]
    rows += [(each.place, each.assumption or "", "none") for each in alone]
    rows += [
        (each.place, each.assumption or "", ", ".join(each.evidence)) for each in stated if each.evidence
    ]
    sentence = (
        f"{counted(len(bare), 'factor')} with neither evidence nor a reason; {counted(len(alone), 'part')} of the "
        f"config on a stated assumption alone; {len(stated) - len(alone)} more on an assumption beside evidence."
    )
    if not rows:
        return Section(ID, TITLE, _nothing(len(told)))
    headings = {"part of the config": False, "assumption": False, "evidence": False}
    return Section(
        ID, TITLE, sentence, (Figure(table=table("What is assumed", headings, rows, folded=False)),)
    )


def _nothing(told: int) -> str:
    if told:
        return (
            f"No assumption is stated: {counted(told, 'part')} of the config with evidence; what the others rest on is "
            "not said."
        )
    return "No part of the config says what it rests on: there is neither evidence nor an assumption in it."
