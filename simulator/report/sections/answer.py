"""The answer: how likely the first claim is in every scenario, in a sentence and two pictures."""

from simulator import plots
from simulator.report.answers import Answers
from simulator.report.pictures import picture
from simulator.report.section import Figure, Section


def section(answers: Answers) -> Section:
    """Return the first screen of the report."""
    run = answers.run
    if answers.claim is None:
        return Section("answer", "The answer", "The config has no claims: there is nothing to answer.")
    sentence = " ".join(f"{each}." for each in answers.estimates if each.claim == answers.claim)
    drawn = picture(lambda width: plots.exceedance(run, claim=answers.claim, width=width), sentence)
    return Section("answer", "The answer", sentence, (Figure(drawn),))
