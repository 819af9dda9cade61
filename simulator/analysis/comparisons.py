"""Several pairs of scenarios compared, the number of comparisons taken into account."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.analysis.compare import Comparison, compare
from simulator.analysis.tabular import Tabular

if TYPE_CHECKING:
    import pandas as pd

    from simulator.results import Run


@dataclass(frozen=True, slots=True)
class Comparisons(Tabular):
    """Comparisons of one response, with the p-values that stand when all of them are looked at."""

    comparisons: tuple[Comparison, ...]
    holm: tuple[float, ...]
    """For each comparison its p-value after Holm's correction for all of them."""

    def __iter__(self) -> Iterator[Comparison]:
        return iter(self.comparisons)

    def __len__(self) -> int:
        return len(self.comparisons)

    def to_frame(self) -> "pd.DataFrame":
        """Return a row for each pair; an interval of 95 % is of its pair alone, `p_holm` is for all pairs."""
        import pandas as pd

        return pd.DataFrame(
            {
                "a": each.a,
                "b": each.b,
                "response": each.response,
                "unit": each.unit,
                "measure": shown.measure,
                "difference": shown.difference,
                "low": shown.low,
                "high": shown.high,
                "median_difference": each.median.difference,
                "median_low": each.median.low,
                "median_high": each.median.high,
                "wasserstein": each.wasserstein,
                "kolmogorov": each.kolmogorov,
                "p_value": each.p_value,
                "p_holm": corrected,
                "comparisons": len(self),
                "n": each.n,
            }
            for each, corrected in zip(self.comparisons, self.holm, strict=True)
            for shown in (each.probability or each.mean,)
        )


def compare_many(
    run: "Run",
    scenarios: Sequence[str] | None = None,
    *,
    response: str = "delivered",
    claim: str | None = None,
) -> Comparisons:
    """Compare every two of some scenarios, all of the run unless they are named.

    See `compare`. What is corrected is the p-value of the claim's probability or, without a claim, of the
    mean.
    """
    named = run.scenarios if scenarios is None else tuple(scenarios)
    found = tuple(
        compare(run, a, b, response=response, claim=claim) for a, b in itertools.combinations(named, 2)
    )
    return Comparisons(found, holm([each.p_value for each in found]))


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return p-values corrected for their number (Holm, Scandinavian Journal of Statistics 6, 1979).

    The smallest is multiplied by their number, the next by one less, and so on; none is less than one before
    it.
    """
    corrected = [1.0] * len(p_values)
    least = 0.0
    order = sorted(range(len(p_values)), key=lambda place: p_values[place])
    for rank, place in enumerate(order):
        least = max(least, min(1.0, (len(p_values) - rank) * p_values[place]))
        corrected[place] = least
    return tuple(corrected)
