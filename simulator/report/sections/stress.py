"""What a reader of a study must be told of its model, by the items of STRESS-DES."""

from simulator.analysis.stress_des import HEADINGS, stress_des
from simulator.report.answers import Answers
from simulator.report.section import Figure, Section
from simulator.report.tables import table

ID, TITLE = "stress-des", "The model, by STRESS-DES"


def section(answers: Answers) -> Section:
    """Return the checklist."""
    # not by way of a frame: no other section takes pandas, which is slow to load
    rows = ((each.number, each.name, each.answer) for each in stress_des(answers.experiment).items)
    return Section(
        ID,
        TITLE,
        "The checklist for reporting a discrete-event simulation, answered from the config.",
        (Figure(table=table("STRESS-DES", dict.fromkeys(HEADINGS, False), rows)),),
        (
            (
                "Monks and others, Strengthening the reporting of empirical simulation studies, Journal of Simulation "
                "13, 2019."
            ),
        ),
    )
