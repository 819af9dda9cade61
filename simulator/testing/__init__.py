"""For users: strategies for systems of every kind, invariants of a path, relations between paths."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulator.testing import documents, invariants, relations, strategies
    from simulator.testing.broken import BrokenInvariant
    from simulator.testing.counter_examples import simulate
    from simulator.testing.strategies.systems import systems

__all__ = ["BrokenInvariant", "documents", "invariants", "relations", "simulate", "strategies", "systems"]

_HOME = {
    "BrokenInvariant": "simulator.testing.broken",
    "simulate": "simulator.testing.counter_examples",
    "systems": "simulator.testing.strategies.systems",
}


def __getattr__(name: str) -> Any:
    """Load a public name on first use: invariants need no Hypothesis, strategies no engine."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = (
        getattr(import_module(_HOME[name]), name) if name in _HOME else import_module(f"{__name__}.{name}")
    )
    globals()[name] = value
    return value
