"""What a run is made with: versions, sources, machine."""

import hashlib
import inspect
import os
import platform
import sys
from collections.abc import Callable, Collection
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import simulator
from simulator import engines

PACKAGES = ("numpy", "scipy", "simpy", "numba", "pyarrow", "pydantic")
"""Libraries that rows pass through."""
SOURCES = ("model", "streams", "path.py", "engines", "responses", "runner/design.py", "runner/plan.py")
"""Files and folders of the package that the numbers of a row come from."""


def versions() -> dict[str, str]:
    """Return the versions of the simulator, the contract between its engines, Python and libraries."""
    found = {
        "simulator": simulator.__version__,
        "contract": engines.CONTRACT_VERSION,
        "python": platform.python_version(),
    }
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "unknown"
    return found


def machine() -> dict[str, str | int]:
    """Return what the machine is, without its name."""
    # no kernel and no host: rows do not hang on them, and a run may be given to others
    system = " ".join(filter(None, (platform.system(), *platform.libc_ver())))
    return {"system": system, "processor": platform.machine(), "cpus": os.cpu_count() or 1}


def sources() -> str:
    """Return 32 hex digits that change with the sources of the package that rows come from."""
    return _package().hexdigest()[:32]


def code(*, without: Collection[str] = ()) -> str:
    """Return 32 hex digits that change with the sources that rows come from, the user's responses among them.

    A row is never added to rows that other sources made. Responses `without` which it is asked for do not count.
    """
    digest = _package()
    # where the package of responses, which takes its time, is not loaded, there are its own and no others
    responses = sys.modules.get("simulator.responses")
    if responses is not None:
        there = responses.registered()
        digest.update(repr([name for name in responses.OWN if name not in there]).encode())
        for name, each in there.items():
            if name not in without and not each.function.__module__.startswith("simulator."):
                digest.update(repr((name, _source(each.function))).encode())
    else:
        digest.update(repr([]).encode())
    return digest.hexdigest()[:32]


def _package() -> "hashlib._Hash":
    package = Path(simulator.__file__).parent
    digest = hashlib.sha256()
    for name in SOURCES:
        root = package / name
        for file in [root] if root.is_file() else sorted(root.rglob("*.py")):
            digest.update(repr((file.relative_to(package).as_posix(), file.read_bytes())).encode())
    return digest


def _source(function: Callable[..., object]) -> str:
    """Return the text of a function, or its bytecode where there is no text, as at an interactive prompt."""
    try:
        return inspect.getsource(function)
    except (OSError, TypeError):
        compiled = getattr(function, "__code__", None)
        return compiled.co_code.hex() if compiled is not None else repr(type(function))
