"""What was made and delivered week by week: quantiles over replications."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.analysis.amounts import WHOLE, counting_as
from simulator.analysis.intervals import Ints
from simulator.analysis.tabular import Tabular
from simulator.model.claims import Claim

if TYPE_CHECKING:
    import pandas as pd

    from simulator.results import Run

SHARES: Final = (0.05, 0.25, 0.5, 0.75, 0.95)
WEEK: Final = 7
"""Days."""


@dataclass(frozen=True, slots=True)
class Needed:
    """What a claim would take in every week of its window."""

    claim: str
    first: date
    last: date
    """The last day of the window."""
    a_week: float
    """Its figure, spread evenly over the window."""


@dataclass(frozen=True, slots=True)
class Fan:
    """What one scenario made or delivered in each week; tuples as long as `starts`."""

    scenario: str
    quantity: str
    materials: tuple[str, ...]
    """Empty for all final products."""
    unit: str
    n: int
    """Replications, without those that failed."""
    starts: tuple[date, ...]
    """The first day of each week."""
    days: tuple[int, ...]
    """Of each week; the last of a run may be short."""
    p05: tuple[float, ...]
    """Order statistics, week by week."""
    p25: tuple[float, ...]
    median: tuple[float, ...]
    p75: tuple[float, ...]
    p95: tuple[float, ...]
    needed: tuple[Needed, ...]


@dataclass(frozen=True, slots=True)
class Weekly(Tabular):
    """What every scenario made and delivered week by week, of the materials that claims speak of."""

    fans: tuple[Fan, ...]

    def to_frame(self) -> "pd.DataFrame":
        """Return a row for each week of each fan."""
        import pandas as pd

        return pd.DataFrame(
            [
                {
                    "scenario": fan.scenario,
                    "quantity": fan.quantity,
                    "unit": fan.unit,
                    "week_from": start.isoformat(),
                    "days": days,
                    **dict(zip(("p05", "p25", "median", "p75", "p95"), figures, strict=True)),
                    "n": fan.n,
                }
                for fan in self.fans
                for start, days, *figures in zip(
                    fan.starts, fan.days, fan.p05, fan.p25, fan.median, fan.p75, fan.p95, strict=True
                )
            ]
        )


def weekly(run: "Run") -> Weekly:
    """Return quantiles of what was made and delivered in each week, in every scenario.

    Where claims speak of some materials it is of these, once for each set of them; else of all final products.
    What is not counted by week is left out, and what no claim
    speaks of and hardly ever is above 0. Raises ResultsError when a file is damaged.
    """
    asked: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for name, claim in run.claims.items():
        if claim.quantity in WHOLE:
            asked.setdefault((claim.quantity, claim.materials), []).append(name)
    for quantity in WHOLE:
        if all(quantity != known for known, _ in asked):
            asked[quantity, ()] = []
    order = sorted(asked.items(), key=lambda each: WHOLE.index(each[0][0]))
    found: list[Fan] = []
    for (quantity, materials), names in order:
        meant = counting_as(run.experiment.system, materials)
        series = [f"{quantity}.{material}" for material in meant] or [quantity]
        counted = [name for name in series if name in run.series]
        if counted:
            claims = {name: run.claims[name] for name in names}
            fans = list(_fans(run, quantity, materials, counted, claims))
            if claims or any(max(fan.p95, default=0.0) > 0.0 for fan in fans):
                found += fans
    places = {name: place for place, name in enumerate(run.scenarios)}
    return Weekly(tuple(sorted(found, key=lambda fan: places[fan.scenario])))


def _fans(
    run: "Run", quantity: str, materials: tuple[str, ...], series: list[str], claims: dict[str, Claim]
) -> Iterator[Fan]:
    horizon = run.experiment.horizon
    needed = tuple(_needed(name, claim) for name, claim in claims.items())
    for scenario in run.scenarios:
        total: Ints = np.sum(list(run.by_week(scenario, series)), axis=0)
        starts = [horizon.start + timedelta(days=WEEK * week) for week in range(total.shape[1])]
        p05, p25, median, p75, p95 = _quantiles(total)
        yield Fan(
            scenario=scenario,
            quantity=quantity,
            materials=materials,
            unit=run.series[series[0]].unit,
            n=len(total),
            starts=tuple(starts),
            days=tuple(min(WEEK, (horizon.end - start).days) for start in starts),
            p05=p05,
            p25=p25,
            median=median,
            p75=p75,
            p95=p95,
            needed=needed,
        )


def _quantiles(counts: Ints) -> Iterator[tuple[float, ...]]:
    """Iterate over the order statistics of each week, of counts of shape (replications, weeks)."""
    if not len(counts):
        yield from ((),) * len(SHARES)
        return
    rising = np.sort(np.ascontiguousarray(counts.T), axis=1)
    for share in SHARES:
        place = max(0, int(np.ceil(share * len(counts))) - 1)
        yield tuple(rising[:, place].astype(float).tolist())


def _needed(name: str, claim: Claim) -> Needed:
    days = (claim.by - claim.from_).days + 1
    return Needed(name, claim.from_, claim.by, claim.at_least * WEEK / days)
