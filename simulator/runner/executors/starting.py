"""Processes that share nothing with the caller, carry out none of its script, and end when it does."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import Any

from simulator.errors import RunError

PRELOADED = (
    "simulator.runner.execute",
    "simulator.streams.sampling",
    "simulator.engines.compiled",
    "simulator.engines.reference",
    "pandas",
)
"""What the server of worker processes loads, once for all of them."""
PATIENCE_S = 2.0
"""Seconds that a process which is to end by itself is given."""


def context() -> BaseContext:
    """Return a way to start processes that copies no threads of this one.

    They are made by a server process that has loaded the package and nothing else, so that no lock or thread of
    the caller is copied into them.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    found = multiprocessing.get_context("forkserver")
    found.set_forkserver_preload(list(PRELOADED))
    return found


def started(target: Callable[..., None], *arguments: Any, name: str) -> BaseProcess:
    """Start a process that carries out `target`, which is to call `settle` first; raises RunError."""
    try:
        with _without_callers_script():
            process: BaseProcess = context().Process(  # type: ignore[attr-defined] # every context has one
                target=target, args=arguments, name=name, daemon=True
            )
            process.start()
    except OSError as error:
        raise RunError(
            f"worker processes cannot be started ({error}); give fewer workers, or executor serial"
        ) from error
    return process


def settle() -> None:
    """Have this process, which was started, end with the one that started it, and not by the keyboard."""
    # an interrupt from the keyboard goes to all processes; the caller's own ends the others
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def ended(process: BaseProcess) -> str:
    """Return how a process came to its end, which it is given a moment for."""
    process.join(timeout=PATIENCE_S)
    code = process.exitcode
    if code is None:
        finish(process)
        return "did not answer any more"
    return f"ended by signal {_signal(-code)}" if code < 0 else f"ended with code {code}"


def finish(process: BaseProcess) -> None:
    """End a process at once, also one that is stopped."""
    process.kill()
    process.join()


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # real-time signals have no names
        return str(number)


def _end_with_parent() -> None:
    """Leave no process behind when the one that asked for it is gone, however it went."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def _without_callers_script() -> Iterator[None]:
    """Keep multiprocessing from carrying out the caller's script in every worker; nothing there needs it."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
