"""A results folder: written atomically, opened, verified, exported."""

from simulator.results.export import export
from simulator.results.manifest import BlockRecord, Manifest
from simulator.results.meanings import Column
from simulator.results.run import Run

__all__ = ["BlockRecord", "Column", "Manifest", "Run", "export"]
