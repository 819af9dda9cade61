"""The compiled engine: the contract carried out by numba kernels over flat arrays, to be fast."""

from simulator.engines.compiled.engine import simulate

__all__ = ["simulate"]
