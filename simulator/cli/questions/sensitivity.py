"""Which factors matter, asked and printed."""

from typing import TYPE_CHECKING

from simulator.cli.answers import aligned
from simulator.cli.questions.asked import Asked
from simulator.cli.tables import NO_BREAK, Column, Row, counted, print_table, print_text

if TYPE_CHECKING:
    from simulator.analysis.sensitivity import FactorSensitivity, Index, Sensitivity
    from simulator.results import Run

MOST_LISTED = 8
"""Factors not told from chance that are named, before the others are only counted."""


def ask(run: "Run", asked: Asked) -> "Sensitivity":
    """Return how much each factor matters; raises ResultsError where the rows do not bear an answer."""
    from simulator.analysis.sensitivity import sensitivity

    return sensitivity(run, asked.claim, asked.response, asked.scenario)


def show(found: "Sensitivity") -> None:
    """Print which factors matter most, all that are told from chance, and how it was found."""
    told = [each for each in found.factors if each.apart]
    print_text(found.sentence)
    print()
    print_table(_MEANINGS, [_meaning(found, each) for each in (*told, found.null)])
    print()
    bits = found.claim is not None
    columns = _INDICES if bits else (_INDICES[0], *_INDICES[2:])
    print_table(columns, [_indices(each, bits=bits) for each in (*told, found.null)])
    print()
    for note in _notes(found):
        print_text(note)


_MEANINGS = (
    Column("rank"),
    Column("factor"),
    Column("which", wraps=True),
    Column("share of the variance\n[95 % interval]"),
    Column("more of it\nmakes it", wraps=True),
    Column("rests on", wraps=True),
)
_INDICES = (
    Column("factor"),
    Column("information\nbits"),
    Column("PAWN"),
    Column("slope\nof ranks"),
    Column("delta"),
)


def _meaning(found: "Sensitivity", each: "FactorSensitivity") -> Row:
    does = each.standing.does
    way = _way(each.slope, claim=found.claim is not None)
    rests = str(each.standing) if each is not found.null else "-"
    return (each.place, each.column, does, aligned(each.share.in_percent), way, rests)


def _way(slope: "Index", *, claim: bool) -> str:
    more, less = ("likelier", "less likely") if claim else ("greater", "smaller")
    return more if slope.low > 0.0 else less if slope.high < 0.0 else "no telling"


def _indices(each: "FactorSensitivity", *, bits: bool) -> Row:
    found = (each.bits, each.pawn, each.slope, each.delta) if bits else (each.pawn, each.slope, each.delta)
    return (each.column, *(_number(index, signed=index is each.slope) for index in found))


def _number(index: "Index | None", *, signed: bool) -> str:
    if index is None:
        return "-"
    value = f"{index.value:+.2f}" if signed else f"{index.value:.2f}"
    return f"{value} [{index.low:.2f} to {index.high:.2f}]".replace(" ", NO_BREAK)


def _notes(found: "Sensitivity") -> list[str]:
    left = [each.column for each in found.factors if not each.apart]
    notes = []
    if left:
        more = f" and {len(left) - MOST_LISTED} more" if len(left) > MOST_LISTED else ""
        notes.append(f"Not told apart from chance: {', '.join(left[:MOST_LISTED])}{more}.")
    notes.append(
        f"One at a time the factors tell {found.together.in_percent} of the variance of {found.of}; the rest is what "
        "they do together, and chance."
    )
    notes.append(
        f"{found.null.column} is a number drawn at random and used nowhere: a factor counts as told apart when an "
        "interval of its share, of PAWN or of the size of its slope lies above that of the null. Factors whose "
        "shares have intervals that overlap are tied."
    )
    delta = (
        f"; delta is computed from {found.delta_rows:,} replications"
        if found.delta_rows
        else "; delta is left out, since too many values are equal"
    )
    notes.append(
        f"PAWN, slope and delta are of {found.response} ({found.description}, in {found.unit}); slopes of ranks tell "
        f"{found.fit.in_percent} of its variance by ranks{delta}."
    )
    if found.correlated:
        notes.append(f"Drawn correlated, so that their shares overlap: {', '.join(found.correlated)}.")
    if found.held:
        notes.append(f"Held at one value: {', '.join(found.held)}.")
    failed = f", {found.failed:,} failed and left out" if found.failed else ""
    met = f", {found.hits:,} meet the claim" if found.hits is not None else ""
    notes.append(
        f"{counted(found.n, 'replication')}{met}{failed}; intervals of {100 * found.level:.4g} % by {found.method}."
    )
    return notes
