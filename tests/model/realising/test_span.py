from datetime import date

import pytest

from simulator.errors import ModelError
from simulator.model.experiment import Horizon
from simulator.model.quantities import hours
from simulator.model.realising.span import Span, months
from simulator.model.system import TICKS_PER_DAY, TICKS_PER_HOUR


def span(start, end, warm_up_h=0.0):
    return Span.of(Horizon(start=start, end=end, warm_up=hours(warm_up_h)))


def test_a_run_goes_from_minus_the_warm_up_to_midnight_of_the_end():
    found = span(date(2023, 1, 1), date(2023, 1, 11), 36.5)
    assert (found.first_tick, found.end_tick) == (-131_400_000, 10 * TICKS_PER_DAY)


def test_a_run_without_warm_up_starts_at_tick_0():
    assert span(date(2023, 1, 1), date(2023, 1, 2)).first_tick == 0


def test_a_day_that_the_warm_up_only_touches_is_a_day_of_the_run():
    assert span(date(2023, 1, 1), date(2023, 1, 3), 25.0).days == range(-2, 2)


@pytest.mark.parametrize(
    ("start", "end", "warm_up_h"),
    [
        (date(2, 1, 1), date(2, 1, 2), 1.0),
        (date(2, 1, 2), date(2, 1, 3), 25.0),
        (date(9998, 12, 1), date.max, 0.0),
    ],
)
def test_a_run_that_reaches_out_of_the_calendar_is_refused(start, end, warm_up_h):
    with pytest.raises(ValueError, match="give dates from 0002-01-01 to 9998-12-31, warm-up included"):
        Horizon(start=start, end=end, warm_up=hours(warm_up_h))


def test_a_run_may_reach_the_ends_of_the_calendar():
    assert span(date(2, 1, 2), date(2, 1, 3), 24.0).first_tick == -TICKS_PER_DAY
    assert months(span(date(9998, 12, 30), date(9998, 12, 31))) == ((0, 11),)


def test_months_are_in_force_from_the_first_tick_and_then_from_their_first_days():
    found = months(span(date(2023, 1, 30), date(2023, 3, 2), 60.0))
    assert found == ((-60 * TICKS_PER_HOUR, 0), (2 * TICKS_PER_DAY, 1), (30 * TICKS_PER_DAY, 2))


def test_the_months_of_a_run_that_begins_in_december_go_on_in_january():
    assert months(span(date(2023, 1, 1), date(2023, 1, 2), 1.0)) == ((-TICKS_PER_HOUR, 11), (0, 0))


def test_a_month_that_begins_at_the_end_of_the_run_is_not_of_it():
    assert months(span(date(2024, 2, 1), date(2024, 3, 1))) == ((0, 1),)


def test_a_dated_event_at_the_first_instant_is_of_the_run_and_a_day_before_is_not():
    found = span(date(2023, 1, 1), date(2023, 2, 1), 48.0)
    assert found.event(date(2022, 12, 30), "stores.depot") == -2 * TICKS_PER_DAY
    with pytest.raises(
        ModelError, match=r"stores\.depot is 2022-12-29, before the run's first instant 2022-12-30 00:00"
    ):
        found.event(date(2022, 12, 29), "stores.depot")
