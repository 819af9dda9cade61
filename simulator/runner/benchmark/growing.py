"""How the cost of a bound event grows with the size of a system and with the time it is simulated for."""

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from simulator.errors import ConfigError, Fault
from simulator.model.experiment import Experiment, Horizon
from simulator.model.scenario.scenarios import Scenario, median_draw
from simulator.runner.benchmark.enlarging import enlarged
from simulator.runner.benchmark.stages import Cost, cost, total
from simulator.runner.keeping import keep_memory

PLANTS = (10, 30, 100, 300, 1000, 3000)
DAYS = (30, 365, 3652)
"""One month, one year, ten years."""
BASE_LINES = 100
"""The size that others are compared with: the system whose lines are nearest to so many."""
LEAST_EVENTS = 400_000
"""Bound events that a size is measured over, at least."""
FEWEST = 3
"""Replications that it is measured over, at least."""
MOST = 1_000
"""Replications that it is measured over, at most, however little happens in them."""
_NOTHING = (
    "nothing happens in it with {size:,} plants for {span:,} days, so that there is no cost of an event to grow;"
    " give a scenario in which something is made, delivered or sent"
)


@dataclass(frozen=True, slots=True)
class Grown:
    """What a bound event costs in a system of some size over some days, in nanoseconds."""

    plants: int
    lines: int
    days: int
    replications: int
    bound_events: int
    """Of one replication, their mean."""
    rows_an_event: float
    tables_ns: float
    unfold_ns: float
    measure_ns: float

    @property
    def whole_ns(self) -> float:
        """Path and responses."""
        return self.tables_ns + self.unfold_ns + self.measure_ns


@dataclass(frozen=True, slots=True)
class Growth:
    """The same system in several sizes, each over the shortest time, then one size over longer times."""

    sizes: tuple[Grown, ...]
    times: tuple[Grown, ...]

    @property
    def base(self) -> Grown:
        """The size that others are compared with."""
        return min(self.sizes, key=lambda each: abs(each.lines - BASE_LINES))

    def ratio(self, grown: Grown) -> float:
        """Return the cost of an event, path and responses, over that of the base."""
        return grown.whole_ns / self.base.whole_ns

    def as_dict(self) -> dict[str, Any]:
        """Return the figures as plain values."""
        return {
            "base_lines": self.base.lines,
            **{
                name: [
                    asdict(each) | {"whole_ns": each.whole_ns, "ratio": self.ratio(each)} for each in group
                ]
                for name, group in (("sizes", self.sizes), ("times", self.times))
            },
        }


def growth(
    experiment: Experiment,
    scenario: str,
    *,
    plants: Sequence[int] = PLANTS,
    days: Sequence[int] = DAYS,
    least_events: int = LEAST_EVENTS,
) -> Growth:
    """Measure the compiled engine on a scenario with its factors at their medians, in several sizes.

    From then on this process keeps its memory as the workers of a run do. Raises ModelError when the medians
    together describe no system, ConfigError when nothing happens in it.
    """
    described = Scenario(experiment, scenario).describe(median_draw(experiment))
    keep_memory()

    def grown(size: int, span: int) -> Grown:
        horizon = _lasting(experiment.horizon, span)
        larger = enlarged(described, size)

        def once(replication: int) -> Cost:
            return cost(
                larger,
                experiment,
                replication=replication,
                engine="compiled",
                began=time.process_time(),
                horizon=horizon,
            )

        once(0)
        costs: list[Cost] = []
        while len(costs) < FEWEST or (len(costs) < MOST and total(costs, "bound_events") < least_events):
            costs.append(once(len(costs)))
        if not total(costs, "bound_events"):
            raise ConfigError([Fault(f"scenario {scenario}", _NOTHING.format(size=size, span=span))])
        return _grown(size, span, costs)

    sizes = tuple(grown(size, days[0]) for size in plants)
    middle = min(sizes, key=lambda each: abs(each.lines - BASE_LINES)).plants
    return Growth(sizes, tuple(grown(middle, span) for span in days[1:]))


def _lasting(horizon: Horizon, days: int) -> Horizon:
    """Return a horizon of the same start and warm-up that is so many days long."""
    return horizon.model_copy(update={"end": horizon.start + timedelta(days=days)})


def _grown(plants: int, days: int, costs: Sequence[Cost]) -> Grown:
    events = total(costs, "bound_events")
    return Grown(
        plants=plants,
        lines=costs[0].lines,
        days=days,
        replications=len(costs),
        bound_events=round(events / len(costs)),
        rows_an_event=total(costs, "rows") / events,
        tables_ns=1e9 * total(costs, "tables_s") / events,
        unfold_ns=1e9 * total(costs, "unfold_s") / events,
        measure_ns=1e9 * total(costs, "measure_s") / events,
    )
