import math

import pytest

from simulator.analysis.figures import figure, percent


@pytest.mark.parametrize(
    ("probability", "written"),
    [
        (0.0, "0.0 %"),
        (1.0, "100.0 %"),
        (0.12345, "12.3 %"),
        (0.001, "0.1 %"),
        (0.00079, "0.1 %"),
        (0.99921, "99.9 %"),
        (0.0004, "0.040 %"),
        (0.9996, "99.960 %"),
        (math.nan, "unknown"),
    ],
)
def test_a_probability_is_never_written_as_0_or_100_when_it_is_not(probability, written):
    assert percent(probability) == written


def test_a_bound_is_rounded_to_the_side_on_which_it_stays_a_bound():
    assert percent(0.00581, toward="up") == "0.6 %"
    assert percent(0.00581, toward="down") == "0.5 %"
    assert percent(0.0006, toward="down") == "0.060 %"
    assert percent(0.05, toward="up") == percent(0.05, toward="down") == "5.0 %"


@pytest.mark.parametrize(
    ("number", "written"),
    [(1_234_567.8, "1,234,568"), (12.3456, "12.35"), (7.0, "7"), (0.0, "0"), (math.nan, "unknown")],
)
def test_large_numbers_are_whole_and_small_ones_have_four_digits(number, written):
    assert figure(number) == written
