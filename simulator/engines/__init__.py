"""How a System unfolds: engines that turn a system and an address into a sample path (CONTRACT.md)."""

from typing import Literal, get_args

from simulator.errors import RunError
from simulator.model.system import System
from simulator.path import SamplePath

CONTRACT_VERSION = "1"
"""Changes whenever a clause of CONTRACT.md changes what a path holds."""

EngineName = Literal["auto", "compiled", "reference"]
"""`reference` is the SimPy model that people read; `compiled` gives the same bits many times faster; `auto`
takes the fastest there is."""


def resolved(engine: str) -> str:
    """Return the engine that a name stands for; raises RunError for one that does not exist."""
    if engine not in get_args(EngineName):
        raise RunError(f"there is no engine {engine}; give auto, compiled or reference")
    return "compiled" if engine == "auto" else engine


def simulate(system: System, *, seed: int, replication: int, engine: str = "auto") -> SamplePath:
    """Return what happens in `system` by the numbers of one replication.

    The path depends on the system, the seed and the replication, not on the engine. Raises RunError for an engine
    that does not exist.
    """
    if resolved(engine) == "reference":
        from simulator.engines.reference import simulate as simulate_reference

        return simulate_reference(system, seed=seed, replication=replication)
    from simulator.engines.compiled import simulate as simulate_compiled

    return simulate_compiled(system, seed=seed, replication=replication)
