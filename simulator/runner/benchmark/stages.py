"""One replication, with the processor time that each of its stages takes."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from simulator import engines, responses
from simulator.model.description import SystemDescription
from simulator.model.experiment import Experiment, Horizon
from simulator.model.realising.realise import realise
from simulator.model.scenario.scenarios import Scenario
from simulator.model.system import System
from simulator.path import SamplePath
from simulator.runner.plan import Plan


@dataclass(frozen=True, slots=True)
class Cost:
    """What one replication took, in seconds by stage, and how much happened in it."""

    describe_s: float
    """From a draw to a system: describe, realise."""
    tables_s: float
    """From a system to the tables of the compiled engine; 0 on the reference engine, which has none."""
    unfold_s: float
    """From a system, or its tables, to a path."""
    measure_s: float
    """From a path to claims and responses."""
    bound_events: int
    rows: int
    lines: int

    @property
    def whole_s(self) -> float:
        """The whole replication."""
        return self.describe_s + self.path_s

    @property
    def simulate_s(self) -> float:
        """From a system to a path, as `engines.simulate` does it: tables, unfold."""
        return self.tables_s + self.unfold_s

    @property
    def path_s(self) -> float:
        """From a system to claims and responses: tables, unfold, measure."""
        return self.simulate_s + self.measure_s


class Replications:
    """The replications of one scenario by a plan, each on the engine asked for."""

    def __init__(self, experiment: Experiment, scenario: str, plan: Plan) -> None:
        self._experiment = experiment
        self._scenario = Scenario(experiment, scenario)
        self._plan = plan

    def cost(self, replication: int, *, engine: str) -> Cost:
        """Carry out a replication, and return what it took; raises as its stages do."""
        began = time.process_time()
        described = self._scenario.describe(self._plan.draw(replication))
        return cost(described, self._experiment, replication=replication, engine=engine, began=began)


def cost(
    described: SystemDescription,
    experiment: Experiment,
    *,
    replication: int,
    engine: str,
    began: float,
    horizon: Horizon | None = None,
) -> Cost:
    """Realise, unfold, measure a described system, and return what that took since `began`.

    The horizon is the experiment's own unless another is given.
    """
    seed = experiment.seed
    system = realise(described, horizon=horizon or experiment.horizon, seed=seed, replication=replication)
    times = [began, time.process_time()]
    path = _path(system, seed, replication, engine, times)
    responses.measure(path, experiment.claims if horizon is None else {})
    times.append(time.process_time())
    describe_s, tables_s, unfold_s, measure_s = (after - before for before, after in pairwise(times))
    return Cost(
        describe_s=describe_s,
        tables_s=tables_s,
        unfold_s=unfold_s,
        measure_s=measure_s,
        bound_events=path.bound_events,
        rows=len(path.rows),
        lines=len(system.lines),
    )


def _path(system: System, seed: int, replication: int, engine: str, times: list[float]) -> SamplePath:
    """Return a path, having added when its tables were ready and when it was."""
    if engine == "compiled":
        from simulator.engines.compiled.engine import announce, carried_out
        from simulator.engines.compiled.tables import tables

        announce()
        flat = tables(system, seed=seed, replication=replication)
        times.append(time.process_time())
        path = carried_out(system, flat)
    else:
        times.append(times[-1])
        path = engines.simulate(system, seed=seed, replication=replication, engine=engine)
    times.append(time.process_time())
    return path


def total(costs: Sequence[Cost], what: str) -> float:
    """Return the sum of a figure over some costs."""
    return float(sum(getattr(each, what) for each in costs))
