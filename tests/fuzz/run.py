"""Mutated configs, each to end in a clean result or in one-line errors: `python -m tests.fuzz.run 50000`."""

import argparse
import platform
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from simulator import __version__
from tests.fuzz.mutations import mutant
from tests.fuzz.worker import MEMORY, SECONDS, Worker

SECONDS_BETWEEN_LINES = 30.0
MOST_KEPT = 50
"""Failing inputs after which no more are looked for."""


@dataclass
class Log:
    """What was tried, how it ended, and what it took at worst."""

    inputs: int = 0
    ended: Counter[str] = field(default_factory=Counter)
    by_kind: dict[str, Counter[str]] = field(default_factory=dict)
    slowest: tuple[float, int] = (0.0, 0)
    """Seconds, and the number of the input."""
    most_held: float = 0.0
    """MiB of the process that held most."""
    failing: dict[int, str] = field(default_factory=dict)
    """Words about each input that did not end cleanly, by number."""


def run(
    first: int, count: int, *, worker: Worker | None = None, keep: Path | None = None, talk: bool = False
) -> Log:
    """Try the inputs of some numbers; those that fail are written to `keep`."""
    log, began = Log(), monotonic()
    said = began
    process = worker or Worker()
    try:
        for number in range(first, first + count):
            content, kinds = mutant(number)
            tried = process.tried(content)
            log.inputs += 1
            log.ended[tried.verdict.word] += 1
            for kind in set(kinds):
                log.by_kind.setdefault(kind, Counter())[tried.verdict.word] += 1
            log.slowest = max(log.slowest, (tried.seconds, number))
            log.most_held = max(log.most_held, tried.mebibytes)
            if not tried.verdict.clean:
                log.failing[number] = f"{tried.verdict.word} after {', '.join(kinds)}: {tried.verdict.told}"
                _keep(keep, number, content)
                if talk:
                    say(f"input {number}: {log.failing[number]}")
                if len(log.failing) >= MOST_KEPT:
                    break
            if talk and monotonic() - said > SECONDS_BETWEEN_LINES:
                said = monotonic()
                say(f"{log.inputs:,} of {count:,} inputs, {log.inputs / (said - began):.0f} a second")
    finally:
        process.stop()
    return log


def _keep(folder: Path | None, number: int, content: bytes) -> None:
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number}.yaml").write_bytes(content)


def say(line: str) -> None:
    """Write a line to the terminal at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def summary(log: Log, *, first: int, seconds: float) -> str:
    """Return the log as Markdown."""
    bad = log.inputs - log.ended["valid"] - log.ended["refused"]
    lines = [
        "# Configs changed at random",
        "",
        f"`make fuzz N={log.inputs} FIRST={first}`, version {__version__},",
        f"Python {platform.python_version()}, {platform.machine()}, one process, {seconds / 60:.1f} minutes.",
        "Each input is made from its number: a sound config, shipped or generated, with one to three mutations",
        "of its structure or of its bytes. It is checked as `simulator check` does, sizes and medians included,",
        f"and a small one is carried out once. It may take {SECONDS:g} s and {MEMORY:,} MiB, and ends in a result",
        "or in one-line errors.",
        "",
        "| ended | inputs |",
        "|---|---:|",
        f"| valid | {log.ended['valid']:,} |",
        f"| refused | {log.ended['refused']:,} |",
        f"| in any other way | {bad:,} |",
        "",
        f"The slowest took {log.slowest[0]:.1f} s (input {log.slowest[1]});",
        f"the process never held more than {log.most_held:,.0f} MiB.",
        "",
        "| mutation | valid | refused | other |",
        "|---|---:|---:|---:|",
    ]
    for kind, ended in sorted(log.by_kind.items()):
        other = ended.total() - ended["valid"] - ended["refused"]
        lines.append(f"| {kind} | {ended['valid']:,} | {ended['refused']:,} | {other:,} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Try as many inputs as asked for; 1 when one of them does not end cleanly."""
    parser = argparse.ArgumentParser(prog="fuzz", description=__doc__)
    parser.add_argument("inputs", type=int, help="how many inputs to try")
    parser.add_argument("--first", type=int, default=0, help="the number of the first one")
    parser.add_argument(
        "--keep", type=Path, default=Path("build/fuzz"), help="where inputs that fail are kept"
    )
    parser.add_argument("--log", type=Path, help="write the result there as well")
    asked = parser.parse_args()
    began = monotonic()
    log = run(asked.first, asked.inputs, keep=asked.keep, talk=True)
    text = summary(log, first=asked.first, seconds=monotonic() - began)
    say(text)
    if log.failing:
        say(f"{len(log.failing)} inputs did not end cleanly; they are in {asked.keep}")
        return 1
    if asked.log:
        asked.log.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
