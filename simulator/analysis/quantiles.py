"""How a response is spread: its quantiles, with intervals."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from simulator.analysis.intervals import quantile, quantile_interval
from simulator.analysis.sample import Sample, sample
from simulator.analysis.tabular import Tabular
from simulator.errors import ResultsError

if TYPE_CHECKING:
    import pandas as pd

    from simulator.results import Run

USUAL = (0.05, 0.5, 0.95)
"""The probabilities of the quantiles that are given when none are named."""


@dataclass(frozen=True, slots=True)
class Quantile(Tabular):
    """A quantile of a response in a scenario: an order statistic, in `unit`, and its interval."""

    scenario: str
    column: str
    unit: str
    probability: float
    value: float
    """NaN when every replication failed."""
    low: float
    """The interval of 95 %, wider when the run could end after several looks; infinite where n is too few."""
    high: float
    n: int
    """Replications, without those that failed."""
    failed: int
    method: str
    """How the interval was made."""

    @property
    def half_width(self) -> float:
        """Half of the way from `low` to `high`."""
        return (self.high - self.low) / 2.0

    def to_frame(self) -> "pd.DataFrame":
        import pandas as pd

        return pd.DataFrame([asdict(self)])


@dataclass(frozen=True, slots=True)
class Quantiles(Tabular):
    """Quantiles of a response in a scenario, in the order in which they were asked for."""

    quantiles: tuple[Quantile, ...]

    def __iter__(self) -> Iterator[Quantile]:
        return iter(self.quantiles)

    def __len__(self) -> int:
        return len(self.quantiles)

    def to_frame(self) -> "pd.DataFrame":
        import pandas as pd

        return pd.DataFrame([asdict(each) for each in self.quantiles])


def quantiles(
    run: "Run", column: str, scenario: str | None = None, *, probabilities: tuple[float, ...] = USUAL
) -> Quantiles:
    """Return quantiles of a column in a scenario, the first of the run unless one is named.

    Raises ResultsError for a scenario or a column that the run has not, and for a probability of 0 or 1 or beyond.
    """
    wrong = [each for each in probabilities if not 0.0 < each < 1.0]
    if wrong:
        raise ResultsError(f"there is no quantile of probability {wrong[0]}; give one between 0 and 1")
    drawn = sample(run, column, scenario)
    return Quantiles(tuple(_quantile(drawn, each) for each in probabilities))


def _quantile(drawn: Sample, probability: float) -> Quantile:
    interval = quantile_interval(drawn.values, probability, drawn.scramble, level=drawn.level)
    return Quantile(
        scenario=drawn.scenario,
        column=drawn.column,
        unit=drawn.unit,
        probability=probability,
        value=quantile(drawn.values, probability),
        low=interval.low,
        high=interval.high,
        n=len(drawn.values),
        failed=drawn.failed,
        method=interval.method,
    )
