"""What was made and delivered week by week."""

from simulator import plots
from simulator.analysis.weekly import Fan, Weekly, weekly
from simulator.report.answers import Answers
from simulator.report.section import Section, Table
from simulator.report.sections.common import drawn
from simulator.report.tables import number, table

ID, TITLE = "weeks", "Week by week"
HEADINGS = {
    "week from": False,
    "days": True,
    "5 %": True,
    "25 %": True,
    "median": True,
    "75 %": True,
    "95 %": True,
}


def section(answers: Answers) -> Section | None:
    """Return a fan for each scenario and quantity; None where nothing is counted by week."""
    found = weekly(answers.run)
    if not found.fans:
        return None
    best = " ".join(map(_best, found.fans[:2]))
    sentence = f"{best} Claims are drawn as what they would take in each of their weeks."
    return Section(
        ID, TITLE, sentence, (drawn(lambda width: plots.weekly(found, width=width), sentence, _table(found)),)
    )


def _best(fan: Fan) -> str:
    best = max(range(len(fan.starts)), key=lambda week: fan.median[week])
    return (
        f"In {fan.scenario} the best week {fan.quantity} {number(fan.median[best])} {fan.unit} in the median (5 to 95 "
        f"%: {number(fan.p05[best])} to {number(fan.p95[best])}), from {fan.starts[best]} on."
    )


def _table(found: Weekly) -> Table:
    rows: list[tuple[str, ...] | str] = []
    for fan in found.fans:
        rows.append(f"{fan.quantity} in {fan.scenario}, {fan.unit} a week")
        weeks = zip(fan.starts, fan.days, fan.p05, fan.p25, fan.median, fan.p75, fan.p95, strict=True)
        for start, days, *quantiles in weeks:
            rows.append((start.isoformat(), str(days), *map(number, quantiles)))
    return table("Every week", HEADINGS, rows)
