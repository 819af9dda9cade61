"""Both engines over many generated systems, byte for byte: `python -m tests.engines.parity 100000`."""

import argparse
import platform
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path
from pprint import pformat

from simulator import __version__
from simulator.engines import CONTRACT_VERSION, simulate
from simulator.model.system import System
from simulator.testing.differences import first_difference
from simulator.testing.strategies import random_system
from tests.engines import cold
from tests.engines.features import features

BATCH = 250
LARGE_EVERY = 10
"""One system in so many has up to three times the plants and four times the days."""
LARGE = {"max_plants": 15, "max_days": 40}
LOOKED_AT_EVERY = 10
"""One path in so many is searched for what occurs in it: that takes about as long as to simulate it."""
SECONDS_BETWEEN_LINES = 30.0


@dataclass
class Tally:
    """What was compared, and how often each feature occurred; the first difference in words, if there is one."""

    systems: int = 0
    looked_at: int = 0
    rows: int = 0
    bound_events: int = 0
    occurred: Counter[str] = field(default_factory=Counter)
    difference: str = ""

    def add(self, other: "Tally") -> None:
        """Add what another batch compared."""
        self.systems += other.systems
        self.looked_at += other.looked_at
        self.rows += other.rows
        self.bound_events += other.bound_events
        self.occurred.update(other.occurred)
        self.difference = self.difference or other.difference


def system_of(number: int) -> System:
    """Return the system of a number: the same one on every machine."""
    return random_system(number, **LARGE) if number % LARGE_EVERY == 0 else random_system(number)


def compare(numbers: range) -> Tally:
    """Unfold the systems of some numbers on both engines, up to the first that differs."""
    tally = Tally()
    for number in numbers:
        system, address = system_of(number), {"seed": number, "replication": number % 1000}
        compiled = simulate(system, engine="compiled", **address)
        reference = simulate(system, engine="reference", **address)
        tally.systems += 1
        tally.rows += len(reference.rows)
        tally.bound_events += reference.bound_events
        if number % LOOKED_AT_EVERY == number // LOOKED_AT_EVERY % LOOKED_AT_EVERY:
            tally.looked_at += 1
            tally.occurred.update(features(reference))
        difference = first_difference(reference, compiled)
        if difference:
            told = difference.told("reference", "compiled")
            tally.difference = f"system {number}, {address}: {told}\n{pformat(system, width=110)}"
            break
    return tally


def batches(first: int, count: int) -> Iterator[range]:
    """Yield the numbers of systems, some at a time."""
    for start in range(first, first + count, BATCH):
        yield range(start, min(start + BATCH, first + count))


def run(first: int, count: int, *, workers: int) -> Tally:
    """Compare on several processes, with a line of progress now and then; stop at the first difference."""
    total, began = Tally(), time.monotonic()
    said = began
    simulate(system_of(first), seed=0, replication=0, engine="compiled")  # compile once, for all workers
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for tally in pool.map(compare, batches(first, count)):
            total.add(tally)
            now = time.monotonic()
            if now - said > SECONDS_BETWEEN_LINES:
                said = now
                rate = total.systems / (now - began)
                say(f"{total.systems:,} of {count:,} systems, {rate:.0f} a second")
            if total.difference:
                pool.shutdown(cancel_futures=True)
                break
    return total


def say(line: str) -> None:
    """Write a line to the terminal at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def summary(
    total: Tally, *, first: int, seconds: float, workers: int, compiled_anew: Sequence[str] = ()
) -> str:
    """Return the log of a comparison that found no difference, as Markdown, with what `cold.found` says."""
    lines = [
        "# Both engines, byte for byte",
        "",
        f"`make parity N={total.systems} FIRST={first}`, version {__version__}, contract {CONTRACT_VERSION},",
        f"Python {platform.python_version()}, {platform.machine()}, {workers} processes, {seconds / 60:.1f} minutes.",
        "Every system is generated anew from its number, with a seed of its own, and carried out once by each engine.",
        "",
        "| compared | |",
        "|---|---:|",
        f"| systems | {total.systems:,} |",
        f"| rows of 24 bytes | {total.rows:,} |",
        f"| bound events | {total.bound_events:,} |",
        "| differing bytes | 0 |",
        "",
        *compiled_anew,
        *([""] if compiled_anew else []),
        f"| what occurred, in {total.looked_at:,} of them | |",
        "|---|---:|",
    ]
    for name, count in sorted(total.occurred.items()):
        lines.append(f"| {name} | {count / total.looked_at:.1%} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Compare as many systems as asked for; 1 when two paths differ."""
    parser = argparse.ArgumentParser(prog="parity", description=__doc__)
    parser.add_argument("systems", type=int, help="how many generated systems to compare")
    parser.add_argument("--first", type=int, default=1, help="the number of the first one")
    parser.add_argument("--workers", type=int, default=cpu_count() or 1)
    parser.add_argument("--cold", action="store_true", help="compare some from cold compile caches first")
    parser.add_argument("--log", type=Path, help="write the result there as well")
    asked = parser.parse_args()
    compiled_anew: list[str] = []
    if asked.cold:
        with tempfile.TemporaryDirectory() as folder:
            compiled_anew = cold.found(Path(folder), say)
    began = time.monotonic()
    total = run(asked.first, asked.systems, workers=asked.workers)
    if total.difference:
        say(total.difference)
        return 1
    seconds = time.monotonic() - began
    text = summary(
        total, first=asked.first, seconds=seconds, workers=asked.workers, compiled_anew=compiled_anew
    )
    say(text)
    if asked.log:
        asked.log.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
