import math
from datetime import date

import pytest

from simulator.analysis.naive import GROWTH_ERROR, LEVEL_ERROR, naive
from simulator.model.outcomes import Outcome


def figure(from_, by, value=0.0, *, per="month", claim=None):
    days = date.fromisoformat(from_), date.fromisoformat(by)
    return Outcome("", claim, *days, value, None, None, per, None, None, ())


def test_one_known_rate_stays_and_its_error_grows_with_time():
    law = naive([figure("2023-01-01", "2023-12-31", 100.0)], figure("2025-01-01", "2025-12-31"))
    assert law.median == pytest.approx(100.0, rel=0.002)
    years = 731 / 365.25
    assert law.sigma == pytest.approx(math.hypot(LEVEL_ERROR, GROWTH_ERROR * years), rel=0.001)


def test_the_line_through_the_last_two_logarithms_goes_on():
    known = [
        figure("2021-01-01", "2021-12-31", 1.0),
        figure("2022-01-01", "2022-12-31", 100.0),
        figure("2023-01-01", "2023-12-31", 150.0),
    ]
    assert naive(known, figure("2024-01-01", "2024-12-31")).median == pytest.approx(225.0, rel=0.005)


def test_no_growth_is_faster_than_a_doubling_a_year():
    known = [figure("2023-01-01", "2023-01-31", 10.0), figure("2023-02-01", "2023-02-28", 100.0)]
    assert naive(known, figure("2024-02-01", "2024-02-29")).median == pytest.approx(200.0 * 29 / 28, rel=0.01)


def test_a_total_goes_on_at_its_rate_over_a_longer_window():
    known = [figure("2023-08-01", "2023-11-08", 2000.0, per=None)]
    assert naive(known, figure("2023-08-01", "2024-02-16", per=None)).median == pytest.approx(4000.0)


def test_with_nothing_known_above_zero_there_is_no_naive_extrapolation():
    assert naive([], figure("2024-01-01", "2024-12-31")) is None
    assert naive([figure("2023-01-01", "2023-12-31", 0.0)], figure("2024-01-01", "2024-12-31")) is None
