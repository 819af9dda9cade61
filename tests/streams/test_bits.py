import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from simulator import streams
from simulator.streams import exp, key_word, laws, log, normal_quantile, uniform

HERE = Path(__file__).parent
WORD = key_word("rate", "bodies/7")

ELEMENTARY = [
    (uniform, (20230801, WORD, 3, 0), "0x1.070421bcab2f2p-2"),
    (uniform, (20230801, WORD, 3, 1), "0x1.87d5c544c7bb6p-2"),
    (uniform, (20230801, WORD, 3, 2), "0x1.b8341d26cb245p-1"),
    (uniform, (20230801, WORD, 3, 3), "0x1.c99f35b5a7c63p-1"),
    (uniform, (20230801, WORD, 3, 4), "0x1.25d00d2ed3db0p-5"),
    (log, (5e-324,), "-0x1.74385446d71c3p+9"),
    (log, (0.1,), "-0x1.26bb1bbb55515p+1"),
    (log, (0.7071067811865476,), "-0x1.62e42fefa39eep-2"),
    (log, (3.0,), "0x1.193ea7aad030ap+0"),
    (log, (1e300,), "0x1.5963447f87fb5p+9"),
    (exp, (-745.0,), "0x0.0000000000001p-1022"),
    (exp, (-1.0,), "0x1.78b56362cef38p-2"),
    (exp, (0.1,), "0x1.1aec7b35a00d4p+0"),
    (exp, (10.0,), "0x1.5829dcf950560p+14"),
    (exp, (709.7,), "0x1.d75ae7a50ee14p+1023"),
    (normal_quantile, (5e-324,), "-0x1.33bd3f27fcd02p+5"),
    (normal_quantile, (1e-9,), "-0x1.7fdc11f44b5a7p+2"),
    (normal_quantile, (0.07,), "-0x1.79cd70d9c27f0p+0"),
    (normal_quantile, (0.3,), "-0x1.0c7e39582c5fap-1"),
    (normal_quantile, (0.975,), "0x1.f5c0331eeff82p+0"),
]

LAWS = [
    (laws.CONSTANT, [7.25], "0x1.d000000000000p+2"),
    (laws.UNIFORM, [-1.1, 2.3], "-0x1.fc20bb44770b2p-1"),
    (laws.TRIANGULAR, [3.0, 6.0, 12.0], "0x1.f64cb4c74d69fp+1"),
    (laws.EXPONENTIAL, [12.7], "0x1.a211dd446f4d0p-2"),
    (laws.LOGNORMAL, [8.22, 0.79], "0x1.e52bc725f94d2p+0"),
    (laws.WEIBULL, [3.3, 1.7], "0x1.bf5df46e327c3p-2"),
    (laws.ERLANG, [5.0, 2.6], "0x1.0dab9385ca517p+1"),
    (laws.UNIFORM_INTEGER, [60.0, 80.0], "0x1.e000000000000p+5"),
    (laws.METALOG, [10.0, 2.1, 0.7], "0x1.f7edc76412c88p+1"),
    (laws.METALOG_ABOVE, [1.2, 0.4, -0.1, 3.0], "0x1.dc22cc9d34e0ap+1"),
    (laws.METALOG_BETWEEN, [0.3, 0.6, 0.2, -2.0, 5.0], "-0x1.4d3800c07d388p-1"),
    (laws.TABLE, [1.1, 2.0, 2.0, 3.7, 9.9], "0x1.36c17ebda2dc1p+0"),
]

WAYS = {
    "compiled for this processor": {"NUMBA_DISABLE_JIT": "0"},
    "compiled for a processor without extensions": {"NUMBA_DISABLE_JIT": "0", "NUMBA_CPU_NAME": "generic"},
    "interpreted": {"NUMBA_DISABLE_JIT": "1"},
}


@pytest.mark.parametrize(("function", "arguments", "bits"), ELEMENTARY)
def test_a_function_keeps_its_bits(function, arguments, bits):
    assert function(*arguments).hex() == bits


@pytest.mark.parametrize(("law", "parameters", "bits"), LAWS)
def test_a_law_keeps_its_bits(law, parameters, bits):
    assert streams.sample(law, np.array(parameters), 20230801, WORD, 3, 11).hex() == bits


@pytest.mark.parametrize("way", WAYS)
def test_thousands_of_numbers_have_the_recorded_bits(way):
    script = [sys.executable, "-W", "error", str(HERE / "bits.py")]
    done = subprocess.run(script, env=os.environ | WAYS[way], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    recorded = json.loads((HERE / "bits.json").read_text())
    assert recorded, "no bits are recorded"
    assert json.loads(done.stdout) == recorded
