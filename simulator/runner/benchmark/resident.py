"""How much memory a process has, and whether it grows with the replications it has carried out."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from simulator.model.experiment import Experiment
from simulator.runner.benchmark.stages import Replications
from simulator.runner.executors import Processes
from simulator.runner.plan import plan

MIB = 1 << 20
STAGES = (0, 1, 20, 220)
"""Replications after which a process is looked at; after 0 it has imported what it needs."""
DIFFERENT = 20
"""Replications that differ; then they come again, so that no larger path explains more memory."""


@dataclass(frozen=True, slots=True)
class Memory:
    """The resident memory of a process that does nothing else."""

    engine: str
    replications: tuple[int, ...]
    """How many it had carried out, rising from 0."""
    resident_mib: tuple[float, ...]
    """What it had then."""
    different: int = DIFFERENT
    """How many of them differ; the others are the same again."""

    def as_dict(self) -> dict[str, Any]:
        """Return the figures as plain values."""
        return asdict(self)


def memory(
    experiment: Experiment, scenario: str, *, engine: str, stages: tuple[int, ...] = STAGES
) -> Memory | None:
    """Return the memory of a process after some replications; None where the system does not tell.

    They are the first `DIFFERENT` ones of the plan, again and again.
    """
    if not _STATUS.is_file():
        return None
    tasks = [range(before, after) for before, after in pairwise((0, *stages))]
    with Processes(_Watched(experiment, scenario, engine), workers=1) as worker:
        return Memory(engine, stages, tuple(worker.map(tasks)))


_STATUS = Path("/proc/self/statm")


@dataclass(frozen=True, slots=True)
class _Watched:
    """Carries out replications, and says how much memory the process has then."""

    experiment: Experiment
    scenario: str
    engine: str

    def start(self) -> Callable[[range], float]:
        """Load what is needed."""
        import simulator.engines.compiled.engine
        import simulator.engines.reference  # noqa: F401 - memory above the imports is what is asked

        found = Replications(self.experiment, self.scenario, plan(self.experiment, DIFFERENT))

        def carry_out(replications: range) -> float:
            for replication in replications:
                found.cost(replication % DIFFERENT, engine=self.engine)
            return _resident_mib()

        return carry_out


def _resident_mib() -> float:
    from resource import getpagesize

    return int(_STATUS.read_text(encoding="ascii").split()[1]) * getpagesize() / MIB
