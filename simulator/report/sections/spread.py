"""How what was made, available and delivered is spread, scenario by scenario."""

from simulator import plots
from simulator.analysis.densities import Densities, densities
from simulator.analysis.figures import percent
from simulator.report.answers import Answers
from simulator.report.section import Section, Table
from simulator.report.sections.common import counted, drawn
from simulator.report.tables import number, table

ID, TITLE = "spread", "Made, available, delivered"
HEADINGS = {
    "scenario": False,
    "unit": False,
    "none at all": True,
    "5 %": True,
    "25 %": True,
    "median": True,
    "75 %": True,
    "95 %": True,
}


def section(answers: Answers) -> Section | None:
    """Return a ridge for each amount and scenario; None where the rows have no amounts."""
    found = densities(answers.run)
    if not found.ridges:
        return None
    spreads = [(ridge, each) for ridge in found.ridges for each in ridge.spreads]
    ridge, most = max(spreads, key=lambda pair: pair[1].p95 / pair[1].p05 if pair[1].p05 > 0.0 else 0.0)
    sentence = f"{counted(len(found.ridges), 'amount')} in {counted(len(answers.run.scenarios), 'scenario')}."
    if most.p05 > 0.0:
        sentence += (
            f" The widest is {ridge.amount.name} in {most.scenario}: 5 to 95 % is {number(most.p05)} to "
            f"{number(most.p95)} {ridge.amount.unit}, with a median of {number(most.median)}."
        )
    return Section(
        ID,
        TITLE,
        sentence,
        (drawn(lambda width: plots.ridge(found, width=width), sentence, _table(found)),),
    )


def _table(found: Densities) -> Table:
    rows: list[tuple[str, ...] | str] = []
    for ridge in found.ridges:
        rows.append(ridge.amount.name)
        for each in ridge.spreads:
            quantiles = map(number, (each.p05, each.p25, each.median, each.p75, each.p95))
            rows.append((each.scenario, ridge.amount.unit, percent(each.none), *quantiles))
    return table("Quantiles of each amount", HEADINGS, rows)
