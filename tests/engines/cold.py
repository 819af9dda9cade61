"""Both engines from a cold compile cache, wherever it may be, then with a fault planted where it is warm."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import simulator
from tests.engines.mutants import MUTANTS, ROOT, Mutant, edited

SYSTEMS = 20
SCRIPT = f"""
from tests.engines.parity import compare
tally = compare(range({SYSTEMS}))
assert tally.difference or tally.systems == {SYSTEMS}
print(tally.difference.partition(chr(10))[0])
"""
FAULT = "rejects are drawn by the number of the next lot"
"""It lies in a file other than that of the entry point, so that a cache that went stale would not show it."""
OTHERS = ("NUMBA", "XDG", "TMPDIR", "PYTHON")
"""How the names of variables begin that say where code is found or kept."""


def places(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield what there is to write compiled code to, in words and as environment; nothing compiled is there."""
    (folder / "file").touch()
    nowhere = str(folder / "file" / "below a file")  # no user, however mighty, can make a folder there
    (folder / "temporary").mkdir()
    (folder / "home").mkdir()
    yield "a folder that is asked for", {"NUMBA_CACHE_DIR": str(folder / "asked for"), "HOME": nowhere}
    yield "a home", {"HOME": str(folder / "home")}
    yield "no home, a temporary folder", {"HOME": nowhere, "TMPDIR": str(folder / "temporary")}
    shut = {"HOME": nowhere, "XDG_CACHE_HOME": nowhere, "NUMBA_CACHE_DIR": nowhere}
    (folder / "temporary" / f"supply-capacity-simulator-{os.getuid()}").chmod(0o777)
    yield "no folder at all", shut | {"TMPDIR": str(folder / "temporary")}


def found(folder: Path, say: Callable[[str], None]) -> list[str]:
    """Compare the engines of a copy of the package in each place, plant a fault, and compare them in the first.

    Returns what was done and found, as lines of Markdown. Raises ValueError where the engines differ without the
    fault, or do not with it, RuntimeError where a comparison fails.
    """
    site = copied(folder)
    lines = [f"| compiled anew, {SYSTEMS} systems, code kept in | differing bytes |", "|---|---:|"]
    warm: dict[str, str] = {}
    for words, environment in places(folder):
        began = time.monotonic()
        difference = compared(site, environment)
        if difference:
            raise ValueError(f"cold cache, {words}: {difference}")
        say(f"cold cache, {words}: {SYSTEMS} systems, 0 differing, {time.monotonic() - began:.0f} s")
        lines.append(f"| {words} | 0 |")
        warm = warm or environment
    (fault,) = (each for each in MUTANTS if each.fault == FAULT)
    plant(fault, site)
    difference = compared(site, warm)
    if not difference:
        raise ValueError(f"warm cache, a fault planted ({FAULT}): {SYSTEMS} systems, none differs")
    say(f"warm cache, a fault planted ({FAULT}): {difference}")
    return [
        *lines,
        "",
        f"Then a [fault](mutants.md) was planted in `{fault.edits[0].module}.py` ({FAULT}), and compiled where the",
        f"right version is kept, the folder that is asked for. It was found: {difference}.",
    ]


def copied(folder: Path) -> Path:
    """Copy the package to where it can be changed, beside these tests, and return that folder."""
    site = folder / "site"
    package = Path(simulator.__file__).parent
    shutil.copytree(package, site / "simulator", ignore=shutil.ignore_patterns("__pycache__"))
    (site / "tests").symlink_to(ROOT / "tests")
    return site


def plant(fault: Mutant, site: Path) -> None:
    """Write a fault into the kernels of a copied package."""
    for edit in fault.edits:
        file = site / "simulator" / "engines" / "compiled" / f"{edit.module}.py"
        file.write_text(edited(file.read_text(), [edit]))


def compared(site: Path, environment: dict[str, str]) -> str:
    """Compare the engines of a package in a process of its own, and return the first row that differs, in words."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OTHERS)}
    command = [sys.executable, "-c", SCRIPT]
    done = subprocess.run(
        command, cwd=site, env=kept | environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout.strip()
