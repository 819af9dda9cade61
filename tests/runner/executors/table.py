"""The same experiment by every executor and by two unrelated copies of one worker, in a table."""

import argparse
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from simulator import config
from simulator.runner import Progress, run
from simulator.runner.merging import merge
from simulator.runner.warming import warm_up

EXECUTORS = ("serial", "processes", "dask")
WORKERS = 2
COPIES = "two copies"
ROW = "| {:<10} | {:>8} | {:<12} | {:>12} | {:>14} |"


@dataclass(frozen=True)
class Measured:
    """What one way took, and what it came to."""

    way: str
    seconds: float
    """From the call until the last replication was committed, its workers started meanwhile."""
    content_hash: str


def say(line: object) -> None:
    """Write a line to standard output."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def committed(experiment: Any, results: Path, **asked: Any) -> tuple[float, Any]:
    """Run an experiment, and return the seconds until all replications were committed, and the run."""
    seconds = [0.0]
    begun = time.perf_counter()

    def watch(progress: Progress) -> None:
        if not progress.to_repeat:
            seconds[0] = time.perf_counter() - begun

    finished = run(experiment, results=results, name="made", cross_checks=1, progress=watch, **asked)
    return seconds[0], finished


def copy(path: str, results: str, replications: str, part: str) -> None:
    """Be one copy: make ready, wait for a line, compute a part in this process, and print the seconds."""
    experiment = config.load(path)
    warm_up("compiled")
    say("ready")
    sys.stdin.readline()
    seconds, _ = committed(
        experiment, Path(results), replications=int(replications), executor="serial", block=part
    )
    say(seconds)


def two_copies(path: str, root: Path, replications: int) -> Measured:
    """Have two processes that share nothing compute a half each at the same time."""
    parts = [root / str(number) for number in range(1, WORKERS + 1)]
    program = f"import sys; from {__spec__.name} import copy; copy(*sys.argv[1:])"
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", program, path, part, str(replications), f"{number}/{WORKERS}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number, part in enumerate(map(str, parts), start=1)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    told = [process.communicate()[0] for process in processes]
    joined = merge([next(part.glob("made/*")) for part in parts], results=root / "joined")
    return Measured(COPIES, max(map(float, told)), joined.run.content_hash)


def measured(path: str, replications: int) -> Iterator[Measured]:
    """Iterate over what each way takes for so many replications of each scenario."""
    experiment = config.load(path)
    warm_up("compiled")
    with TemporaryDirectory(prefix="simulator-") as root:
        yield two_copies(path, Path(root) / COPIES, replications)
        for name in EXECUTORS:
            workers = {} if name == "serial" else {"workers": WORKERS}
            seconds, finished = committed(
                experiment, Path(root) / name, replications=replications, executor=name, **workers
            )
            yield Measured(name, seconds, finished.content_hash)


def main() -> int:
    """Print the table; the exit code is 1 when the contents differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config")
    parser.add_argument("replications", type=int, nargs="?", default=512)
    asked = parser.parse_args()
    found = {each.way: each for each in measured(asked.config, asked.replications)}
    say(f"{asked.config}, {asked.replications} replications of each scenario, {WORKERS} workers\n")
    say(ROW.format("executor", "seconds", "content", "of processes", "of two copies"))
    say(ROW.format("---", "---", "---", "---", "---"))
    for name in (*EXECUTORS, COPIES):
        each = found[name]
        shares = [found[other].seconds / each.seconds for other in ("processes", COPIES)]
        say(ROW.format(name, f"{each.seconds:.1f}", each.content_hash[:12], *(f"{s:.2f}" for s in shares)))
    return int(len({each.content_hash for each in found.values()}) != 1)


if __name__ == "__main__":
    sys.exit(main())
