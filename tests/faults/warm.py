"""A process that has loaded everything and carries out commands in copies of itself: `python -m tests.faults.warm`.

A command is a line of JSON on standard input, and how it ended a line of JSON on standard output.
"""

import json
import os
import resource
import signal
import sys
import tempfile
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from simulator.cli import main, progress
from simulator.runner import blocks, running
from simulator.runner.warming import warm_up
from tests.faults import steps

ACTS = {"kill": steps.kill, "full": steps.full, "interrupt": lambda: signal.raise_signal(signal.SIGINT)}
ACTS["terminate"] = lambda: signal.raise_signal(signal.SIGTERM)
ROWS = 8
"""Replications of a block."""


def carry_out(asked: dict[str, Any]) -> int:
    """Carry out a command in this process, with what is to go wrong in it."""
    os.chdir(asked["folder"])
    for name, number in (("said.out", 1), ("said.err", 2)):
        os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    os.environ |= asked.get("environment", {})
    blocks.MOST = asked.get("rows", ROWS)
    progress.FIRST = 3600.0
    act = ACTS[asked.get("act", "kill")]
    planted = steps.Steps(asked.get("at"), act, ever_after=act is steps.full)
    if asked.get("while_compiling"):
        running.warm_up_for_workers = lambda engine: act()
    if largest := asked.get("largest_file"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    if asked.get("in_place"):
        steps.plant_write_in_place(planted)
    else:
        planted.plant()
    code = main(asked["command"])
    if asked.get("names"):
        Path("steps.json").write_text(json.dumps(planted.names))
    return code


def ended(pid: int, seconds: float | None) -> int:
    """Wait until a process has ended, or kill it after some seconds; return its exit code, or -9."""
    deadline = None if seconds is None else time.monotonic() + seconds
    while True:
        found, status = os.waitpid(pid, 0 if deadline is None else os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        if deadline is not None and time.monotonic() > deadline:
            os.kill(pid, signal.SIGKILL)
            deadline = None
        time.sleep(0.002)


def load(config: str) -> None:
    """Load in this process whatever a run loads, which a copy of it finds out."""
    reader, writer = os.pipe()
    pid = os.fork()
    if not pid:
        with tempfile.TemporaryDirectory() as folder:
            command = ["run", config, "--replications", "32", "--executor", "serial"]
            carry_out({"folder": folder, "command": command})
        with os.fdopen(writer, "w") as pipe:
            pipe.write("\n".join(sys.modules))
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        names = pipe.read().split()
    os.waitpid(pid, 0)
    for name in names:
        with suppress(ImportError, AttributeError):
            import_module(name)


def serve(config: str) -> None:
    """Carry out commands until none come; `config` is one that shows what is to be loaded."""
    warm_up("compiled")
    load(config)
    sys.stdout.write('"ready"\n')
    sys.stdout.flush()
    for line in sys.stdin:
        asked = json.loads(line)
        pid = os.fork()
        if not pid:
            os.setsid()
            code = 70
            try:
                code = carry_out(asked)
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(code)
        code = ended(pid, asked.get("seconds"))
        sys.stdout.write(json.dumps({"pid": pid, "code": code}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve(sys.argv[1])
