"""Runs killed at every step and at random, each to end as one undisturbed: `python -m tests.faults.run 200`."""

import argparse
import itertools
import platform
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from simulator import __version__
from tests.faults import harness
from tests.faults.harness import PROCESSES, SERIAL, Case, Undisturbed, Warm

SECONDS_BETWEEN_LINES = 30.0
IN_PROCESSES, TWICE = 12, 5
"""One in so many runs is carried out by two workers; one in so many is killed again while it is resumed."""


@dataclass
class Row:
    """What came of the runs that were killed at one kind of step."""

    kills: int = 0
    runs: int = 0
    resumed: int = 0
    equal: int = 0
    lost: int = 0
    """Things that were damaged, lost, computed twice or left behind."""


def cases(
    warm: Warm, place: Path, kills: int, reference: Undisturbed, *, seed: int
) -> Iterator[tuple[str, Case]]:
    """Kill runs until so many kills are made, at every step in turn, some again while resumed, some with workers."""
    draw = random.Random(seed)
    length = len(reference.steps)
    order = itertools.cycle(draw.sample(range(length), length))
    made = 0
    for number in itertools.count(1):
        folder = place / str(number)
        if number % IN_PROCESSES == 0:
            moments = draw.uniform(0.2, 8.0), draw.uniform(0.2, 8.0)
            case = harness.killed(warm, folder, reference, seconds=moments, command=PROCESSES)
            name = "two workers, at random times"
        else:
            again = (draw.randrange(20),) if number % TWICE == 0 else ()
            case = harness.killed(warm, folder, reference, at=(at := next(order), *again))
            name = "at some step, and again while resumed" if again else reference.steps[at]
        yield name, case
        made += case.kills
        if made >= kills:
            return


def table(rows: dict[str, Row]) -> list[str]:
    """Return what came of it as a Markdown table."""
    lines = ["| killed | kills | runs | resumed | hash equal | lost |", "|---|---:|---:|---:|---:|---:|"]
    for name, row in [*sorted(rows.items()), ("**all**", _sum(rows))]:
        lines.append(f"| {name} | {row.kills} | {row.runs} | {row.resumed} | {row.equal} | {row.lost} |")
    return lines


def _sum(rows: dict[str, Row]) -> Row:
    every = list(rows.values())
    return Row(*(sum(getattr(row, name) for row in every) for name in Row.__dataclass_fields__))


def head(kills: int, reference: Undisturbed, minutes: float) -> list[str]:
    """Return what was done, as Markdown."""
    version = f"version {__version__}, Python {platform.python_version()}, {platform.machine()}"
    config = harness.CONFIG.relative_to(harness.ROOT)
    return [
        "# Runs that are killed",
        "",
        f"`make faults KILLS={kills}`, {version}, {minutes:.1f} minutes.",
        f"A run of `{config}` in blocks of 8 replications takes {len(reference.steps)} steps that touch the disk.",
        "A process is killed by signal 9 at a step, or at a random time, and the command given again until it ends.",
        "Resumed: it ended with exit code 0. Hash equal: its content hash is that of a run that nobody disturbed.",
        "Lost: files of committed blocks that were damaged, gone or written again, temporary files left over,",
        "processes left running.",
        "",
    ]


TRANSCRIPT = ("", "A run killed five times at random, and finished:", "", "```")


def transcript(warm: Warm, place: Path, *, seed: int) -> tuple[list[str], bool]:
    """Return what a run says that is killed five times at random moments and finished, and whether it ends equal."""
    command = (*SERIAL, "--replications", "1024")
    reference = harness.undisturbed(warm, place / "undisturbed", command)
    draw, folder = random.Random(seed), place / "killed"
    folder.mkdir()
    state = harness.Committed()
    typed = f"$ simulator run {harness.CONFIG.name} --replications 1024 --cross-checks 1 --executor serial"
    lines: list[str] = []
    kills = 0
    while kills < 5:
        left = harness.replications(folder)
        ended = warm.carry_out(folder, *command, seconds=draw.uniform(0.5, 1.5))
        if ended.code != harness.KILLED:
            return [*lines, "it ended before it was killed five times"], False
        kills += 1
        state = harness.committed(folder, state)
        now = harness.replications(folder)
        lines += [typed, f"Killed  (replications in the manifest: {left} before, {now} after)"]
    ended = warm.carry_out(folder, *command)
    state = harness.committed(folder, state)
    lines += [typed, *ended.out.splitlines()[-1:], f"exit code {ended.code}", ""]
    lines += [f"undisturbed   {reference.content_hash}", f"killed 5 times {harness.hash_of(folder)}"]
    lines += [f"lost or computed again: {len(state.faults)}"]
    return lines, harness.hash_of(folder) == reference.content_hash and not state.faults


def main() -> int:
    """Kill runs as often as asked for; 1 when one does not end as it should."""
    parser = argparse.ArgumentParser(prog="faults", description=__doc__)
    parser.add_argument("kills", type=int, help="how many kills to make at the least")
    parser.add_argument("--seed", type=int, default=1, help="of the order of steps and of the random moments")
    parser.add_argument("--log", type=Path, help="write the result there as well")
    asked = parser.parse_args()
    began = said = monotonic()
    rows: dict[str, Row] = {}
    unsound: list[str] = []
    with tempfile.TemporaryDirectory() as folder, Warm() as warm:
        place = Path(folder)
        reference = harness.undisturbed(warm, place / "undisturbed")
        for name, case in cases(warm, place, asked.kills, reference, seed=asked.seed):
            row = rows.setdefault(name, Row())
            row.kills += case.kills
            row.runs += 1
            row.resumed += case.resumed
            row.equal += case.equal
            row.lost += len(case.faults)
            if not case.sound:
                unsound.append(f"{name}: {case}")
                say(unsound[-1])
            if monotonic() - said > SECONDS_BETWEEN_LINES:
                said = monotonic()
                say(f"{_sum(rows).kills} kills in {said - began:.0f} s, {len(unsound)} runs unsound")
        words, equal = transcript(warm, place / "transcript", seed=asked.seed)
    minutes = (monotonic() - began) / 60
    text = "\n".join([*head(asked.kills, reference, minutes), *table(rows), *TRANSCRIPT, *words, "```"])
    say(text)
    if asked.log and not unsound and equal:
        asked.log.write_text(text + "\n", encoding="utf-8")
    return 1 if unsound or not equal else 0


def say(line: str) -> None:
    """Write a line to the terminal at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
