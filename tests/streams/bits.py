"""Print a digest of the bits of every function of `simulator.streams`, over a few thousand fixed inputs."""

import hashlib
import json
import math
import sys

import numpy as np

from simulator import streams
from simulator.streams import laws

PARAMETERS = {
    "constant": (laws.CONSTANT, [7.25]),
    "uniform": (laws.UNIFORM, [-1.1, 2.3]),
    "triangular": (laws.TRIANGULAR, [3.0, 6.0, 12.0]),
    "exponential": (laws.EXPONENTIAL, [12.7]),
    "lognormal": (laws.LOGNORMAL, [8.22, 0.79]),
    "weibull": (laws.WEIBULL, [3.3, 1.7]),
    "erlang": (laws.ERLANG, [5.0, 2.6]),
    "uniform_integer": (laws.UNIFORM_INTEGER, [60.0, 80.0]),
    "metalog": (laws.METALOG, [10.0, 2.1, 0.7]),
    "metalog_above": (laws.METALOG_ABOVE, [1.2, 0.4, -0.1, 3.0]),
    "metalog_between": (laws.METALOG_BETWEEN, [0.3, 0.6, 0.2, -2.0, 5.0]),
    "table": (laws.TABLE, [1.1, 2.0, 2.0, 3.7, 9.9]),
}


def positive_floats(count):
    """Return floats over the whole range, subnormal ones included, half of them between 1/2 and 2."""
    state, floats = 1, []
    for k in range(count):
        state = state * 6364136223846793005 + 1442695040888963407 & (1 << 64) - 1
        mantissa, exponent = 0.5 + (state >> 12) * 2.0**-53, k % 2 if k % 4 < 2 else state % 2098 - 1073
        floats.append(math.ldexp(mantissa, exponent))
    return floats


def numbers():
    """Return the values of every function, by name."""
    word = streams.key_word("rate", "bodies/7")
    wide = positive_floats(4000)
    small = [math.ldexp(math.frexp(x)[0], -(k % 53)) for k, x in enumerate(wide)]
    probabilities = [u for u in wide if u < 1.0] + small + [1.0 - u for u in small]
    addresses = [
        (seed, replication, index) for seed in (0, 2**63) for replication in (0, 9) for index in range(25)
    ]
    values = {
        "uniform": [streams.uniform(s, word, r, i) for s, r, i in addresses],
        "uniforms4": [u for s, r, i in addresses for u in streams.uniforms4(s, word, r, i)],
        "log": [streams.log(x) for x in [*wide, 0.0, math.inf]],
        "exp": [streams.exp(sign * x) for x in [*wide, 0.0, math.inf] for sign in (1.0, -1.0)],
        "normal_quantile": [streams.normal_quantile(p) for p in [*probabilities, 0.0, 1.0]],
        "duration_ticks": [float(streams.duration_ticks(x)) for x in [*wide, 0.0, -1.0, math.inf]],
    }
    for name, (law, parameters) in PARAMETERS.items():
        array = np.array(parameters)
        values[f"sample {name}"] = [streams.sample(law, array, s, word, r, i) for s, r, i in addresses]
        if law != laws.ERLANG:
            values[f"quantile {name}"] = [streams.quantile(law, array, p) for p in probabilities[::29]]
            values[f"quantiles {name}"] = list(streams.quantiles(law, array, np.array(probabilities[::37])))
    return values


def digests():
    """Return 16 hex digits a function, of the bytes of all its values."""
    return {
        name: hashlib.sha256(np.array(values, dtype="<f8").tobytes()).hexdigest()[:16]
        for name, values in numbers().items()
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(digests(), indent=4) + "\n")
