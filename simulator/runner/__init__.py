"""Doing it many times: from an experiment to a results folder; each public name is loaded when it is first used."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulator.runner.execute import replay, simulate
    from simulator.runner.merging import Merged, merge
    from simulator.runner.opening import open_results
    from simulator.runner.running import Progress, run
    from simulator.runner.verifying import Verification, verify

__all__ = [
    "Merged",
    "Progress",
    "Verification",
    "merge",
    "open_results",
    "replay",
    "run",
    "simulate",
    "verify",
]

_HOME = {
    "Merged": "merging",
    "Progress": "running",
    "Verification": "verifying",
    "merge": "merging",
    "open_results": "opening",
    "replay": "execute",
    "run": "running",
    "simulate": "execute",
    "verify": "verifying",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'simulator.runner' has no attribute {name!r}")
    globals()[name] = value = getattr(import_module(f"simulator.runner.{_HOME[name]}"), name)
    return value
