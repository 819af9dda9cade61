"""How the amounts that claims speak of are spread, in every scenario: densities and quantiles."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.analysis.amounts import Amount, amounts
from simulator.analysis.intervals import Floats
from simulator.analysis.sample import Sample, sample
from simulator.analysis.tabular import Tabular

if TYPE_CHECKING:
    import pandas as pd

    from simulator.results import Run

POINTS: Final = 56
"""Of a density."""
BINS: Final = 400
"""Into which values are counted before they are smoothed."""
WIDE: Final = 10.0
"""Values above 0 of which the middle 96 % spread by more than this factor are smoothed on a logarithmic scale."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How an amount is spread in one scenario; quantiles are order statistics, in its unit, NaN without values."""

    scenario: str
    n: int
    failed: int
    none: float
    """Share of replications in which it is 0 exactly; they are no part of the density."""
    p05: float
    p25: float
    median: float
    p75: float
    p95: float
    density: tuple[float, ...]
    """At `at` of the ridge: share of replications per unit or, on a logarithmic scale, per factor of ten."""


@dataclass(frozen=True, slots=True)
class Ridge:
    """The densities of one amount, a scenario each, all at the same values."""

    amount: Amount
    logarithmic: bool
    at: tuple[float, ...]
    """Rising, in the unit of the amount; empty when it is 0 in every replication."""
    spreads: tuple[Spread, ...]


@dataclass(frozen=True, slots=True)
class Densities(Tabular):
    """The amounts that claims speak of, those made first, then available, then delivered."""

    ridges: tuple[Ridge, ...]

    def to_frame(self) -> "pd.DataFrame":
        """Return a row of quantiles for each amount and scenario."""
        import pandas as pd

        shown = ("none", "p05", "p25", "median", "p75", "p95", "n", "failed")
        return pd.DataFrame(
            [
                {"quantity": ridge.amount.name, "scenario": each.scenario, "unit": ridge.amount.unit}
                | {name: getattr(each, name) for name in shown}
                for ridge in self.ridges
                for each in ridge.spreads
            ]
        )


def densities(run: "Run", claim: str | None = None) -> Densities:
    """Return how what was made, available and delivered is spread, as the claims ask for it.

    With a `claim`, in its window alone. Of a run without such claims, all that was made and delivered. Raises
    ResultsError for a claim that the run has not.
    """
    return Densities(tuple(_ridge(run, amount) for amount in amounts(run, claim)))


def _ridge(run: "Run", amount: Amount) -> Ridge:
    drawn = [sample(run, amount.column, scenario) for scenario in run.scenarios]
    positive = np.concatenate([each.values[each.values > 0.0] for each in drawn])
    if not len(positive):
        return Ridge(amount, False, (), tuple(_spread(each, ()) for each in drawn))
    low, high = np.quantile(positive, (0.02, 0.98))
    logarithmic = bool(high > WIDE * low)
    places = np.log10(positive) if logarithmic else positive
    first, last = float(np.quantile(places, 0.002)), float(places.max())
    margin = 0.03 * (last - first) or 0.1 * abs(last) or 1.0
    start = first - margin if logarithmic else max(0.0, first - margin)
    at = np.linspace(start, last + margin, POINTS)
    spreads = tuple(_spread(each, _smoothed(each.values, at, logarithmic=logarithmic)) for each in drawn)
    return Ridge(amount, logarithmic, tuple((10.0**at if logarithmic else at).tolist()), spreads)


def _spread(drawn: Sample, density: tuple[float, ...]) -> Spread:
    p05, p25, median, p75, p95 = drawn.quantiles(0.05, 0.25, 0.5, 0.75, 0.95)
    n = len(drawn.values)
    none = float(np.mean(drawn.values == 0.0)) if n else math.nan
    return Spread(drawn.scenario, n, drawn.failed, none, p05, p25, median, p75, p95, density)


def _smoothed(values: Floats, at: Floats, *, logarithmic: bool) -> tuple[float, ...]:
    """Return a Gaussian kernel density of the values above 0, shares of all values.

    Its bandwidth is Silverman's (*Density Estimation for Statistics and Data Analysis*, 1986, equation 3.31).
    """
    above = values[values > 0.0]
    if not len(above):
        return (0.0,) * len(at)
    places = np.log10(above) if logarithmic else above
    quarter, rest = np.quantile(places, (0.25, 0.75))
    spread = min(float(np.std(places)), float(rest - quarter) / 1.34) or float(np.std(places))
    step = float(at[1] - at[0])
    bandwidth = max(0.9 * spread * len(places) ** -0.2, step)
    counts, edges = np.histogram(places, bins=BINS)
    middles = (edges[1:] + edges[:-1]) / 2.0
    kernel = np.exp(-0.5 * ((at[:, None] - middles) / bandwidth) ** 2)
    density = kernel @ counts / (bandwidth * math.sqrt(2.0 * math.pi) * len(values))
    return tuple(density.tolist())
