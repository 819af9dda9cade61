import math

import numpy as np
import pytest

from simulator.analysis.sensitivity.drawn import GROUPS, classes
from simulator.analysis.sensitivity.first_order import (
    _tables,
    correlation_ratio,
    information,
    mutual_information,
    variance_shares,
)
from simulator.analysis.sensitivity.resampling import indices


def generator(*seed):
    return np.random.Generator(np.random.PCG64(seed))


def ishigami(u):
    x = np.pi * (2.0 * u - 1.0)
    return np.sin(x[0]) + 7.0 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])


G = np.array([0.0, 1.0, 4.5, 9.0, 99.0])


def sobol_g(u):
    return np.prod((np.abs(4.0 * u - 2.0) + G[:, None]) / (1.0 + G[:, None]), axis=0)


def test_the_shares_of_the_ishigami_function_are_known(drawn_of, sobol_points):
    points, scramble = sobol_points(8192, 3)
    *found, null, together = variance_shares(drawn_of(points, unit=scramble), ishigami(points), level=0.95)
    assert [each.value for each in found] == pytest.approx([0.3139, 0.4424, 0.0], abs=0.01)
    assert null.value < 0.005
    assert together.value == pytest.approx(0.7563, abs=0.02)


def test_the_shares_of_sobols_g_function_are_known(drawn_of, sobol_points):
    points, scramble = sobol_points(8192, 5)
    *found, _, _ = variance_shares(drawn_of(points, unit=scramble), sobol_g(points), level=0.95)
    parts = 1.0 / (3.0 * (1.0 + G) ** 2)
    assert [each.value for each in found] == pytest.approx(parts / (np.prod(1.0 + parts) - 1.0), abs=0.01)


def test_the_information_of_a_noisy_channel_is_known(drawn_of):
    random = generator(3)
    x = random.random((2, 6000))
    hit = np.where(x[0] < 0.5, random.random(6000) < 0.9, random.random(6000) < 0.1).astype(float)
    known = 1.0 + 0.1 * math.log2(0.1) + 0.9 * math.log2(0.9)
    told, idle, null = information(drawn_of(x), hit, level=0.95)
    assert told.low <= known <= told.high
    assert told.value == pytest.approx(known, abs=0.03)
    assert max(idle.value, null.value) < 0.005


def test_without_the_correction_of_bias_a_column_without_effect_stands_out(drawn_of):
    values = generator(5).standard_normal(300)
    corrected, plain, bits, plain_bits = [], [], [], []
    for seed in range(30):
        drawn = drawn_of(np.empty((0, 300)), seed=seed)
        counts, sums = _tables(drawn, values)
        squares = np.bincount(drawn.unit, weights=values**2)
        hits = _tables(drawn, (values > 0.0).astype(float))
        options = {"level": 0.95, "within": (-1.0, 1.0)}
        for found, kept, correct in ((corrected, bits, True), (plain, plain_bits, False)):
            found += indices(correlation_ratio, (counts, sums, squares), corrected=correct, **options)
            kept += indices(mutual_information, hits, corrected=correct, **options)
    assert abs(np.mean([each.value for each in corrected])) < 0.01
    assert np.mean([each.value for each in plain]) == pytest.approx(8 / 299, abs=0.01)
    assert abs(np.mean([each.value for each in bits])) < 0.006
    assert np.mean([each.value for each in plain_bits]) == pytest.approx(8 / (600 * math.log(2)), abs=0.006)


def test_the_interval_covers_a_known_share(drawn_of):
    covered = 0
    for seed in range(80):
        random = generator(11, seed)
        x = random.random((2, 600))
        values = 2.0 * x[0] + x[1] + random.standard_normal(600) / math.sqrt(12.0)
        found = variance_shares(drawn_of(x, seed=seed), values, level=0.95)[0]
        covered += found.low <= 4.0 / 6.0 <= found.high
    assert covered >= 70


def test_resampling_rows_of_one_scramble_as_if_independent_does_not_cover(drawn_of):
    by_scramble, by_row = [], []
    for seed in range(60):
        random = generator(13, seed)
        points = random.random((32, 4))
        x = np.tile(points.T, 20)
        values = np.tile(points[:, 0] + points[:, 1], 20) + 0.5 * random.standard_normal(640)
        known = (1.0 / 12.0) / (2.0 / 12.0 + 0.25)
        for covers, unit in ((by_scramble, np.arange(640) % 32), (by_row, random.permutation(640) % GROUPS)):
            found = variance_shares(drawn_of(x, unit=unit, seed=seed), values, level=0.95)[0]
            covers.append(found.low <= known <= found.high)
    assert sum(by_scramble) >= 50
    assert sum(by_row) < 45


def test_equal_values_are_in_one_class_and_classes_are_near_equal_in_size():
    values = generator(17).random(1000)
    assert set(np.bincount(classes(values, 9)).tolist()) <= {111, 112}
    dice = np.array([1.0, 1.0, 2.0, 3.0, 3.0, 3.0])
    assert classes(dice, 6).tolist() == [0, 0, 1, 2, 2, 2]
    assert classes(np.array([0.0, 1.0] * 5), 4).tolist() == [0, 1] * 5


def test_the_interval_covers_the_sum_of_shares_of_many_columns_and_is_no_wider_than_it_has_to_be(drawn_of):
    covered, widths = 0, []
    for seed in range(25):
        random = generator(19, seed)
        x = random.random((30, 2000))
        values = x[0] + x[1] + random.standard_normal(2000) / math.sqrt(6.0)
        together = variance_shares(drawn_of(x, seed=seed), values, level=0.95)[-1]
        covered += together.low <= 0.5 <= together.high
        widths.append(together.high - together.low)
    assert covered >= 21
    assert np.mean(widths) < 0.2
