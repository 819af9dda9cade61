"""The question what one would have to believe, asked and shown."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from simulator.cli.questions.several import show_each
from simulator.cli.tables import NO_BREAK, Column, counted, print_table, print_text

if TYPE_CHECKING:
    from simulator.analysis.belief import Belief, Beliefs, Chance, Movement
    from simulator.cli.questions.asked import Asked
    from simulator.results import Run

MOST = 8
"""Factors that are printed of each belief."""


def ask(run: "Run", asked: "Asked") -> "Belief | Beliefs":
    """Return the belief in one claim when it is named; else in every claim, and given what was observed."""
    from simulator.analysis.belief import belief, beliefs

    if asked.claim is not None:
        return belief(run, asked.claim, asked.scenario, at_least=asked.at_least)
    return beliefs(run, asked.scenario)


def show(found: "Belief | Beliefs") -> None:
    """Print each belief: a sentence, how factors move, what that does to the claims, notes."""
    from simulator.analysis.belief import Belief

    if isinstance(found, Belief):
        _show(found)
    else:
        show_each(found.beliefs, found.refused, _show)


def _show(found: "Belief") -> None:
    print_text(found.sentence)
    print()
    factors = [each for each in found.movements if each.kind == "factor"]
    columns = (
        Column("factor"),
        Column("before: median\n[5 to 95 %]"),
        Column("after: median\n[5 to 95 %]"),
        Column("shift of mean\nin prior SD"),
        Column("distance,\n0 to 1"),
    )
    print_table(columns, [_row(each) for each in factors[:MOST]])
    print()
    if found.agreements:
        _show_agreements(found)
        print()
    others = [each for each in found.chances if (each.claim, each.at_least) != (found.claim, found.at_least)]
    if others:
        _show_chances(others)
        print()
    moved = len(found.moved)
    of = counted(found.n, "replication")
    effective = f"{of} of {found.scenario}, of which effectively {found.effective:,.0f} count"
    failures = f", {found.failed:,} failed" if found.failed else ""
    print_text(
        f"{effective}{failures}; the largest has {100 * found.largest:.2g} % of the weight. {moved} of "
        f"{counted(len(factors), 'factor')} {'moves' if moved == 1 else 'move'} by more than chance makes them; "
        "of those that do not, one in 20 would seem to."
    )
    for note in found.notes:
        print_text(note)


def _row(each: "Movement") -> tuple[str, ...]:
    from simulator.analysis.inputs import valued

    def spread(low: float, middle: float, high: float) -> str:
        low_, middle_, high_ = (valued(number, each.unit) for number in (low, middle, high))
        return f"{middle_} [{low_.removesuffix(f' {each.unit}')} to {high_}]".replace(" ", NO_BREAK)

    distance = f"{each.distance:.2f} [{each.distance_low:.2f} to {each.distance_high:.2f}]"
    return (
        each.name,
        spread(each.prior_p05, each.prior_median, each.prior_p95),
        spread(each.p05, each.median, each.p95),
        f"{each.shift:+.2f} [{each.shift_low:+.2f} to {each.shift_high:+.2f}]",
        distance,
    )


def _show_agreements(found: "Belief") -> None:
    from simulator.analysis.figures import figure

    def spread(low: float, middle: float, high: float) -> str:
        return f"{figure(middle)} [{figure(low)} to {figure(high)}]".replace(" ", NO_BREAK)

    columns = (
        Column("observed"),
        Column("report"),
        Column("model before"),
        Column("model after"),
        Column("p before", right=True),
        Column("p after", right=True),
        Column("effective\nwithout it", right=True),
    )
    rows = [
        (
            each.claim if each.used else f"{each.claim} (not used)",
            spread(each.observed_p05, each.observed_median, each.observed_p95),
            spread(each.prior_p05, each.prior_median, each.prior_p95),
            spread(each.p05, each.median, each.p95),
            f"{each.prior_p_value:.2f}",
            f"{each.p_value:.2f}",
            f"{each.effective_without:,.0f}" if each.used else "",
        )
        for each in found.agreements
    ]
    print_table(columns, rows)


def _show_chances(chances: Sequence["Chance"]) -> None:
    from simulator.analysis.figures import figure

    columns = (Column("claim"), Column("says at least", right=True), Column("before"), Column("after"))
    rows = [
        (
            each.claim,
            f"{figure(each.at_least)} {each.unit}",
            _chance(each.prior, each.prior_low, each.prior_high),
            _chance(each.probability, each.low, each.high),
        )
        for each in chances
    ]
    print_table(columns, rows)


def _chance(probability: float, low: float, high: float) -> str:
    from simulator.analysis.figures import percent

    if probability <= 0.0:
        return f"under {percent(high, toward='up')}"
    if probability >= 1.0:
        return f"over {percent(low, toward='down')}"
    return f"{percent(probability)} [{percent(low).removesuffix(' %')} to {percent(high)}]"
