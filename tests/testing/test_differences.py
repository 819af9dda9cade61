import numpy as np
import pytest

from simulator.model.system import State
from simulator.path import ROW, Kind, SamplePath
from simulator.testing.differences import NOTHING, first_difference, in_words
from tests.testing.build import a_line, a_system

SYSTEM = a_system(a_line())
ROWS = [
    (0, Kind.STATE, 0, -1, State.RUNNING),
    (3_600_250, Kind.MADE, 0, 0, 1200),
    (7_200_000, Kind.STATE, 0, -1, State.BLOCKED),
]


def path(*rows, bound_events=5):
    table = np.array(
        [(tick, kind, material, entity, amount) for tick, kind, entity, material, amount in rows], ROW
    )
    return SamplePath(SYSTEM, table, bound_events)


def test_equal_paths_have_no_difference():
    assert first_difference(path(*ROWS), path(*ROWS)) is None
    assert first_difference(path(), path()) is None


@pytest.mark.parametrize("column", range(5))
def test_any_number_of_a_row_that_differs_is_found(column):
    changed = [list(row) for row in ROWS]
    changed[1][column] += 1
    found = first_difference(path(*ROWS), path(*changed))
    assert found.place == 1
    assert found.first != found.second


def test_the_first_of_several_rows_that_differ_is_told():
    found = first_difference(path(*ROWS), path(*ROWS[1:]))
    assert found.place == 0
    assert (found.first, found.second) == (in_words(path(*ROWS), 0), in_words(path(*ROWS), 1))


def test_a_path_that_ends_sooner_has_nothing_more():
    found = first_difference(path(*ROWS[:2]), path(*ROWS))
    assert (found.place, found.first) == (2, NOTHING)
    found = first_difference(path(*ROWS), path(*ROWS[:2]))
    assert (found.place, found.second) == (2, NOTHING)


def test_bound_events_that_differ_are_told_where_rows_are_equal():
    found = first_difference(path(*ROWS), path(*ROWS, bound_events=1006))
    assert found.told("one", "other") == "in bound events: one has 5; other has 1,006"


def test_a_row_is_told_by_time_kind_entity_material_and_amount_or_state():
    line, material = SYSTEM.lines[0], SYSTEM.materials[0]
    start = SYSTEM.start.isoformat()
    assert in_words(path(*ROWS), 1) == (
        f"{start} 01:00:00.250000, made, {line.name}: 1,200 {material.unit} of {material.name}"
    )
    assert in_words(path(*ROWS), 2) == f"{start} 02:00:00, state, {line.name}: blocked"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ((0, 77, 0, -1, 3), "kind 77, entity 0: 3"),
        ((0, Kind.MADE, 9999, 0, 3), "made, entity 9999: 3"),
        ((0, Kind.MADE, -1, 0, 3), "made, entity -1: 3"),
        ((0, Kind.MADE, 0, 99, 3), ": 3 of material 99"),
        ((0, Kind.STATE, 0, -1, 42), ": state 42"),
    ],
)
def test_what_has_no_name_is_told_as_a_number(row, words):
    assert words in in_words(path(row), 0)


def test_the_words_name_either_path():
    told = first_difference(path(*ROWS[:2]), path(*ROWS)).told("compiled", "reference")
    assert told.startswith("at row 2: compiled has nothing more; reference has ")
    assert told.endswith(": blocked")
