"""What relates the paths of two systems, or bounds one, holds on both engines for systems of any kind."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.engines import simulate
from simulator.model.distributions import Variate
from simulator.model.system import NO_LIMIT, TICKS_PER_HOUR
from simulator.path import Kind
from simulator.testing import relations, systems
from tests.profiles import ASKED

EXAMPLES = {"compiled": 100, "reference": 12}
SMALL = systems(max_plants=4, max_days=4)
TIMED = systems(
    tie_heavy=True,
    chance=False,
    breakdowns=False,
    warm_up=True,
    commissioning=False,
    max_plants=4,
    max_days=4,
)
"""Systems whose times are whole hours; those that go by the date, or slow lines, are refused by `scaled`."""
END = 10**6
TIMES = st.integers(1, 9) | st.integers(1, 40_000)
"""Few different ones, so that much ties, or many."""
ARRIVALS = st.lists(
    st.tuples(st.integers(0, 30) | st.integers(0, END // 2), st.integers(1, 15)), min_size=1, max_size=8
)
SHARES = st.floats(0.05, 1.0)


def on_both_engines(
    **drawn: st.SearchStrategy[Any],
) -> Callable[[Callable[..., None]], Callable[[str], None]]:
    """Make a test of a property that takes an engine and what is drawn."""

    def decorate(relation: Callable[..., None]) -> Callable[[str], None]:
        @pytest.mark.parametrize("engine", EXAMPLES)
        def test(engine: str) -> None:
            @settings(max_examples=int(ASKED or EXAMPLES[engine]))
            @given(**drawn)
            def holds(**found: Any) -> None:
                relation(engine=engine, **found)

            holds()

        return test

    return decorate


def in_hours(ticks: int) -> float:
    return ticks / TICKS_PER_HOUR


WORK = st.one_of(
    TIMES.map(lambda ticks: Variate("constant", (in_hours(ticks),))),
    TIMES.map(lambda ticks: Variate("exponential", (in_hours(ticks),))),
    TIMES.map(lambda ticks: Variate("erlang", (2.0, in_hours(ticks)))),
    st.tuples(TIMES, TIMES).map(lambda ends: Variate("uniform", (in_hours(min(ends)), in_hours(sum(ends))))),
)
STATIONS = st.lists(
    st.builds(relations.Station, WORK, lot=st.integers(1, 3), room=st.integers(3, 5) | st.just(NO_LIMIT)),
    min_size=1,
    max_size=4,
)
SERIAL_LINES = st.builds(
    relations.serial_line, STATIONS, arrivals=ARRIVALS.map(sorted), end_tick=st.integers(1000, END)
)
PARALLEL_MACHINES = st.builds(
    relations.parallel_machines,
    st.integers(1, 4),
    work_ticks=TIMES,
    arrivals=ARRIVALS.map(sorted),
    end_tick=st.just(END),
)


def items(system, engine, kind):
    """Return the ticks of each item that the last line gives, or that all lines take."""
    path = simulate(system, seed=7, replication=1, engine=engine)
    last = (len(system.lines) - 1,)
    return relations.nth_ticks(path, kind, entities=last if kind is Kind.UNLOADED else None)


@on_both_engines(system=SMALL, numbers=st.permutations(range(3)))
def test_a_replication_does_not_depend_on_those_before_it(engine, system, numbers):
    in_turn, otherwise = (
        {number: simulate(system, seed=7, replication=number, engine=engine).tobytes() for number in order}
        for order in (range(3), numbers[:2])
    )
    assert otherwise.items() <= in_turn.items()


@on_both_engines(system=SMALL)
def test_an_unconnected_store_changes_no_row_but_its_own(engine, system):
    path = simulate(system, seed=7, replication=1, engine=engine)
    other = simulate(relations.with_unconnected_store(system), seed=7, replication=1, engine=engine)
    assert relations.rows_of_others(other, system).tobytes() == path.tobytes()
    assert len(other.rows) == len(path.rows) + 1


@on_both_engines(system=SMALL)
def test_an_unconnected_plant_changes_no_row_but_its_own(engine, system):
    path = simulate(system, seed=7, replication=1, engine=engine)
    other = simulate(relations.with_unconnected_plant(system), seed=7, replication=1, engine=engine)
    assert relations.rows_of_others(other, system).tobytes() == path.tobytes()
    assert len(other.rows) > len(path.rows) + 1


@on_both_engines(system=SMALL)
def test_a_constraint_that_does_not_bind_changes_nothing(engine, system):
    path = simulate(system, seed=7, replication=1, engine=engine)
    other = simulate(relations.with_slack(system), seed=7, replication=1, engine=engine)
    assert relations.rows_of_others(other, system).tobytes() == path.tobytes()


def scaled_or_none(system, k):
    """Return the scaled system, or None for one that does not scale."""
    try:
        return relations.scaled(system, k)
    except ValueError:
        return None


@on_both_engines(system=TIMED, k=st.sampled_from((2, 3, 7)))
def test_times_k_times_as_long_give_all_at_k_times_its_tick(engine, system, k):
    changed = scaled_or_none(system, k)
    if changed is None:
        return
    rows = simulate(system, seed=3, replication=0, engine=engine).rows.copy()
    rows["tick"] *= k
    assert simulate(changed, seed=3, replication=0, engine=engine).rows.tobytes() == rows.tobytes()


@on_both_engines(system=SERIAL_LINES, share=SHARES, data=st.data())
def test_shorter_work_at_a_station_delays_no_item_of_a_serial_line(engine, system, share, data):
    station = data.draw(st.none() | st.integers(0, len(system.lines) - 1))
    changed = relations.with_shorter_work(system, share, role=station)
    before, after = (items(each, engine, Kind.UNLOADED) for each in (system, changed))
    assert relations.first_later(before, after) is None


@on_both_engines(system=SERIAL_LINES, by=st.integers(1, 5))
def test_larger_buffers_delay_no_item_of_a_serial_line(engine, system, by):
    before, after = (
        items(each, engine, Kind.UNLOADED) for each in (system, relations.with_larger_stores(system, by))
    )
    assert relations.first_later(before, after) is None


@on_both_engines(system=SERIAL_LINES, ticks=TIMES)
def test_earlier_input_delays_no_item_of_a_serial_line(engine, system, ticks):
    before, after = (
        items(each, engine, Kind.UNLOADED) for each in (system, relations.with_earlier_input(system, ticks))
    )
    assert relations.first_later(before, after) is None


@on_both_engines(system=PARALLEL_MACHINES)
def test_one_more_of_identical_machines_lets_no_job_start_later(engine, system):
    before, after = (
        items(each, engine, Kind.USED) for each in (system, relations.with_one_more_line(system))
    )
    assert relations.first_later(before, after) is None


@on_both_engines(system=PARALLEL_MACHINES, share=SHARES)
def test_shorter_work_of_identical_machines_lets_no_job_start_later(engine, system, share):
    before, after = (
        items(each, engine, Kind.USED) for each in (system, relations.with_shorter_work(system, share))
    )
    assert relations.first_later(before, after) is None


@on_both_engines(system=PARALLEL_MACHINES, ticks=TIMES)
def test_earlier_jobs_let_no_job_start_later_on_identical_machines(engine, system, ticks):
    before, after = (
        items(each, engine, Kind.USED) for each in (system, relations.with_earlier_input(system, ticks))
    )
    assert relations.first_later(before, after) is None


@on_both_engines(system=SMALL)
def test_no_more_is_made_than_materials_energy_and_hours_allow(engine, system):
    unloaded = simulate(system, seed=7, replication=1, engine=engine).of(Kind.UNLOADED)
    for material in range(len(system.materials)):
        made = int(unloaded["amount"][unloaded["material"] == material].sum())
        most = relations.most_output(system, material).items
        assert most is None or made <= most
