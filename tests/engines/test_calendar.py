"""What the compiled engine's calendar can hold."""

from dataclasses import replace

import pytest

from simulator.engines import simulate
from simulator.engines.compiled.calendar import FAR, MOST_SLOTS, empty_calendar, level_sizes
from simulator.errors import ModelError
from tests.engines.build import line, system


def test_a_run_that_ends_later_than_a_key_can_say_is_refused_by_the_compiled_engine_alone() -> None:
    late = replace(system(line()), end_tick=FAR + 1)
    with pytest.raises(
        ModelError,
        match="ends after 25,452 days, and the compiled engine takes 25,451, some 69 years; give a shorter",
    ):
        simulate(late, seed=1, replication=0, engine="compiled")


def test_a_key_names_four_million_things_to_schedule() -> None:
    assert empty_calendar(MOST_SLOTS, FAR)[1].size == 9
    with pytest.raises(
        ModelError, match="4,194,305 things to schedule, and the compiled engine takes 4,194,304"
    ):
        empty_calendar(MOST_SLOTS + 1, 0)


def test_every_level_but_the_last_is_of_whole_blocks() -> None:
    assert level_sizes(1) == [8, 1]
    assert level_sizes(100) == [104, 16, 8, 1]
