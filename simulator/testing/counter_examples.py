"""Simulating in a property test, so that a failing example prints what `simulator replay` carries out again."""

import sys
from typing import Protocol

from simulator import engines
from simulator.model.system import System
from simulator.path import SamplePath

MOST_LINES = 1000
"""A system of more lines is too long to print."""


class Printer(Protocol):
    """Where Hypothesis prints."""

    def text(self, text: str) -> None:
        """Print a text as it is."""


def simulate(system: System, *, seed: int, replication: int, engine: str = "auto") -> SamplePath:
    """Return what happens in `system`, as `simulator.engines.simulate` does.

    Within a test of Hypothesis the example that fails is printed with the system as YAML, which
    `simulator replay` carries out. Raises RunError for an engine that does not exist.
    """
    # a test that Hypothesis carries out has loaded it
    if "hypothesis" in sys.modules:
        _tell(system, seed, replication)
    return engines.simulate(system, seed=seed, replication=replication, engine=engine)


def _tell(system: System, seed: int, replication: int) -> None:
    from hypothesis import currently_in_test_context, note

    if currently_in_test_context() and len(system.lines) <= MOST_LINES:
        note(_Told(system, seed, replication))


class _Told:
    """A system that is written only when Hypothesis prints it, once a test."""

    def __init__(self, system: System, seed: int, replication: int) -> None:
        self.system, self.seed, self.replication = system, seed, replication

    def _repr_pretty_(self, printer: Printer, cycle: bool) -> None:
        from simulator.testing import documents

        text = documents.dumps(self.system, seed=self.seed, replication=self.replication)
        printer.text(f"# to see what happens, save this as FILE.yaml: simulator replay FILE.yaml\n{text}")
