"""The workers of a run: what they do, and what becomes of work that ends them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from simulator.errors import RunError
from simulator.results.manifest import BlockRecord
from simulator.runner.blocks import Block, Retry
from simulator.runner.cross_check import Repeated, RepeatJob, Repetition
from simulator.runner.execute import BlockJob, Registered
from simulator.runner.executors import Care, Executor, Processes, Serial
from simulator.runner.orders import Order
from simulator.runner.warming import warm_up

Task = Block | Retry | Repetition
Done = BlockRecord | Repeated

PROBED = 2
"""Replications of a block whose time is allowed for: the first blocks of a run have so many, however long each is;
later ones have more only when they are quick."""
SLOWER = 100
"""How much longer than a replication its repetition on the reference engine may take."""


@dataclass(frozen=True, slots=True)
class RunJob:
    """What the workers of a run do: compute blocks, then repeat replications."""

    blocks: BlockJob
    repetitions: RepeatJob

    def start(self) -> Callable[[Task], Done]:
        """Load what is needed, and return what carries out a task."""
        compute, repeat = self.blocks.start(), self.repetitions.start()
        return lambda task: repeat(task) if isinstance(task, Repetition) else compute(task)

    def halves(self, task: Task) -> Sequence[Task]:
        """Return a task in two, or nothing when it is one replication, or failed ones of a block."""
        return task.halves() if isinstance(task, Block) else ()

    def given_up(self, task: Task, how: str) -> Done:
        """Commit the replication that ends its workers as failed; raises RunError for a repetition.

        A block with failed replications that end their workers stays as it is stored.
        """
        if isinstance(task, Block):
            return self.blocks.given_up(task, how)
        if isinstance(task, Retry):
            return task.record
        raise RunError(
            f"{task}: its worker {how}, each time, so it cannot be said whether the engines are equal there;"
            " the rows are kept, run again to try it once more"
        )


@dataclass(frozen=True, slots=True)
class _Warmed:
    """The job of a run for a process of its own, in which nothing is compiled or loaded yet."""

    job: RunJob

    def start(self) -> Callable[[Task], Done]:
        work = self.job.start()
        warm_up(self.job.blocks.engine)
        return work


def crew(order: Order, folder: Path) -> Executor[Task, Done]:
    """Return the executor that carries out an order in a results folder."""
    blocks = BlockJob.of(order.experiment, folder, engine=order.engine)
    job = RunJob(blocks, RepeatJob(order.experiment, Registered.here()))
    if not order.workers:
        return Serial(job)

    def limit_s(task: Task) -> float:
        if isinstance(task, Retry):
            return order.timeout_s * task.record.failed
        count = min(task.count, PROBED) if isinstance(task, Block) else SLOWER
        return order.timeout_s * count

    care: Care[Task, Done] = Care(halves=job.halves, given_up=job.given_up, limit_s=limit_s)
    if order.executor != "dask":
        return Processes(_Warmed(job), workers=order.workers, care=care)
    from simulator.runner.executors.dask import Dask

    return Dask(_Warmed(job), workers=order.workers, scheduler=order.scheduler, care=care)
