"""Numba's `njit` with the project's defaults: a cache folder that never goes stale, entry points made as one piece.

Numba's own cache looks only at the file of the function it compiles: when a callee or a constant in *another*
file is edited, stale code runs. Here the folder's name is a hash of every source that compiled code is built
from, of the versions of the tools, and of the CPU.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import stat
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast, overload

import llvmlite
import llvmlite.binding
import numba
import numpy as np
from llvmlite.binding import Linkage
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler
from numba.core.types.misc import unliteral

PACKAGE = Path(__file__).parent
COMPILED_FROM = ("jit.py", "path.py", "streams", "model", "engines", "responses")
"""Files and folders of the package that compiled code takes functions or constants from."""
KEPT_DAYS = 30
"""How long the machine code of a version is kept after it was last used."""
KEPT_VERSIONS = 10
"""Of how many versions, those that were used last, it is kept."""

F = TypeVar("F", bound=Callable[..., object])

_decorating = threading.Lock()


@overload
def njit(function: F, /) -> F: ...
@overload
def njit(*, signature: Any = None, nogil: bool = False, whole: bool = False) -> Callable[[F], F]: ...
def njit(
    function: F | None = None, /, *, signature: Any = None, nogil: bool = False, whole: bool = False
) -> F | Callable[[F], F]:
    """Compile a function, or load it from the compile cache, when it is first called.

    Never `fastmath`, never parallel; a division by zero gives an infinity or a NaN. With a numba `signature`
    the function is compiled at once and converts what it is given. With `nogil` other threads run meanwhile.
    With `whole` the function gets copies of all it calls that nobody else may call, in one piece of machine code.
    A function whose file is not in `COMPILED_FROM` is compiled, but not cached. With `NUMBA_DISABLE_JIT=1`
    the function is returned as it is.
    """

    def compiled(body: F) -> F:
        if numba.config.DISABLE_JIT:
            return body
        folder = cache_folder() if Path(body.__code__.co_filename) in sources(PACKAGE) else None
        compiler = WholeCompiler if whole else Compiler
        decorate = numba.njit(
            signature, error_model="numpy", nogil=nogil, cache=folder is not None, pipeline_class=compiler
        )
        with _decorating:  # numba reads the setting when it decorates; other packages keep theirs
            outside = numba.config.CACHE_DIR
            numba.config.CACHE_DIR = str(folder or "")
            try:
                return cast("F", _for_all_values(decorate(body)))
            finally:
                numba.config.CACHE_DIR = outside

    return compiled if function is None else compiled(function)


class _WholeLibrary(JITCodeLibrary):
    """Machine code that nobody outside calls into but by its entry point.

    Numba links copies of all callees, but leaves open that others call them too: they stay functions of their own,
    called by an address that is looked up. Callees nobody else can call are taken into their callers, checks
    for errors that none raises go, and the rest lies together: `unfold` takes a seventh less time.
    """

    def _optimize_final_module(self) -> None:
        for function in self._final_module.functions:
            if function.linkage == Linkage.linkonce_odr:
                function.linkage = Linkage.internal
                function.name += ".whole"  # the linker finds functions by name in all that is loaded
        super()._optimize_final_module()


class WholeCompiler(Compiler):
    """Numba's compiler of one function, for an entry point with all it calls."""

    def __init__(self, typingctx: Any, targetctx: Any, library: Any, *rest: Any) -> None:
        whole = _WholeLibrary(targetctx.codegen(), "whole")
        whole.enable_object_caching()
        super().__init__(typingctx, targetctx, whole, *rest)


def _for_all_values(dispatcher: Any) -> Any:
    """Have a function compiled once for all numbers of a type, not anew for every number a caller writes out."""
    resolve = dispatcher.get_call_template

    def resolved(args: Any, kws: Any) -> Any:
        plain = tuple(unliteral(each) for each in args)
        return resolve(plain, {name: unliteral(each) for name, each in kws.items()})

    dispatcher.get_call_template = resolved
    return dispatcher


@cache
def sources(package: Path) -> tuple[Path, ...]:
    """Return the Python files under `package` that compiled code is built from, in a fixed order."""
    found = (package / name for name in COMPILED_FROM)
    return tuple(
        file for root in found for file in ([root] if root.is_file() else sorted(root.rglob("*.py")))
    )


def fingerprint(package: Path) -> str:
    """Return 32 hex digits that differ when the sources under `package`, the tools or the CPU do."""
    tools = (platform.python_version(), numba.__version__, llvmlite.__version__, np.__version__)
    digest = hashlib.sha256(repr((tools, llvmlite.binding.get_host_cpu_name())).encode())
    for file in sources(package):
        digest.update(repr((file.relative_to(package).as_posix(), file.read_bytes())).encode())
    return digest.hexdigest()[:32]


def is_kept(function: Callable[..., object]) -> bool:
    """Return whether the compile cache has machine code of a function, made with all it calls.

    Numba keeps it by the path of the source, so that of another copy of the package does not count.
    """
    folder = function.stats.cache_path if hasattr(function, "stats") else None
    name = f"{function.__module__.rpartition('.')[2]}.{function.__qualname__}-*.nbc"
    return folder is not None and any(Path(folder).glob(name))


@cache
def cache_folder() -> Path | None:
    """Return the first folder that can be written: as asked for, the user's, a temporary one; else None."""
    name = fingerprint(PACKAGE)
    for parent in (_asked_for, _of_the_user, _temporary):
        try:
            folder = parent() / name
            made = not folder.exists()
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=folder).close()
            os.utime(folder)
        except (OSError, LookupError, RuntimeError):  # RuntimeError: a user without a home
            continue
        if made:
            prune(folder.parent)
        return folder
    return None


def prune(parent: Path) -> None:
    """Remove versions unused for `KEPT_DAYS`, or less lately than `KEPT_VERSIONS` others, as far as can be done."""
    oldest = time.time() - KEPT_DAYS * 24 * 3600
    with suppress(OSError):
        versions = [folder for folder in parent.iterdir() if re.fullmatch("[0-9a-f]{32}", folder.name)]
        last_used = sorted(((folder.lstat().st_mtime, folder) for folder in versions), reverse=True)
        for place, (used, folder) in enumerate(last_used):
            if place >= KEPT_VERSIONS or used < oldest:
                shutil.rmtree(folder, ignore_errors=True)


def _asked_for() -> Path:
    if not numba.config.CACHE_DIR:
        raise LookupError("NUMBA_CACHE_DIR is not set")
    return Path(numba.config.CACHE_DIR)


def _of_the_user() -> Path:
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "supply-capacity-simulator"


def _temporary() -> Path:
    """Return a folder of this user alone: what is cached is unpickled, so nobody else may write there."""
    folder = Path(tempfile.gettempdir()) / f"supply-capacity-simulator-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid() or status.st_mode & 0o077:
        raise PermissionError(f"{folder} is open to other users")
    return folder
