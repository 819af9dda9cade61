"""What a pass over a path finds is what plain Python finds by looking at every row."""

import math
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.engines import simulate
from simulator.errors import RunError
from simulator.model.claims import Claim
from simulator.model.system import (
    DELIVERED,
    NONE,
    TICKS_PER_DAY,
    TICKS_PER_HOUR,
    State,
)
from simulator.path import ROW, Kind, SamplePath, sorted_rows
from simulator.responses import measure
from simulator.responses.passes.power import energy_kwh
from simulator.responses.periods import TICKS_PER_WEEK, months
from simulator.responses.trace import trace
from simulator.testing.strategies import systems

WAITS = (State.BLOCKED, State.AWAITING_MATERIAL, State.AWAITING_POWER)


@st.composite
def paths(draw):
    """What the reference engine makes of a generated system."""
    system = draw(systems(max_days=40))
    return simulate(system, seed=draw(st.integers(0, 9)), replication=0, engine="reference")


def rows_of(path, *kinds):
    """Tick, kind, material, entity, amount of the rows of some kinds, of all where none is named."""
    return [row for row in path.rows.tolist() if not kinds or row[1] in kinds]


def stretches(path, kind):
    """Entity, value, start, stop of what rows of a kind say, from tick 0 on."""
    last = {}
    for tick, _, _, entity, value in [
        *rows_of(path, kind),
        *((path.system.end_tick, 0, 0, e, 0) for e in range(99)),
    ]:
        if entity in last:
            start, held = last[entity]
            yield entity, held, max(start, 0), max(tick, 0)
        last[entity] = (tick, value)


def stocks(path):
    """Tick and all stocks by store and material, before the first row and after every row that moves goods."""
    system = path.system
    stock = {
        (store, each.material): each.initial
        for store, part in enumerate(system.stores)
        for each in part.holdings
    }
    store_of = {
        Kind.MADE: lambda entity: system.lines[entity].to_store,
        Kind.USED: lambda entity: system.lines[entity].from_store,
        Kind.SUPPLIED: lambda entity: system.suppliers[entity].store,
        Kind.ADDED: lambda entity: entity,
        Kind.SHIPPED: lambda entity: system.links[entity].from_store,
        Kind.RECEIVED: lambda entity: system.links[entity].to_store,
    }
    yield system.first_tick, dict(stock)
    for tick, kind, material, entity, amount in rows_of(path, *store_of):
        store = store_of[kind](entity)
        if store != DELIVERED:
            stock[store, material] += -amount if kind in (Kind.USED, Kind.SHIPPED) else amount
        yield tick, dict(stock)


@given(path=paths())
def test_the_time_of_lines_by_month_and_state_is_what_their_stretches_last(path):
    _, edges = months(path.system)
    expected, longest = defaultdict(int), defaultdict(int)
    for line, state, start, stop in stretches(path, Kind.STATE):
        for month, (first, last) in enumerate(pairwise(edges)):
            expected[month, line, state] += max(min(stop, last) - max(start, first), 0)
        if state in WAITS:
            longest[line] = max(longest[line], stop - start)
    found = trace(path)
    assert dict(np.ndenumerate(found.ticks)) == {key: expected[key] for key in np.ndindex(found.ticks.shape)}
    assert found.longest.tolist() == [longest[line] for line in range(len(path.system.lines))]


@given(path=paths())
def test_the_energy_of_grids_is_the_exact_sum_of_power_times_time(path):
    expected = [0] * len(path.system.grids)
    for grid, kw, start, stop in stretches(path, Kind.DRAWN):
        if grid < len(expected):
            expected[grid] += kw * (stop - start)
    assert energy_kwh(trace(path).grids) == [each / TICKS_PER_HOUR for each in expected]


