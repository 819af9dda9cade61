import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.responses.passes.exact import MOST_PARTS, add, rounded

NUMBERS = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300)


def total(numbers):
    parts, count = np.empty(MOST_PARTS), 0
    for number in numbers:
        count = add(parts, count, number)
    return rounded(parts, count)


def test_a_sum_keeps_what_rounding_at_every_step_loses():
    assert total([1e16, 1.0, 1.0, -1e16]) == 2.0
    assert total([0.1] * 10) == 1.0


def test_the_sum_of_nothing_is_0():
    assert total([]) == 0.0


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([2.0**53, 1.0], 2.0**53),  # half way: to the even one
        ([2.0**53, 1.0, 2.0**-80], 2.0**53 + 2),  # above half way by the least
        ([2.0**53 + 2, 1.0], 2.0**53 + 4),
        ([2.0**53 + 2, 1.0, -(2.0**-80)], 2.0**53 + 2),
    ],
)
def test_a_sum_is_rounded_once_and_to_the_even_of_two(numbers, expected):
    assert total(numbers) == expected


@given(st.lists(NUMBERS, max_size=30))
def test_sums_are_those_of_fsum(numbers):
    assert total(numbers) == math.fsum(numbers)
