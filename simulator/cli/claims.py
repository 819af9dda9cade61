"""One claim in full: how likely each level of its quantity is, and what the answer rests on."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from simulator.cli.answers import aligned
from simulator.cli.tables import Column, Row, print_table, print_text

if TYPE_CHECKING:
    from simulator.model.experiment import Experiment
    from simulator.results import Run

ABREAST = 3
"""Curves that stand side by side."""


def print_claim(run: "Run", claim: str) -> None:
    """Print the exceedance curves of a claim, the evidence it cites, the assumptions made."""
    from simulator.analysis.exceedance import curves
    from simulator.analysis.figures import figure

    found = curves(run, f"claims.{claim}")
    what = run.columns[f"claims.{claim}"]
    print_text(f"Probability of at least so many {what.unit}, {what.description}:")
    print()
    for first in range(0, len(found), ABREAST):
        abreast = found[first : first + ABREAST]
        columns = [Column("at least", right=True), *(Column(each.scenario) for each in abreast)]
        levels = abreast[0].levels
        rows = [
            (figure(level), *(aligned(each.chance(place)) for each in abreast))
            for place, level in enumerate(levels)
        ]
        print_table(columns, rows)
        print()
    _print_grounds(run.experiment, claim)


def grounds_of(experiment: "Experiment", claim: str) -> dict[str, Any]:
    """Return what an answer rests on: the rows that a claim cites, and all grounds of the rest."""
    from simulator.model.grounds import grounds

    asked = experiment.claims[claim]
    cited = (experiment.evidence[each] for each in asked.evidence if each in experiment.evidence)
    return {
        "claim": {"evidence": [row.model_dump() for row in cited], "assumption": asked.assumption},
        "others": [asdict(each) for each in grounds(experiment) if not each.place.startswith("claims.")],
    }


def _print_grounds(experiment: "Experiment", claim: str) -> None:
    from simulator.model.grounds import grounds

    asked = experiment.claims[claim]
    rows: list[Row] = [
        (row.id, row.admiralty_grade, f"{row.quantity}: {row.value()} {row.unit}".rstrip(": "), row.source)
        for row in (experiment.evidence[each] for each in asked.evidence if each in experiment.evidence)
    ]
    if rows:
        print("The claim is made in:\n")
        texts = Column("says", wraps=True), Column("source", wraps=True)
        print_table((Column("id"), Column("grade"), *texts), rows)
        print()
    if asked.assumption:
        print(f"The claim assumes: {asked.assumption}\n")
    assumed: list[Row] = [
        (each.place, ", ".join(each.evidence) or "none", each.assumption)
        for each in grounds(experiment)
        if each.assumption and not each.place.startswith("claims.")
    ]
    if assumed:
        print("The answer assumes:\n")
        columns = Column("part"), Column("evidence", wraps=True), Column("assumption", wraps=True)
        print_table(columns, assumed)
