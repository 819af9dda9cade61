"""Random numbers that have an address, not an order; each public name is loaded when it is first used."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulator.streams.elementary import exp, log, normal_quantile
    from simulator.streams.inversion import quantile, quantiles
    from simulator.streams.philox import key_word, uniform, uniforms4
    from simulator.streams.sampling import sample, samples
    from simulator.streams.ticks import LONGEST_TICKS, TICKS_PER_HOUR, duration_ticks

__all__ = [
    "LONGEST_TICKS",
    "TICKS_PER_HOUR",
    "duration_ticks",
    "exp",
    "key_word",
    "log",
    "normal_quantile",
    "quantile",
    "quantiles",
    "sample",
    "samples",
    "uniform",
    "uniforms4",
]

_HOME = {
    "exp": "elementary",
    "log": "elementary",
    "normal_quantile": "elementary",
    "quantile": "inversion",
    "quantiles": "inversion",
    "key_word": "philox",
    "uniform": "philox",
    "uniforms4": "philox",
    "sample": "sampling",
    "samples": "sampling",
    "LONGEST_TICKS": "ticks",
    "TICKS_PER_HOUR": "ticks",
    "duration_ticks": "ticks",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'simulator.streams' has no attribute {name!r}")
    globals()[name] = value = getattr(import_module(f"simulator.streams.{_HOME[name]}"), name)
    return value
