import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulator.responses.passes.lost import items, totals

SIZES = st.tuples(st.integers(0, 3), st.integers(0, 4), st.integers(1, 3))


def test_items_are_those_of_the_time_at_a_lot_in_so_many_ticks():
    # two months, three lines, two states; the second line is not asked for
    ticks = np.array([[[60, 0], [7, 7], [10, 5]], [[0, 30], [7, 7], [0, 1]]])
    found = np.empty((2, 2, 2))
    items(ticks, np.array([0, 2]), np.array([4, 1, 10]), np.array([120, 1, 4]), found)
    assert found.tolist() == [[[2, 25], [0, 0]], [[0, 12.5], [1, 2.5]]]


def test_totals_are_by_kind_and_by_group_or_case():
    numbers = np.array([[[1.0, 2.0, 4.0], [8.0, 16.0, 32.0]]])
    every, by_group, by_case = np.empty(1), np.empty((3, 1)), np.empty((2, 1))
    totals(numbers, np.array([1, 0, 1]), every, by_group, by_case)
    assert every.tolist() == [63]
    assert by_group.tolist() == [[18], [45], [0]]
    assert by_case.tolist() == [[7], [56]]


@given(data=st.data())
def test_totals_are_rounded_once(data):
    kinds, cases, members = data.draw(SIZES)
    size = kinds * cases * members
    values = data.draw(st.lists(st.floats(0, 1e12), min_size=size, max_size=size))
    numbers = np.array(values).reshape(kinds, cases, members)
    group = np.array(
        data.draw(st.lists(st.integers(0, 2), min_size=members, max_size=members)), dtype=np.int64
    )
    every, by_group, by_case = np.empty(kinds), np.empty((3, kinds)), np.empty((cases, kinds))
    totals(numbers, group, every, by_group, by_case)
    for kind in range(kinds):
        assert every[kind] == math.fsum(numbers[kind].ravel())
        for which in range(3):
            assert by_group[which, kind] == math.fsum(numbers[kind][:, group == which].ravel())
        for case in range(cases):
            assert by_case[case, kind] == math.fsum(numbers[kind, case])


@given(data=st.data())
def test_items_are_rounded_as_written(data):
    cases, lines, kinds = data.draw(SIZES)
    wholes = st.integers(0, 1 << 45)
    ticks = np.array(
        data.draw(st.lists(wholes, min_size=cases * lines * kinds, max_size=cases * lines * kinds)),
        dtype=np.int64,
    ).reshape(cases, lines, kinds)
    lot, lot_ticks = (
        np.array(data.draw(st.lists(st.integers(1, 1 << 40), min_size=lines, max_size=lines)), dtype=np.int64)
        for _ in range(2)
    )
    chosen = np.array([line for line in range(lines) if data.draw(st.booleans())], dtype=np.int64)
    found = np.empty((kinds, cases, len(chosen)))
    items(ticks, chosen, lot, lot_ticks, found)
    for (kind, case, place), value in np.ndenumerate(found):
        line = chosen[place]
        assert value == float(ticks[case, line, kind]) * float(lot[line]) / float(lot_ticks[line])
