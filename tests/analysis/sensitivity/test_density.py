import math

import numpy as np
import pytest
from SALib.analyze.delta import calc_delta

from simulator.analysis.sensitivity.density import CLASSES, continuous, delta, deltas, density
from simulator.analysis.sensitivity.drawn import classes


def known_delta(rho):
    """Half the mean distance between the densities of y and of y given x, of normal x and y correlated rho."""
    y = np.linspace(-8.0, 8.0, 2001)
    x = np.linspace(-6.0, 6.0, 601)
    spread = math.sqrt(1.0 - rho * rho)
    density = np.exp(-y * y / 2.0) / math.sqrt(2.0 * math.pi)
    given = np.exp(-(((y - rho * x[:, None]) / spread) ** 2) / 2.0) / (spread * math.sqrt(2.0 * math.pi))
    inner = np.abs(density - given).sum(axis=1) * (y[1] - y[0]) / 2.0
    return float((inner * np.exp(-x * x / 2.0)).sum() * (x[1] - x[0]) / math.sqrt(2.0 * math.pi))


def test_delta_of_two_normal_numbers_is_known(drawn_of):
    random = np.random.Generator(np.random.PCG64(1))
    x = random.standard_normal((2, 3000))
    values = 0.8 * x[0] + 0.6 * random.standard_normal(3000)
    told, idle, _ = deltas(drawn_of(x), values, level=0.95)
    assert told.low - 0.04 <= known_delta(0.8) <= told.high + 0.04
    assert abs(told.value - known_delta(0.8)) < 0.1
    assert idle.value < 0.06
    assert told.above(idle)


def test_a_response_with_many_equal_values_has_no_density():
    assert continuous(np.arange(100.0))
    assert not continuous(np.maximum(0.0, np.arange(100.0) - 20.0))


def test_delta_of_one_sample_is_that_of_salib():
    random = np.random.Generator(np.random.PCG64(3))
    x = random.random(337)
    values = np.exp(x) + random.random(337)
    grid = np.linspace(values.min(), values.max(), 100)
    found = delta(values, classes(x, CLASSES), grid, density(values, grid))
    assert found == pytest.approx(calc_delta(values, grid, x, np.linspace(0, 337, CLASSES + 1)), rel=1e-9)
