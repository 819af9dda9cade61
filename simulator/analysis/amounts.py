"""What was made, available and delivered, as the claims ask for it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from simulator.analysis.estimate import claim_column, claim_of
from simulator.errors import ResultsError
from simulator.model.claims import MATERIAL_QUANTITIES, Claim

if TYPE_CHECKING:
    from simulator.model.description import SystemDescription
    from simulator.results import Run

WHOLE: Final = ("made", "delivered")
"""The responses that stand for a run without claims."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim, as far as it marks an amount."""

    claim: str
    at_least: float


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity of some materials in a window, with the claims that speak of just this."""

    quantity: str
    column: str
    """Where its values stand in the rows of a run."""
    unit: str
    materials: tuple[str, ...]
    """Empty for all final products."""
    window: tuple[date, date] | None
    """First and last day; None for the whole run."""
    claims: tuple[Claimed, ...]

    @property
    def name(self) -> str:
        """The quantity and its window in words."""
        if self.window is None:
            return self.quantity
        first, last = self.window
        start = f"{first:%-d %b}" if first.year == last.year else f"{first:%-d %b %Y}"
        return f"{self.quantity}, {start} to {last:%-d %b %Y}"


def amounts(run: "Run", claim: str | None = None) -> tuple[Amount, ...]:
    """Return the amounts that claims speak of, those made first, then available, then delivered.

    With a `claim` they are those of its window alone. Of a run without such claims they are all that was made and
    all that was delivered. Raises ResultsError for a claim that the run has not.
    """
    window = None if claim is None else claim_of(run, claim).window
    alike: dict[tuple[str, tuple[str, ...], tuple[date, date]], list[str]] = {}
    for name, each in run.claims.items():
        if each.quantity in MATERIAL_QUANTITIES and window in (None, each.window):
            alike.setdefault((each.quantity, each.materials, each.window), []).append(name)
    if not alike:
        return tuple(_of_whole_run(run))
    order = sorted(alike.items(), key=lambda item: MATERIAL_QUANTITIES.index(item[0][0]))
    return tuple(_amount(run, names, run.claims[names[0]]) for _, names in order)


def counting_as(system: "SystemDescription", materials: Iterable[str]) -> list[str]:
    """Return some materials with those that count as them, in the order of the document."""
    wanted = set(materials)
    return [name for name, each in system.materials.items() if name in wanted or each.counts_as in wanted]


def _amount(run: "Run", names: list[str], claim: Claim) -> Amount:
    return Amount(
        quantity=claim.quantity,
        column=claim_column(names[0]),
        unit=run.column(claim_column(names[0])).unit,
        materials=claim.materials,
        window=claim.window,
        claims=tuple(Claimed(name, run.claims[name].at_least) for name in names),
    )


def _of_whole_run(run: "Run") -> Iterator[Amount]:
    for name in WHOLE:
        try:
            column = run.column(name)
        except ResultsError:
            continue
        yield Amount(name, name, column.unit, (), None, ())
