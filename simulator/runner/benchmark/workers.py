"""Two workers of a run beside two unrelated copies of one, which share nothing but the machine."""

import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from simulator import responses
from simulator.errors import RunError
from simulator.model.experiment import Experiment
from simulator.model.scenario.scenarios import Scenario
from simulator.results import atomic
from simulator.runner.blocks import Block
from simulator.runner.execute import BlockJob, unfold
from simulator.runner.executors import Job, Processes
from simulator.runner.keeping import keep_memory
from simulator.runner.stored_plan import StoredPlan, store

WORKERS = 2
BLOCKS = 4
"""Blocks of one worker in a round."""
SECONDS = 4.0
"""About how long a round takes."""
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Parallel:
    """What two processes do together, as workers and as unrelated copies, in rounds taken in turn."""

    writing: bool
    """Whether blocks were written and flushed to the disk, too."""
    replications: int
    """Of a round, by both processes."""
    workers: tuple[float, ...]
    """Replications a second of each round by two workers of the executor."""
    copies: tuple[float, ...]
    """The same by two copies."""

    @property
    def efficiency(self) -> float:
        """The workers' replications a second over the copies', medians of the rounds."""
        return median(self.workers) / median(self.copies)

    def as_dict(self) -> dict[str, Any]:
        """Return the figures as plain values."""
        return asdict(self) | {"efficiency": self.efficiency}


def parallel(
    experiment: Experiment,
    scenario: str,
    *,
    writing: bool,
    rounds: int = ROUNDS,
    seconds: float = SECONDS,
) -> Parallel:
    """Have two workers and two copies do the same blocks on the compiled engine in turn, and compare them.

    A round begins when all processes are ready, and ends when the last of them is done.
    """
    with TemporaryDirectory(prefix="simulator-") as root:
        folders = [Path(root) / str(number) for number in range(1 + WORKERS)]
        jobs = [_job(experiment, folder, writing=writing) for folder in folders]
        probe = [Block(scenario, 0, 1)]
        with Processes(jobs[0], workers=WORKERS) as crew, _copies(jobs[1:]) as copies:
            # the first task of a process loads what is needed; of so many, each worker gets one
            list(crew.map(probe * WORKERS))
            copies.carry_out(probe)
            each_s = _elapsed(lambda: copies.carry_out(probe))
            count = max(1, min(round(seconds / each_s / BLOCKS), _MOST // BLOCKS))
            blocks = [Block(scenario, number * count, count) for number in range(BLOCKS)]
            found: tuple[list[float], list[float]] = [], []
            for _ in range(rounds):
                # workers do every block twice, as the copies together do
                taken = _elapsed(lambda: list(crew.map([block for block in blocks for _ in range(WORKERS)])))
                found[0].append(WORKERS * BLOCKS * count / taken)
                taken = _elapsed(lambda: copies.carry_out(blocks))
                found[1].append(WORKERS * BLOCKS * count / taken)
    return Parallel(writing, WORKERS * BLOCKS * count, tuple(found[0]), tuple(found[1]))


_MOST = 2048
"""The most replications of one process in a round."""


def _job(experiment: Experiment, folder: Path, *, writing: bool) -> Job[Block, Any]:
    for part in ("plan", "runs", "weekly"):
        atomic.make_folder(folder / part)
    store(folder, experiment, _MOST)
    if writing:
        return BlockJob.of(experiment, folder, engine="compiled")
    return _Unwritten(experiment, folder)


@dataclass(frozen=True, slots=True)
class _Unwritten:
    """Computes blocks as `BlockJob` does, and writes nothing."""

    experiment: Experiment
    folder: Path

    def start(self) -> Callable[[Block], int]:
        """Load the plan, and return what computes a block and says how many bound events it has."""
        drawn, scenarios = StoredPlan(self.folder, self.experiment), dict[str, Scenario]()

        def carry_out(block: Block) -> int:
            if block.scenario not in scenarios:
                scenarios[block.scenario] = Scenario(self.experiment, block.scenario)
            events = 0
            for number in block.replications:
                draw = drawn.draw(number)
                path = unfold(
                    self.experiment, scenarios[block.scenario], draw, replication=number, engine="compiled"
                )
                responses.measure(path, self.experiment.claims)
                events += path.bound_events
            return events

        return carry_out


class _Copies:
    """Processes of their own interpreter each, which carry out the same blocks at the same time."""

    def __init__(self, jobs: Sequence[Job[Block, Any]]) -> None:
        program = f"from {__name__} import serve; serve()"
        self._processes = [
            subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            for _ in jobs
        ]
        for process, job in zip(self._processes, jobs, strict=True):
            self._send(process, job)

    def carry_out(self, blocks: Sequence[Block]) -> None:
        """Have every copy carry out the blocks, and wait for the last; raises RunError when one ends."""
        for process in self._processes:
            self._send(process, list(blocks))
        for process in self._processes:
            assert process.stdout is not None
            if not process.stdout.readline():
                raise _ended()

    def _send(self, process: "subprocess.Popen[bytes]", value: object) -> None:
        assert process.stdin is not None
        try:
            pickle.dump(value, process.stdin)
            process.stdin.flush()
        except BrokenPipeError:
            raise _ended() from None

    def stop(self) -> None:
        """End the copies."""
        for process in self._processes:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                assert pipe is not None
                with suppress(BrokenPipeError):  # what a copy that ended did not read
                    pipe.close()


@contextmanager
def _copies(jobs: Sequence[Job[Block, Any]]) -> Iterator[_Copies]:
    copies = _Copies(jobs)
    try:
        yield copies
    finally:
        copies.stop()


def _ended() -> RunError:
    return RunError("a copy of a worker ended before it was done; see what it printed above")


def serve() -> None:
    """Be a copy: read a job, then lists of blocks; carry each list out and print a line when it is done."""
    source = sys.stdin.buffer
    work = pickle.load(source).start()
    keep_memory()  # as a worker does
    while True:
        try:
            blocks = pickle.load(source)
        except EOFError:
            return
        for block in blocks:
            work(block)
        sys.stdout.buffer.write(b"done\n")
        sys.stdout.buffer.flush()


def _elapsed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
