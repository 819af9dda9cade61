"""First-order shares by factor, for those who only need to know which factors matter most for a claim."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from simulator.analysis.indicator import indicator
from simulator.analysis.sensitivity.answer import see_enough, see_factors
from simulator.analysis.sensitivity.drawn import Drawn, drawn
from simulator.analysis.sensitivity.first_order import variance_shares
from simulator.analysis.sensitivity.places import places
from simulator.analysis.sensitivity.resampling import Index
from simulator.analysis.tabular import Tabular
from simulator.errors import ResultsError

if TYPE_CHECKING:
    import pandas as pd

    from simulator.results import Run


@dataclass(frozen=True, slots=True)
class FactorShare:
    """The share of one factor; of a Dirichlet factor the greatest of its parts, which is a lower bound."""

    factor: str
    share: Index
    apart: bool
    """Whether its whole interval lies above that of the null."""
    rank: tuple[int, int] | None
    """The best and the worst place that the intervals leave; None where it is not told from chance."""


@dataclass(frozen=True, slots=True)
class Shares(Tabular):
    """First-order shares by factor, the greatest first."""

    scenario: str
    claim: str
    of: Literal["claim", "quantity"]
    """Of whether the claim is met; of its quantity where hits or misses are too few."""
    factors: tuple[FactorShare, ...]
    null: Index
    together: Index
    """The sum of the shares; interactions and chance are the rest."""

    @property
    def names(self) -> tuple[str, ...]:
        """The factors that are told from chance, the greatest share first."""
        return tuple(each.factor for each in self.factors if each.apart)

    def to_frame(self) -> "pd.DataFrame":
        import pandas as pd

        return pd.DataFrame(
            {
                "factor": each.factor,
                "share": each.share.value,
                "low": each.share.low,
                "high": each.share.high,
                "apart": each.apart,
                "of": self.of,
            }
            for each in self.factors
        )


def shares(run: "Run", claim: str, scenario: str | None = None, *, columns: Drawn | None = None) -> Shares:
    """Return the share of every factor in a claim in a scenario, the first of the run unless one is named.

    `columns` are what was drawn in the scenario, where they are at hand: they need not be read again then. Raises
    ResultsError for a name that the run has not, for too few replications, and for a quantity that is the same in
    all of them.
    """
    met = indicator(run, claim, scenario)
    see_enough(met.sample)
    if columns is None or not columns.serves(met.sample):
        columns = drawn(run, met.sample)
    see_factors(columns)
    values = met.hit.astype(np.float64) if met.enough else met.sample.values
    *found, null, together = variance_shares(columns, values, level=met.sample.level)
    greatest: dict[str, Index] = {}
    for name, share in zip(columns.names[:-1], found, strict=True):
        factor = name.partition(".")[0]
        if factor not in greatest or share.value > greatest[factor].value:
            greatest[factor] = share
    apart = [each.above(null) for each in greatest.values()]
    ranks = places(list(greatest.values()), apart)
    rows = [
        FactorShare(factor, share, told, rank)
        for (factor, share), told, rank in zip(greatest.items(), apart, ranks, strict=True)
    ]
    return Shares(
        scenario=met.sample.scenario,
        claim=claim,
        of="claim" if met.enough else "quantity",
        factors=tuple(sorted(rows, key=lambda row: -row.share.value)),
        null=null,
        together=together,
    )


def leading(run: "Run", asked: Iterable[tuple[str, str]]) -> Iterator[tuple[str, ...]]:
    """Iterate over the factors that are told from chance for each claim and scenario asked, the greatest share first.

    There are none where the rows do not tell. What was drawn in a scenario is read and dealt into classes once
    while it is asked about.
    """
    columns, last = None, None
    for claim, scenario in asked:
        try:
            if scenario != last:
                values = indicator(run, claim, scenario).sample
                see_enough(values)
                columns, last = drawn(run, values), scenario
            yield shares(run, claim, scenario, columns=columns).names
        except ResultsError:
            yield ()
