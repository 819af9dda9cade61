"""Both engines from a cold compile cache, wherever it may be: `python -m tests.engines.cold`."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SYSTEMS = 20
SCRIPT = f"""
from tests.engines.parity import compare
tally = compare(range({SYSTEMS}))
assert not tally.difference, tally.difference
assert tally.systems == {SYSTEMS}
"""


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


def main() -> int:
    """Compare some systems in each place; 1 when a process ends otherwise than well."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("NUMBA", "XDG", "TMPDIR"))
    }
    with tempfile.TemporaryDirectory() as folder:
        for words, environment in places(Path(folder)):
            began = time.monotonic()
            done = subprocess.run(
                [sys.executable, "-c", SCRIPT], cwd=ROOT, env=kept | environment, check=False
            )
            if done.returncode:
                sys.stdout.write(f"cold cache, {words}: the engines differ, or one fails\n")
                return 1
            seconds = time.monotonic() - began
            sys.stdout.write(f"cold cache, {words}: {SYSTEMS} systems, 0 differing, {seconds:.0f} s\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
