from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.model.calendars import Calendar
from simulator.model.realising.openings import openings
from simulator.model.realising.span import Span
from simulator.model.system import TICKS_PER_DAY, TICKS_PER_HOUR

MONDAY = date(2023, 1, 2)


def calendar(*changes, closed=()):
    """A calendar from (date, shifts, days) rows."""
    rows = [{"from": day, "shifts": shifts, "days": days} for day, shifts, days in changes]
    return Calendar.model_validate({"changes": rows, "closed": list(closed)})


def open_hours(calendar, *, days=7, warm_up_h=0, start=MONDAY):
    """The open stretches in hours since 00:00 of the start."""
    span = Span(start, -warm_up_h * TICKS_PER_HOUR, days * TICKS_PER_DAY)
    return [(opens / TICKS_PER_HOUR, closes / TICKS_PER_HOUR) for opens, closes in openings(calendar, span)]


def test_one_shift_is_open_from_8_to_16_on_the_first_days_of_the_week():
    assert open_hours(calendar((MONDAY, 1, 3))) == [(8, 16), (32, 40), (56, 64)]


def test_two_shifts_are_open_from_8_to_24_and_closed_at_night():
    assert open_hours(calendar((MONDAY, 2, 7)), days=2) == [(8, 24), (32, 48)]


def test_three_shifts_on_all_days_are_one_stretch():
    assert open_hours(calendar((MONDAY, 3, 7)), days=30) == [(0, 720)]


def test_three_shifts_on_six_days_stop_for_sunday():
    assert open_hours(calendar((MONDAY, 3, 6)), days=9) == [(0, 144), (168, 216)]


def test_the_days_count_from_monday_whatever_the_first_day_of_the_run():
    assert open_hours(calendar((MONDAY, 1, 1)), start=MONDAY - timedelta(days=1), days=8) == [(32, 40)]


def test_a_closed_date_cuts_a_stretch():
    found = open_hours(calendar((MONDAY, 3, 7), closed=[date(2023, 1, 4)]))
    assert found == [(0, 48), (72, 168)]


def test_a_surge_in_mid_week_applies_from_midnight():
    found = open_hours(calendar((MONDAY, 1, 5), (date(2023, 1, 4), 3, 7)))
    assert found == [(8, 16), (32, 40), (48, 168)]


def test_two_shifts_run_into_three_without_an_event_at_midnight():
    found = open_hours(calendar((MONDAY, 2, 5), (date(2023, 1, 4), 3, 7)))
    assert found == [(8, 24), (32, 168)]


def test_the_first_entry_also_holds_before_its_date():
    assert open_hours(calendar((date(2023, 6, 1), 1, 1))) == [(8, 16)]


def test_no_shifts_and_no_days_are_both_closed():
    assert open_hours(calendar((MONDAY, 0, 7))) == []
    assert open_hours(calendar((MONDAY, 3, 0))) == []


def test_a_warm_up_has_negative_ticks_and_begins_within_a_shift():
    assert open_hours(calendar((MONDAY, 1, 7)), warm_up_h=12, days=1) == [(-12, -8), (8, 16)]


def test_a_warm_up_that_begins_after_the_shift_leaves_no_empty_stretch():
    assert open_hours(calendar((MONDAY, 1, 7)), warm_up_h=8, days=1) == [(8, 16)]


weeks = st.tuples(st.integers(0, 3), st.integers(0, 7))


@settings(deadline=None)
@given(
    st.lists(st.integers(-10, 25), min_size=1, max_size=4, unique=True).map(sorted),
    st.lists(weeks, min_size=4, max_size=4),
    st.lists(st.integers(-5, 20), max_size=4),
    st.integers(0, 100),
    st.integers(1, 20),
    st.integers(0, 6),
)
def test_an_hour_is_open_exactly_when_its_own_day_says_so(changes, shapes, closed, warm_up_h, days, weekday):
    start = MONDAY + timedelta(days=weekday)
    rows = [
        (start + timedelta(days=day), shifts, working)
        for day, (shifts, working) in zip(changes, shapes, strict=False)
    ]
    shut = [start + timedelta(days=day) for day in closed]
    found = open_hours(calendar(*rows, closed=shut), days=days, warm_up_h=warm_up_h, start=start)

    def is_open(hour):
        day = start + timedelta(days=hour // 24)
        _, shifts, working = max((row for row in rows if row[0] <= day), default=rows[0])
        first, last = {0: (0, 0), 1: (8, 16), 2: (8, 24), 3: (0, 24)}[shifts]
        return day not in shut and day.weekday() < working and first <= hour % 24 < last

    for hour in range(-warm_up_h, days * 24):
        assert is_open(hour) == any(opens <= hour < closes for opens, closes in found)
    ends = [end for stretch in found for end in stretch]
    assert all(earlier < later for earlier, later in pairwise(ends))
