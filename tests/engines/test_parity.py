"""The compiled engine writes the bytes that the reference engine writes."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator import engines
from simulator.engines.compiled import tables
from simulator.model.distributions import Variate
from simulator.model.system import NONE
from simulator.path import Kind, SamplePath
from simulator.testing import systems
from simulator.testing.differences import first_difference
from simulator.testing.strategies import random_system
from tests.engines import parity
from tests.engines.build import line, recipe
from tests.engines.build import system as system_of_lines
from tests.engines.features import EVENTS, PARTS, features

CHUNKS, CHUNK = 8, 125
"""1,000 systems in the ordinary run, dealt to the processes of the tests; `make parity N=100000` for more."""
SWITCHES = (
    "power",
    "calendars",
    "breakdowns",
    "rejects",
    "flow",
    "drawn_work",
    "commissioning",
    "suppliers",
    "links",
    "capacities",
    "floors",
    "additions",
    "priorities",
    "chance",
    "warm_up",
)
ADDRESSES = st.tuples(st.integers(0, 2**64 - 1), st.integers(0, 2**32))
"""Seed and replication."""


def difference(system, seed, replication):
    """Return where the engines part on a system, None where they do not."""
    one, other = (
        engines.simulate(system, seed=seed, replication=replication, engine=engine)
        for engine in ("reference", "compiled")
    )
    return first_difference(one, other)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_both_engines_write_the_same_bytes_on_a_thousand_systems(chunk):
    tally = parity.compare(range(chunk * CHUNK, (chunk + 1) * CHUNK))
    assert not tally.difference, tally.difference
    assert tally.systems == CHUNK


@given(system=systems(tie_heavy=False), address=ADDRESSES)
def test_both_engines_agree_where_times_are_continuous(system, address):
    assert difference(system, *address) is None


@given(system=systems(tie_heavy=True), address=ADDRESSES)
def test_both_engines_agree_where_much_happens_at_one_instant(system, address):
    assert difference(system, *address) is None


@given(system=systems(max_days=6), seed=st.integers(0, 2**64 - 1))
def test_both_engines_agree_on_every_replication(system, seed):
    assert [difference(system, seed, replication) for replication in range(4)] == [None] * 4


@pytest.mark.parametrize("switch", SWITCHES)
@settings(max_examples=8)
@given(data=st.data())
def test_both_engines_agree_without_a_part_of_the_model(switch, data):
    system = data.draw(systems(**{switch: False}))
    assert difference(system, 1, 2) is None


def test_both_engines_agree_without_any_part_that_can_be_left_out():
    for number in range(20):
        bare = replace(parity.system_of(number), suppliers=(), links=(), grids=(), calendars=())
        regions = tuple(replace(region, grid=NONE) for region in bare.regions)
        plain = (
            replace(line, grid=NONE, calendar=NONE, breakdown=None, work=None, flow=None, reject=0.0)
            for line in bare.lines
        )
        bare = replace(bare, regions=regions, lines=tuple(line for line in plain if line.recipes))
        assert difference(bare, number, 0) is None


@pytest.mark.parametrize("number", [0, 2, 5, 24, 33, 36])
def test_both_engines_agree_on_hundreds_of_lines(number):
    system = random_system(number, max_plants=300, max_days=4, tie_heavy=number % 2 == 0)
    assert len(system.lines) >= 300
    assert difference(system, number, 5) is None


def test_both_engines_agree_when_a_path_outgrows_its_arrays(monkeypatch):
    monkeypatch.setattr(tables, "ROWS_AT_FIRST", 300)
    system = random_system(4, max_plants=40, max_days=30)
    assert len(engines.simulate(system, seed=1, replication=0).rows) > 1000
    assert difference(system, 1, 0) is None


def test_both_engines_agree_when_lots_in_flow_outgrow_their_pool():
    quick = (recipe([], lot_hours=0.5),)
    flow = Variate("uniform", (100.0, 140.0))
    lines = [line(f"works/{k}/0", recipes=quick, flow=flow) for k in range(3)]
    long = system_of_lines(*lines, end=240)
    made, unloaded = (
        len(engines.simulate(long, seed=1, replication=0).of(kind)) for kind in (Kind.MADE, Kind.UNLOADED)
    )
    assert unloaded - made > 3 * 150
    assert difference(long, 1, 0) is None


def test_everything_in_the_contract_happens_in_generated_systems():
    seen = set()
    for number in range(400):
        system = parity.system_of(number)
        seen.update(features(engines.simulate(system, seed=number, replication=0)))
        if number == 0:
            assert len(seen) < len(EVENTS) + len(PARTS), "one system does not have it all"
    expected = {f"part: {name}" for name in PARTS} | {f"event: {name}" for name in EVENTS}
    assert expected - seen == set()
    assert sum(name.startswith("row: ") for name in seen) == 19
    assert sum(name.startswith("state: ") for name in seen) == 7


def test_a_difference_is_told_with_the_first_row_and_the_system(monkeypatch):
    def simulate(system, *, seed, replication, engine):
        path = engines.simulate(system, seed=seed, replication=replication)
        if engine == "reference" or system != parity.system_of(3):
            return path
        rows = path.rows.copy()
        rows["amount"][4] += 1
        return SamplePath(system, rows, path.bound_events)

    monkeypatch.setattr(parity, "simulate", simulate)
    tally = parity.compare(range(10))
    assert tally.systems == 4
    assert tally.difference.startswith("system 3, {'seed': 3, 'replication': 3}: at row 4: reference has ")
    assert "System(start=" in tally.difference


def test_the_log_counts_what_was_compared():
    total = parity.Tally()
    for numbers in parity.batches(1, 600):
        total.add(parity.Tally(systems=len(numbers), looked_at=1, rows=7, bound_events=2))
    assert (total.systems, total.looked_at, total.rows, total.bound_events) == (600, 3, 21, 6)
    text = parity.summary(total, first=1, seconds=60.0, workers=2)
    assert "| systems | 600 |" in text
    assert "| differing bytes | 0 |" in text
