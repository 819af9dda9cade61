"""Random numbers by stream and index; the block of four last made is kept (clause 24)."""

from simulator import streams
from simulator.engines.compiled.layout import Tables
from simulator.jit import njit
from simulator.streams import laws
from simulator.streams.inversion import quantile
from simulator.streams.philox import uniforms4
from simulator.streams.sampling import sample

duration_ticks = streams.duration_ticks


@njit
def uniform(t: Tables, stream: int, index: int) -> float:
    """Return the uniform number at an index of a stream."""
    entry = t.streams[stream]
    first, block = 4 * stream, index >> 2
    if entry.block != block:
        entry.block = block
        u0, u1, u2, u3 = uniforms4(t.clock[0].seed, entry.word, t.clock[0].replication, block)
        t.uniforms[first], t.uniforms[first + 1] = u0, u1
        t.uniforms[first + 2], t.uniforms[first + 3] = u2, u3
    return t.uniforms[first + (index & 3)]


@njit
def number(t: Tables, stream: int, index: int) -> float:
    """Return the number at an index by the law of a stream."""
    entry = t.streams[stream]
    law, params = int(entry.law), t.params[entry.first_param : entry.first_param + entry.params]
    if law == laws.ERLANG:  # takes several uniforms
        return sample(law, params, t.clock[0].seed, entry.word, t.clock[0].replication, index)
    return quantile(law, params, uniform(t, stream, index))


@njit
def ticks(t: Tables, stream: int, index: int) -> int:
    """Return the number at an index as hours in whole ticks, at least 1 (clause 1)."""
    return duration_ticks(number(t, stream, index))
