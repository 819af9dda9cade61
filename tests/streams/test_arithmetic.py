import ast
from pathlib import Path

import pytest

import simulator.streams

SOURCES = sorted(Path(simulator.streams.__path__[0]).rglob("*.py"))
EXACT = {
    "math": {"sqrt", "frexp", "ldexp", "floor", "inf", "nan"},
    "np": {"uint64", "int64", "float64", "empty"},
}


LIBRARIES = {"math", "cmath", "numpy", "scipy", "random"}
SPELT = {("math", None), ("numpy", "np")}


def inexact(source):
    """Return what a module uses that could round otherwise on another machine."""
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.BinOp(op=ast.Pow()) | ast.AugAssign(op=ast.Pow()):
                found.append("**")
            case ast.Name(id="pow" | "sum" as name) | ast.keyword(arg="fastmath" | "parallel" as name):
                found.append(name)
            case ast.Attribute(value=ast.Name(id=module), attr=name) if name not in EXACT.get(module, {name}):
                found.append(f"{module}.{name}")
            case ast.alias(name=name, asname=other) if name in LIBRARIES and (name, other) not in SPELT:
                found.append(name)
            case ast.ImportFrom(module=module) if module in LIBRARIES:
                found.append(f"from {module}")
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_streams_use_only_arithmetic_that_every_processor_does_alike(path):
    assert inexact(path.read_text()) == []


def test_the_streams_are_searched():
    assert {"philox.py", "elementary.py", "inversion.py", "sampling.py", "ticks.py"} <= {
        p.name for p in SOURCES
    }


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("y = x ** 3", "**"),
        ("y **= 2", "**"),
        ("y = pow(x, 3)", "pow"),
        ("y = sum(x)", "sum"),
        ("y = math.exp(x)", "math.exp"),
        ("y = math.lgamma(x)", "math.lgamma"),
        ("y = np.log(x)", "np.log"),
        ("y = np.sum(x)", "np.sum"),
        ("import math as m", "math"),
        ("import numpy", "numpy"),
        ("import scipy", "scipy"),
        ("import numpy as np", None),
        ("y = np.uint64(math.floor(x))", None),
        ("from math import exp", "from math"),
        ("from numpy import log", "from numpy"),
        ("f = njit(fastmath=True)(g)", "fastmath"),
    ],
)
def test_a_function_that_differs_between_processors_is_found(line, found):
    assert inexact(line) == ([found] if found else [])
