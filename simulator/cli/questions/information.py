"""The question which piece of intelligence is worth most, asked and shown."""

from typing import TYPE_CHECKING

from simulator.cli.questions.several import show_each
from simulator.cli.tables import NO_BREAK, Column, counted, print_table, print_text

if TYPE_CHECKING:
    from simulator.analysis.information import Information, InformationByClaim
    from simulator.cli.questions.asked import Asked
    from simulator.results import Run

MOST = 8
"""Factors that are printed of each claim."""


def ask(run: "Run", asked: "Asked") -> "Information | InformationByClaim":
    """Return what is worth knowing for one claim when it is named; else for every claim."""
    from simulator.analysis.information import information, information_by_claim

    if asked.claim is not None:
        return information(run, asked.claim, asked.scenario, at_least=asked.at_least)
    return information_by_claim(run, asked.scenario)


def show(found: "Information | InformationByClaim") -> None:
    """Print for each claim a sentence, what each factor is worth, the same at milder and harder figures, notes."""
    from simulator.analysis.information import Information

    if isinstance(found, Information):
        _show(found)
    else:
        show_each(found.answers, found.refused, _show)


def _show(found: "Information") -> None:
    from simulator.analysis.information import points

    print_text(found.sentence)
    print()
    columns = (
        Column("knowing"),
        Column("lowers the chance of a\nwrong call, in points"),
        Column("removes of the\nvariance, in %"),
    )
    whole = f"{points(found.perfect)} [{points(found.perfect_low)} to {points(found.perfect_high)}]"
    rows = [("whether it holds (perfect)", whole, "100")]
    rows += [
        (
            each.factor,
            _interval(each.value, each.low, each.high),
            _interval(each.share, each.share_low, each.share_high),
        )
        for each in found.worths[:MOST]
    ]
    rows.append(
        (
            f"the best of {found.nulls} random numbers",
            points(found.null_value),
            f"{100 * found.null_share:.1f}",
        )
    )
    print_table(columns, rows)
    print()
    if found.steps:
        _show_steps(found)
        print()
    failures = f", {found.failed:,} failed" if found.failed else ""
    print_text(
        f"{counted(found.n, 'replication')} of {found.scenario}{failures}; a factor is told apart in "
        f"{found.bins} parts of its range at most. A value within that of random numbers is no finding. The shares "
        "of one split count each by itself."
    )


def _show_steps(found: "Information") -> None:
    from simulator.analysis.figures import figure, percent

    columns = (
        Column("at least", right=True),
        Column("probability", right=True),
        Column("worth most"),
        Column("points"),
        Column("% of variance"),
    )
    rows = [
        (
            figure(step.at_least),
            percent(step.probability),
            step.factor,
            _interval(step.value, step.low, step.high),
            _interval(step.share, step.share_low, step.share_high),
        )
        for step in found.steps
    ]
    print_table(columns, rows)


def _interval(middle: float, low: float, high: float) -> str:
    from simulator.analysis.information import points

    return f"{points(middle)} [{points(low)} to {points(high)}]".replace(" ", NO_BREAK)
