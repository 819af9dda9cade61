"""Both engines on the same replications, in turn, so that what disturbs the machine disturbs both."""

import time
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from simulator.model.experiment import Experiment
from simulator.runner.benchmark.stages import Cost, Replications, total
from simulator.runner.keeping import keep_memory
from simulator.runner.plan import plan

ENGINES = ("compiled", "reference")


@dataclass(frozen=True, slots=True)
class EngineCosts:
    """What replications took on one engine."""

    engine: str
    first_s: float
    """By the clock, the first replication of the process, which loads or compiles code; it is not in `costs`."""
    compiled: bool | None
    """Whether the code had to be compiled, and was not in the cache; None where nothing ever is."""
    costs: tuple[Cost, ...]

    def mean_ms(self, stage: str) -> float:
        """Return the mean of a stage of a replication, named as in `Cost`, in milliseconds."""
        return 1e3 * total(self.costs, stage) / len(self.costs)

    def per_second(self, what: str, stage: str = "whole_s") -> float:
        """Return how many bound events, or rows, there are to a second of a stage."""
        return total(self.costs, what) / total(self.costs, stage)

    def as_dict(self) -> dict[str, Any]:
        """Return the figures as plain values."""
        stages = "describe_s", "tables_s", "unfold_s", "measure_s", "whole_s"
        return {
            "first_seconds": self.first_s,
            "compiled": self.compiled,
            "replications": len(self.costs),
            "milliseconds": {name.removesuffix("_s"): self.mean_ms(name) for name in stages},
            "replications_per_second": 1e3 / self.mean_ms("whole_s"),
            "bound_events": total(self.costs, "bound_events") / len(self.costs),
            "rows": total(self.costs, "rows") / len(self.costs),
            "bound_events_per_second": self.per_second("bound_events"),
            "bound_events_per_second_path_and_responses": self.per_second("bound_events", "path_s"),
            "rows_per_second": self.per_second("rows"),
            "costs": [asdict(each) for each in self.costs],
        }


@dataclass(frozen=True, slots=True)
class SideBySide:
    """What the same replications took on each engine."""

    engines: tuple[EngineCosts, ...]

    @property
    def ratio(self) -> float | None:
        """How many times longer the reference engine takes, whole replications: the median of the pairs."""
        return self._ratio("whole_s")

    @property
    def path_ratio(self) -> float | None:
        """The same for path and responses, without what both share."""
        return self._ratio("path_s")

    def as_dict(self) -> dict[str, Any]:
        """Return the figures as plain values."""
        engines = {each.engine: each.as_dict() for each in self.engines}
        return {**engines, "ratio": self.ratio, "ratio_of_paths_and_responses": self.path_ratio}

    def _ratio(self, stage: str) -> float | None:
        of = {each.engine: each.costs for each in self.engines}
        if len(of) < len(ENGINES):
            return None
        pairs = zip(of["reference"], of["compiled"], strict=True)
        ratios: list[float] = [getattr(slow, stage) / getattr(quick, stage) for slow, quick in pairs]
        return median(ratios)


def side_by_side(
    experiment: Experiment, scenario: str, *, replications: int, engines: tuple[str, ...] = ENGINES
) -> SideBySide:
    """Carry out replications on engines in turn, as a worker of a run does, and return what they took.

    From then on this process keeps its memory as workers do.
    Raises ConfigError for a scenario that cannot be compiled, ModelError for a draw that describes no system.
    """
    found = Replications(experiment, scenario, plan(experiment, replications))
    first = {}
    for engine in engines:
        began = time.perf_counter()
        found.cost(0, engine=engine)
        first[engine] = time.perf_counter() - began
    keep_memory()  # as a worker, once it has loaded what it needs
    costs: dict[str, list[Cost]] = {engine: [] for engine in engines}
    for replication in range(replications):
        # who goes first changes, as what the one leaves in the processor's caches slows the other
        for engine in engines if replication % 2 == 0 else reversed(engines):
            costs[engine].append(found.cost(replication, engine=engine))
    return SideBySide(
        tuple(
            EngineCosts(engine, first[engine], _was_compiled(engine), tuple(costs[engine]))
            for engine in engines
        )
    )


def _was_compiled(engine: str) -> bool | None:
    if engine != "compiled":
        return None
    from simulator.engines.compiled.unfold import unfold

    # with the compiler switched off it is a plain function
    statistics = getattr(unfold, "stats", None)
    return None if statistics is None else bool(statistics.cache_misses)
