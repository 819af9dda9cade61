"""How many plants a claim would take, or how much of any factor."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from simulator.cli import progress
from simulator.cli.questions.asked import Asked
from simulator.cli.tables import NO_BREAK, Column, Row, counted, print_table, print_text

if TYPE_CHECKING:
    from simulator.analysis.contours import Contours
    from simulator.analysis.threshold import Threshold


def ask(run: Any, asked: Asked) -> Any:
    """Return P(claim) and its quantity against the levels of a factor; simulated unless it was before."""
    from simulator.studies import contours, threshold

    named = [name.strip() for name in (asked.factor or "").split(",") if name.strip()]
    with progress.shown() as watch:
        if len(named) > 1:
            return contours.contours(
                run,
                named,
                asked.claim,
                asked.scenario,
                replications=asked.replications or contours.REPLICATIONS,
                workers=asked.workers,
                progress=watch,
            )
        return threshold.threshold(
            run,
            named[0] if named else None,
            asked.claim,
            asked.scenario,
            replications=asked.replications or threshold.REPLICATIONS,
            workers=asked.workers,
            progress=watch,
        )


def show(found: "Threshold | Contours") -> None:
    """Print where odds are even, then the levels, then what to know about them."""
    from simulator.analysis.contours import Contours

    if isinstance(found, Contours):
        _show_contours(found)
        return
    print_text(found.sentence)
    print()
    print_table(_columns(found), _rows(found))
    print()
    print_table((Column("at least", right=True), Column(f"even odds at {found.factor}")), _even(found))
    print()
    for note in _notes(found):
        print_text(note)


def _show_contours(found: "Contours") -> None:
    """Print P(claim), a row for each level of the one factor and a column for each level of the other."""
    from simulator.analysis.figures import figure

    a, b = found.factors
    most, least = found.extremes
    print_text(
        f"P of {found.claim} (at least {figure(found.at_least)} {found.unit}) in {found.scenario} goes from "
        f"{least.chance} at {found.told(least)} to {most.chance} at {found.told(most)}."
    )
    print()
    columns = [Column(a, right=True)]
    columns += [
        Column(f"{b if not k else ''}\n{level}", right=True) for k, level in enumerate(found.labels(1))
    ]
    print_table(columns, found.table())
    print()
    print_text(
        f"Each with its interval of 95 %; {counted(found.cells[0].n, 'replication')} of each of "
        f"{counted(len(found.cells), 'pair')} of levels, under common random numbers. The claim is about: "
        f"{found.quantity}."
    )


def _columns(found: "Threshold") -> tuple[Column, ...]:
    return (
        Column(found.factor, right=True),
        Column("probability\n[95 % interval]"),
        Column("in words", wraps=True),
        Column("5 %", right=True),
        Column("quantity\nmedian", right=True),
        Column("95 %", right=True),
    )


def _rows(found: "Threshold") -> Iterator[Row]:
    from simulator.analysis.figures import figure
    from simulator.cli.answers import aligned

    reported = {each.level for each in found.within_reported()}
    for each in found.levels:
        mark = " *" if each.level in reported else "  "
        spread = (figure(number) for number in (each.p05, each.median, each.p95))
        level = f"{found.label(each.level)}{mark}".replace(" ", NO_BREAK)
        yield (level, aligned(each.chance), each.term, *spread)


def _even(found: "Threshold") -> Iterator[Row]:
    from simulator.analysis.figures import figure

    for each in found.even:
        yield (figure(each.at_least), found.told(each))


def _notes(found: "Threshold") -> Iterator[str]:
    levels = found.levels
    failed = sum(each.failed for each in levels)
    told = f", {failed:,} failed" if failed else ""
    yield (
        f"{counted(max(each.n for each in levels), 'replication')} of each of {counted(len(levels), 'level')}{told}, "
        f"under common random numbers; intervals by {found.method}. The claim is about: {found.quantity}."
    )
    if found.reported is not None:
        low, high = (found.label(each) for each in found.reported)
        yield f"* {found.factor} as reported: {low} to {high}, {found.reported_is}."
    if not found.crossing.one_way:
        yield (
            "The probability does not go one way with the level: where odds are even is read from the nearest curve "
            "that does."
        )
    if len({(each.p05, each.median, each.p95) for each in levels}) == 1:
        yield f"{found.factor} changes nothing in {found.scenario}: the scenario may give what it sets a value."
