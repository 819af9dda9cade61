"""What a reader of a study must be told of its model, by the items of STRESS-DES."""

from simulator.analysis.stress_des import stress_des
from simulator.report.answers import Answers
from simulator.report.section import Figure, Section
from simulator.report.tables import frame_table

ID, TITLE = "stress-des", "The model, by STRESS-DES"


def section(answers: Answers) -> Section:
    """Return the checklist."""
    frame = stress_des(answers.experiment).to_frame()
    headings = {name: name for name in frame.columns}
    return Section(
        ID,
        TITLE,
        "The checklist for reporting a discrete-event simulation, answered from the config.",
        (Figure(table=frame_table("STRESS-DES", frame, headings)),),
        (
            (
                "Monks and others, Strengthening the reporting of empirical simulation studies, Journal of Simulation "
                "13, 2019."
            ),
        ),
    )
