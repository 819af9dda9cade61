"""A process that tries inputs one after another, within limits of time and memory."""

import os
import resource
import shutil
import tempfile
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic
from typing import Any

import typer

from tests.fuzz.corpus import BESIDE, ROOT
from tests.fuzz.trying import Verdict

MIB = 1 << 20
SECONDS = 10.0
MEMORY = 1024
"""MiB that a process may hold at most."""
START = 300.0
"""Seconds that a process may take to start, and to compile the engine where nobody has."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What an input came to, and what it took."""

    verdict: Verdict
    seconds: float
    mebibytes: float
    """The most that the process has held so far."""


class Worker:
    """Tries inputs in a process of its own, which is started anew when one has ended or overstepped."""

    def __init__(
        self, target: str = "tests.fuzz.trying:tried", *, seconds: float = SECONDS, memory: int = MEMORY
    ) -> None:
        self.target, self.seconds, self.memory = target, seconds, memory
        self._process: Any = None
        self._connection: Connection | None = None

    def tried(self, content: bytes) -> Tried:
        """Return what an input comes to; a process that does not answer in time is ended."""
        if self._process is None:
            self._start()
        assert self._connection is not None
        began = monotonic()
        self._connection.send_bytes(content)
        if not self._connection.poll(self.seconds):
            self.stop()
            return Tried(Verdict("hang", f"no answer in {self.seconds:g} s"), monotonic() - began, 0.0)
        try:
            word, told, held = self._connection.recv()
        except EOFError:
            code = self._ended()
            return Tried(Verdict("died", f"the process ended with code {code}"), monotonic() - began, 0.0)
        seconds = monotonic() - began
        if word == "memory" or held > self.memory:
            self.stop()
            word, told = "memory", told or f"{held:,.0f} MiB held"
        return Tried(Verdict(word, told), seconds, held)

    def stop(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._ended()

    def _ended(self) -> int:
        self._process.join()
        code: int = self._process.exitcode
        self._process.close()
        assert self._connection is not None
        self._connection.close()
        self._process = self._connection = None
        return code

    def _start(self) -> None:
        context = get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self.target, self.memory), daemon=True)
        self._process.start()
        theirs.close()
        if not self._connection.poll(START):
            self.stop()
            raise RuntimeError(f"no process within {START:g} s")
        self._connection.recv()


def _serve(connection: Connection, target: str, memory: int) -> None:
    module, _, name = target.partition(":")
    function: Callable[[bytes], Verdict] = getattr(import_module(module), name)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(_furnished(Path(folder)))
        warnings.simplefilter("error")
        if target == "tests.fuzz.trying:tried":
            # building the commands takes as long as a small config does
            typer.main.get_command = cache(typer.main.get_command)
            # compiles the engine and fills caches before anything is measured
            function((ROOT / "configs/examples/one_plant.yaml").read_bytes())
        _limit(memory)
        connection.send("ready")
        while True:
            try:
                content = connection.recv_bytes()
            except EOFError:
                return
            connection.send((*_answer(function, content), _held()))


def _furnished(folder: Path) -> Path:
    """Return a folder with the files that configs refer to where they look for them, in it or beside it."""
    here = folder / "configs"
    for path in map(Path, BESIDE):
        places = here / path.name, here.joinpath(*path.parts[1:]), folder / "files" / path.name
        for place in places:
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / path, place)
    return here


def _limit(memory: int) -> None:
    """Let no more be asked for than the limit over what is mapped already, of which most is never held."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + memory * MIB
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _answer(function: Callable[[bytes], Verdict], content: bytes) -> tuple[str, str]:
    try:
        found = function(content)
    except MemoryError:
        return "memory", "more was asked for than there may be"
    except Exception:  # noqa: BLE001 - whatever got out is what is looked for
        return "traceback", traceback.format_exc(limit=-6)
    if "MemoryError" in found.told:
        return "memory", found.told
    return found.word, found.told


def _held() -> float:
    """Return the most that this process has held; `ru_maxrss` would count what the process that began it held."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    (peak,) = (line for line in lines if line.startswith("VmHWM:"))
    return int(peak.split()[1]) / 1024
