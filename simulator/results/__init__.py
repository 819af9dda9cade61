"""A results folder: written atomically, opened, verified, exported."""

from simulator.results.export import export
from simulator.results.manifest import BlockRecord, Manifest
from simulator.results.run import Run
from simulator.results.tables import Column

__all__ = ["BlockRecord", "Column", "Manifest", "Run", "export"]