@given(path=paths())
def test_amounts_are_added_up_by_entity_and_material_from_tick_0_on(path):
    system = path.system
    store_of = {Kind.USED: "from_store", Kind.MADE: "to_store", Kind.REJECTED: "to_store"}
    counted, all_time = defaultdict(int), defaultdict(int)
    for tick, kind, material, entity, amount in rows_of(path):
        place = getattr(system.lines[entity], store_of[kind]) if kind in store_of else entity
        counted[kind, place, material] += amount * (tick >= 0)
        all_time[kind, place, material] += amount
    found = trace(path)
    materials = range(len(system.materials))
    for kind in (
        *store_of,
        Kind.SUPPLIED,
        Kind.ADDED,
        Kind.SHIPPED,
        Kind.RECEIVED,
        Kind.LOST,
        Kind.TURNED_AWAY,
    ):
        amounts, with_warm_up = found.amounts(kind), found.amounts_with_warm_up(kind)
        places = range(len(amounts) - (kind in store_of))  # the last is for lines without store
        assert amounts[: len(places)].tolist() == [[counted[kind, p, m] for m in materials] for p in places]
        assert with_warm_up[: len(places)].tolist() == [
            [all_time[kind, p, m] for m in materials] for p in places
        ]
    for kind in (Kind.DEPARTED, Kind.ARRIVED, Kind.LOADS, Kind.MISSED):
        expected = [counted[kind, link, NONE] for link in range(len(system.links))]
        assert found.numbers(kind).tolist() == expected


@given(path=paths(), share=st.floats(0, 1))
def test_stocks_before_a_tick_are_what_the_rows_before_it_left(path, share):
    system = path.system
    asked = round(share * system.end_tick)
    found = trace(path, cuts=[asked])
    keys = [(store, each.material) for store, part in enumerate(system.stores) for each in part.holdings]
    for tick, stock in (
        (0, found.stock_before(0)),
        (asked, found.stock_before(asked)),
        (math.inf, found.stock),
    ):
        before = [left for when, left in stocks(path) if when < tick or when == system.first_tick == tick]
        first = next(stocks(path))[1]
        expected = ([left for when, left in stocks(path) if when < tick] or [first])[-1]
        assert before
        assert stock.tolist() == [expected[key] for key in keys]


@given(path=paths())
def test_final_lines_lack_the_first_input_of_which_there_is_too_little(path):
    system = path.system
    left = list(stocks(path))
    expected = np.zeros((len(system.lines), len(system.materials)), dtype=np.int64)
    changes = sorted({tick for tick, _ in left} | {0, system.end_tick})
    after = dict(left)  # of one instant the last
    for line, state, start, stop in stretches(path, Kind.STATE):
        facts = system.lines[line]
        if state != State.AWAITING_MATERIAL or not facts.recipes or not system.roles[facts.role].final:
            continue
        stock = after[changes[0]]
        for tick, until in zip(changes, [*changes[1:], system.end_tick], strict=True):
            stock = after.get(tick, stock)
            time = min(stop, until) - max(start, tick)
            lacks = [m for m, n in facts.recipes[0].inputs if stock[facts.from_store, m] < n]
            if time > 0 and lacks:
                expected[line, lacks[0]] += time
    assert (trace(path).missing == expected).all()


