"""What one input comes to in this process: what `simulator check` says of it, and one short replication."""

import io
import re
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from simulator.cli import main
from simulator.config import load
from simulator.errors import ModelError
from simulator.runner import expectations, simulate
from simulator.runner.sizes import sizes

NAME = "input.yaml"
MOST_EVENTS = 5_000
"""The most bound events of a replication that is carried out."""
PLACE = re.compile(rf"{re.escape(NAME)}(:\d+)?: |[\w./-]+\.(csv|yaml)(:\d+)?: ")
LONGEST = 2_600


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an input came to."""

    word: str
    """`valid`, `refused`, or what is wrong: `traceback`, `unclean`, `hang`, `memory`, `died`."""
    told: str = ""

    @property
    def clean(self) -> bool:
        """Whether nothing is wrong with how it ended."""
        return self.word in ("valid", "refused")


def tried(content: bytes) -> Verdict:
    """Check a config as the command does, in the current folder, and carry out a replication of a small one."""
    Path(NAME).write_bytes(content)
    expectations.MOST_EVENTS = MOST_EVENTS
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(["check", NAME, "--replications", "0"])
    lines = err.getvalue().splitlines()
    if code not in (0, 2):
        return Verdict("traceback", f"exit code {code}: {err.getvalue()}")
    fault = _unclean(code, lines)
    if fault:
        return Verdict("unclean", fault)
    if code == 2:
        return Verdict("refused", lines[0])
    _replicate()
    return Verdict("valid")


def _unclean(code: int, lines: list[str]) -> str:
    """Return what is wrong with what was written to standard error; nothing if it is as it should be."""
    if (code == 2) != bool(lines):
        return f"exit code {code} with {len(lines)} lines of errors: {lines[:3]}"
    for line in lines:
        if not line.isprintable() or len(line) > LONGEST:
            return f"no printable line of at most {LONGEST} characters: {line[:200]!r}"
        if not PLACE.match(line) and not re.fullmatch(r"and \d+ more faults?", line):
            return f"does not say where: {line[:400]}"
    return ""


def _replicate() -> None:
    experiment = load(NAME)
    sized = sizes(experiment)[0]
    if sized.expected_events <= MOST_EVENTS:
        try:
            simulate(experiment, scenario=sized.scenario, replication=0)
        except ModelError:
            # a draw that describes no system: a run says so in its row
            return
