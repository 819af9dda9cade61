import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.streams import LONGEST_TICKS, TICKS_PER_HOUR, duration_ticks


def test_an_hour_is_3_600_000_ticks():
    assert (TICKS_PER_HOUR, duration_ticks(1.0), duration_ticks(24)) == (3_600_000, 3_600_000, 86_400_000)


@given(st.floats(-1e6, 1e9))
def test_a_duration_is_rounded_to_the_nearest_tick_and_never_zero(hours):
    assert duration_ticks(hours) == max(1, math.floor(hours * 3_600_000 + 0.5))


@pytest.mark.parametrize("ticks", range(1, 9))
def test_half_a_tick_is_rounded_up(ticks):
    hours = (ticks + 0.5) / 3_600_000
    assert hours * 3_600_000 == ticks + 0.5
    assert duration_ticks(hours) == ticks + 1
    assert duration_ticks((ticks + 0.499999) / 3_600_000) == ticks


@pytest.mark.parametrize("hours", [0.0, -0.0, 1e-300, -5.0, -1e300, -math.inf])
def test_no_duration_is_shorter_than_one_tick(hours):
    assert duration_ticks(hours) == 1


@pytest.mark.parametrize("hours", [LONGEST_TICKS / TICKS_PER_HOUR, 1e300, math.inf])
def test_no_duration_is_longer_than_the_cap(hours):
    assert duration_ticks(hours) == LONGEST_TICKS == 2**52


def test_a_duration_just_under_the_cap_is_kept():
    assert duration_ticks((LONGEST_TICKS - 1000) / TICKS_PER_HOUR) == LONGEST_TICKS - 1000


def test_a_duration_that_is_not_a_number_is_an_error():
    with pytest.raises(ValueError, match="not a number"):
        duration_ticks(math.nan)