@given(path=paths(), days=st.tuples(st.integers(-3, 45), st.integers(0, 20)), at_least=st.integers(0, 40))
def test_weeks_and_claims_are_what_a_look_at_every_row_finds(path, days, at_least):
    system = path.system
    first = system.start + timedelta(days=days[0])
    claim = Claim.model_validate(
        {
            "quantity": "made",
            "materials": [system.materials[-1].name],
            "at_least": at_least,
            "from": first,
            "by": first + timedelta(days=days[1]),
        }
    )
    start, stop = days[0] * TICKS_PER_DAY, (days[0] + days[1] + 1) * TICKS_PER_DAY
    weeks = np.zeros((len(system.materials), -(-system.end_tick // TICKS_PER_WEEK)), dtype=np.int64)
    last = len(system.materials) - 1
    amount, met = 0, max(start, 0) if at_least == 0 else math.nan
    for tick, _, material, _, items in rows_of(path, Kind.MADE):
        if tick >= 0:
            weeks[material, tick // TICKS_PER_WEEK] += items
        if tick >= 0 and start <= tick < stop and material in _counting_as(system, last):
            amount += items
            met = tick if math.isnan(met) and amount >= at_least else met
    measures = measure(path, {"c": claim})
    found = (measures.columns["claims.c"], measures.columns["claims.c.met_days"])
    assert repr(found) == repr((float(amount), (met - start) / TICKS_PER_DAY))
    for material, series in enumerate(weeks):
        name = f"made.{system.materials[material].name}"
        if name in measures.weekly:
            assert measures.weekly[name].tolist() == series.tolist()


def _counting_as(system, material):
    return [n for n, each in enumerate(system.materials) if n == material or each.counts_as == material]


def test_a_pass_is_made_once_a_path_unless_more_is_asked_of_it(system, path_of):
    path = path_of(system, [(30, Kind.MADE, "filling/0/0", "shell", 4)])
    found = trace(path)
    assert trace(path) is found
    assert trace(path, cuts=[0]) is found
    more = trace(path, cuts=[TICKS_PER_DAY, 2 * TICKS_PER_DAY])
    assert [more.stock_before(day * TICKS_PER_DAY).tolist()[3] for day in range(3)] == [0, 0, 4]
    assert trace(path) is more


def test_what_moves_goods_that_its_store_does_not_keep_is_refused_by_name(system, path_of):
    path = path_of(system, [(33, Kind.RECEIVED, "rail", "body", 4)])
    with pytest.raises(RunError, match=r"^received of rail moves body, which its store does not keep$"):
        measure(path, {})


@pytest.mark.parametrize(
    "row",
    [
        (5, 20, 0, 0, 1),
        (5, -1, 0, 0, 1),
        (5, Kind.STATE, -1, 4, 1),
        (5, Kind.STATE, -1, -1, 1),
        (5, Kind.STATE, -1, 0, 7),
        (5, Kind.STATE, -1, 0, -1),
        (5, Kind.MADE, 5, 0, 1),
        (5, Kind.MADE, -2, 0, 1),
        (5, Kind.DRAWN, -1, 1, 1),
    ],
)
def test_a_row_that_speaks_of_what_the_system_has_not_is_refused(system, row):
    path = SamplePath(system, np.array([row], dtype=ROW), bound_events=0)
    with pytest.raises(RunError, match=r"^row 0 of the path is no row of this system: kind "):
        trace(path)


def test_rows_from_the_end_of_the_run_on_are_left_out(system, path_of):
    late = [(240, Kind.MADE, "filling/0/0", "shell", 4), (241, Kind.STATE, "filling/0/0", None, 6)]
    assert measure(path_of(system, late), {}).columns == measure(path_of(system, []), {}).columns


def test_a_path_whose_rows_do_not_lie_one_after_the_other_is_read_alike(system, path_of):
    path = path_of(system, [(hour, Kind.MADE, "filling/0/0", "shell", hour + 1) for hour in range(9)])
    apart = np.repeat(sorted_rows(path.rows), 2)[::2]
    assert not apart.flags.c_contiguous
    assert measure(SamplePath(system, apart, 0), {}).columns == measure(path, {}).columns


def test_replications_that_differ_in_what_was_drawn_share_a_layout(system, path_of):
    other = replace(system, lines=system.lines[1:], plants=(), calendars=())
    assert trace(path_of(system, [])).layout is trace(path_of(other, [])).layout
    renamed = replace(system, roles=(replace(system.roles[0], name="forging"), *system.roles[1:]))
    assert trace(path_of(renamed, [])).layout is not trace(path_of(system, [])).layout
