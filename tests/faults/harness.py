"""Runs that are killed at a step or at a moment, taken up again, and set beside one that nobody disturbed."""

import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from simulator.errors import ResultsError
from simulator.results import folder as results_folder
from simulator.results import manifest, tables
from simulator.results.hashing import content_hash
from simulator.results.run import Run
from simulator.runner import open_results

ROOT = Path(__file__).parents[2]
CONFIG = ROOT / "configs" / "examples" / "one_plant.yaml"
COMMAND = ("run", str(CONFIG), "--replications", "32", "--cross-checks", "1")
SERIAL = (*COMMAND, "--executor", "serial")
PROCESSES = (*COMMAND, "--executor", "processes", "--workers", "2")
KILLED = -9


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it said on standard error."""

    pid: int
    code: int
    said: str
    out: str = ""

    @property
    def left_running(self) -> list[int]:
        """The processes of its session that are still there."""
        every = (int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit())
        return [pid for pid in every if _session(pid) == self.pid]


def _session(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return 0 if fields[0] == "Z" else int(fields[3])


class Warm:
    """The process that carries out commands in copies of itself."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.warm", str(CONFIG)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._answer()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.communicate()

    def carry_out(self, folder: Path, *command: str, **asked: Any) -> Ended:
        """Carry out a command in a folder; `asked` is what is to go wrong, as `warm.carry_out` has it."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"folder": str(folder), "command": command, **asked}) + "\n")
        self._process.stdin.flush()
        found = self._answer()
        said, out = ((folder / name).read_text() for name in ("said.err", "said.out"))
        return Ended(found["pid"], found["code"], said, out)

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())


@dataclass
class Committed:
    """What a results folder has, as its manifest says."""

    folder: Path | None = None
    files: dict[Path, tuple[int, int]] = field(default_factory=dict)
    """Inode and time of change of every file of a listed block."""
    faults: list[str] = field(default_factory=list)


def committed(place: Path, before: Committed | None = None) -> Committed:
    """Return what is committed below a place, and what is wrong with it or was lost since `before`."""
    found = Committed()
    for path in place.glob(f"results/*/*/{manifest.NAME}"):
        found.folder = path.parent
        try:
            contents = manifest.read(path.parent)
        except ResultsError as error:
            found.faults.append(f"unreadable: {error}")
            continue
        for block in contents.blocks:
            for stored in (block.runs, block.weekly):
                file = path.parent / stored.path
                if tables.intact(path.parent, stored):
                    state = file.stat()
                    found.files[file] = state.st_ino, state.st_mtime_ns
                else:
                    found.faults.append(f"damaged: {stored.path}")
    for file, state in (before.files if before else {}).items():
        if file not in found.files:
            found.faults.append(f"lost: {file.name}")
        elif found.files[file] != state:
            found.faults.append(f"computed again: {file.name}")
    return found


def left_over(place: Path) -> list[str]:
    """Return what lies below a place that is no part of the run: temporary files, and rows that no manifest lists."""
    try:
        listed = {
            path.parent / stored.path
            for path in place.glob(f"results/*/*/{manifest.NAME}")
            for stored in results_folder.every_file(manifest.read(path.parent))
        }
    except ResultsError as error:
        return [str(error)]
    others = (path for path in place.glob("results/*/*/*/*.parquet") if path not in listed)
    return sorted(f"left over: {path.name}" for path in (*place.rglob("*.part"), *others))


def hash_of(place: Path) -> str:
    """Return the content hash of the only run below a place, computed from its files; raises ResultsError."""
    (path,) = place.glob(f"results/*/*/{manifest.NAME}")
    run: Run = open_results(path.parent)
    assert content_hash(run.folder, run.records()) == run.content_hash
    return run.content_hash


@dataclass(frozen=True)
class Case:
    """A run that was killed at some steps or moments, and taken up again until it ended."""

    steps: tuple[str, ...]
    kills: int
    resumed: bool
    equal: bool
    faults: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether it ended, the same as one undisturbed, and nothing was lost or computed twice."""
        return self.resumed and self.equal and not self.faults


@dataclass(frozen=True)
class Undisturbed:
    """A run that nobody disturbed."""

    steps: tuple[str, ...]
    """The names of its steps, in order."""
    content_hash: str


def undisturbed(warm: Warm, place: Path, command: tuple[str, ...] = SERIAL) -> Undisturbed:
    """Carry out a run, and return its steps and its content hash."""
    place.mkdir(parents=True)
    ended = warm.carry_out(place, *command, names=True)
    assert ended.code == 0, ended.said
    return Undisturbed(tuple(json.loads((place / "steps.json").read_text())), hash_of(place))


def killed(
    warm: Warm,
    place: Path,
    reference: Undisturbed,
    *,
    at: tuple[int, ...] = (),
    seconds: tuple[float, ...] = (),
    command: tuple[str, ...] = SERIAL,
    **asked: Any,
) -> Case:
    """Kill a run at steps one after the other, or after seconds, take it up again each time, and then to its end."""
    place.mkdir(parents=True)
    state, kills, names, faults = Committed(), 0, [], []
    moments: list[dict[str, Any]] = [{"at": number} for number in at] + [
        {"seconds": each} for each in seconds
    ]
    for moment in moments:
        ended = warm.carry_out(place, *command, **moment, **asked)
        if ended.code == KILLED:
            kills += 1
            first = kills == 1 and "at" in moment
            names.append(reference.steps[moment["at"]] if first else "during resume" if at else "at random")
        state = committed(place, state)
        faults += state.faults
        faults += [f"left running: {pid}" for pid in gone(ended)]
    last = warm.carry_out(place, *command)
    state = committed(place, state)
    resumed = last.code == 0
    equal = False
    with suppress(ResultsError, ValueError):
        equal = hash_of(place) == reference.content_hash
    faults += [*state.faults, *left_over(place)]
    faults += [f"left running: {pid}" for pid in gone(last)]
    if not resumed:
        faults.append(last.said.strip())
    shutil.rmtree(place)
    return Case(tuple(names), kills, resumed, equal, tuple(faults))


def gone(ended: Ended) -> list[int]:
    """Return the processes of a command that are still there some seconds after its end."""
    deadline = time.monotonic() + 15
    while (left := ended.left_running) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left


def replications(place: Path) -> int:
    """Return how many replications the manifest below a place lists."""
    found = (manifest.read(path.parent) for path in place.glob(f"results/*/*/{manifest.NAME}"))
    return sum(block.count for contents in found for block in contents.blocks)
