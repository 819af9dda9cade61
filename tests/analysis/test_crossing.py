import math

import numpy as np
import pytest

from simulator.analysis.crossing import even_odds
from simulator.analysis.intervals import proportion_interval

LEVELS = np.array([10.0, 20.0, 30.0, 40.0])


def crossed(probability, width=0.1):
    at = np.array(probability)
    return even_odds(LEVELS, at, np.maximum(at - width, 0.0), np.minimum(at + width, 1.0))


def test_even_odds_lie_where_the_straight_line_passes_a_half():
    found = crossed([0.0, 0.2, 0.6, 0.9])
    assert found.level == pytest.approx(27.5)
    # 0.1 above: from 0.3 to 0.7; 0.1 below: from 0.1 to 0.5
    assert (found.low, found.high) == (pytest.approx(25.0), pytest.approx(30.0))
    assert found.rises
    assert found.one_way


def test_a_probability_that_falls_is_the_mirror_image():
    found = crossed([0.9, 0.6, 0.2, 0.0])
    assert (found.low, found.level, found.high) == tuple(map(pytest.approx, (20.0, 22.5, 25.0)))
    assert not found.rises


def test_what_is_not_reached_lies_beyond_the_levels():
    found = crossed([0.0, 0.1, 0.2, 0.45])
    assert found.level == found.high == math.inf
    assert found.low == pytest.approx(30.0 + 10.0 * (0.5 - 0.3) / 0.25)
    falling = crossed([0.45, 0.2, 0.1, 0.0])
    assert falling.level == falling.low == -math.inf


def test_what_holds_at_the_first_level_already_lies_before_it():
    assert crossed([0.7, 0.8, 0.9, 1.0]).level == -math.inf


def test_a_dip_within_the_intervals_is_no_turn_and_a_deep_one_is():
    assert crossed([0.2, 0.5, 0.45, 0.9]).one_way
    assert not crossed([0.2, 0.9, 0.1, 0.95]).one_way


def trial(random, n, squeezed=1.0):
    """Reach a figure with a chance of a half at 137: a common factor, and luck, on a grid of levels."""
    levels = np.arange(10.0, 301.0, 10.0)
    factor, luck = random.normal(0.0, 0.6, size=n), random.normal(0.0, 0.2, size=(n, len(levels)))
    hit = np.log(levels / 137.0) + factor[:, None] + luck >= 0.0
    intervals = [proportion_interval(hit[:, k]) for k in range(len(levels))]
    at = hit.mean(axis=0)
    low, high = (
        at + squeezed * (np.array(ends) - at)
        for ends in zip(*((each.low, each.high) for each in intervals), strict=True)
    )
    return even_odds(levels, at, low, high)


def coverage(squeezed):
    random = np.random.default_rng(7)
    found = [trial(random, 128, squeezed) for _ in range(400)]
    return np.mean([each.low <= 137.0 <= each.high for each in found])


def test_the_interval_covers_a_known_crossing_as_often_as_it_says():
    assert 0.93 <= coverage(1.0) <= 1.0


def test_intervals_of_half_the_width_would_not():
    assert coverage(0.5) < 0.8
