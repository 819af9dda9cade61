"""How likely the amounts that claims speak of are to reach each level, in every scenario."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.analysis.amounts import Amount, amounts
from simulator.analysis.densities import WIDE
from simulator.analysis.exceedance import Exceedance, exceedance_of
from simulator.analysis.intervals import Floats
from simulator.analysis.sample import sample
from simulator.analysis.tabular import Tabular

if TYPE_CHECKING:
    import pandas as pd

    from simulator.results import Run

LEVELS: Final = 40
"""At which curves are computed, besides the figures of claims."""
LEAST: Final = 0.01
"""Below this quantile of all amounts above 0 a logarithmic scale does not go."""
BEYOND: Final = 0.04
"""By so much of its length the scale goes beyond the greatest amount: a curve is seen to end there."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """One amount, with its exceedance curve in every scenario; all at the same levels."""

    amount: Amount
    curves: tuple[Exceedance, ...]


@dataclass(frozen=True, slots=True)
class Outlook(Tabular):
    """The amounts that claims speak of, those made first, then available, then delivered."""

    prospects: tuple[Prospect, ...]
    logarithmic: bool
    """Whether levels are evenly spread on a logarithmic scale, as amounts that spread widely need."""

    def to_frame(self) -> "pd.DataFrame":
        """Return a row for each level of each curve."""
        import pandas as pd

        frames = [
            curve.to_frame().assign(quantity=each.amount.name)
            for each in self.prospects
            for curve in each.curves
        ]
        return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def outlook(run: "Run", claim: str | None = None) -> Outlook:
    """Return the exceedance curves of what was made, available and delivered, as the claims ask for it.

    With a `claim`, in its window alone. Of a run without such claims, of all that was made and delivered. Raises
    ResultsError for a claim that the run has not.
    """
    drawn = {
        amount: [sample(run, amount.column, scenario) for scenario in run.scenarios]
        for amount in amounts(run, claim)
    }
    every = np.concatenate([np.zeros(0), *(each.values for samples in drawn.values() for each in samples)])
    figures = [each.at_least for amount in drawn for each in amount.claims]
    levels, logarithmic = _levels(every[every > 0.0], figures)
    return Outlook(
        tuple(
            Prospect(amount, tuple(exceedance_of(each, levels) for each in samples))
            for amount, samples in drawn.items()
        ),
        logarithmic,
    )


def _levels(amounts: Floats, figures: list[float]) -> tuple[list[float], bool]:
    """Return levels over amounts above 0, with those of claims, and whether they are spread on a logarithmic scale."""
    if not len(amounts):
        return sorted({0.0, 1.0, *figures}), False
    low, wide, high = np.quantile(amounts, (LEAST, 1.0 - LEAST, 1.0)).tolist()
    if wide > WIDE * low:
        high *= (high / low) ** BEYOND
        return sorted({*np.geomspace(low, high, LEVELS).tolist(), *figures}), True
    return sorted({*np.linspace(0.0, high * (1.0 + BEYOND), LEVELS).tolist(), *figures}), False
