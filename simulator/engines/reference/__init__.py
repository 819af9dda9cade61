"""The reference engine: the contract carried out in SimPy processes, to be read."""

from simulator.engines.reference.network import simulate

__all__ = ["simulate"]
