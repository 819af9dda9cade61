from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.model.system import TICKS_PER_HOUR, State
from simulator.path import Kind
from simulator.responses import registered
from simulator.responses.trace import trace

LINE, OTHER, FORGE = "filling/0/0", "filling/1/0", "bodies/0/0"
BODY, FUZE = 1, 2


@pytest.fixture
def lost(system, path_of):
    """A function that gives what the final stage lost awaiting each material."""

    def measured(written, system=system):
        found = registered()["lost_output"].measure(path_of(system, written))
        prefix = "lost_output.awaiting_material."
        return {
            column.removeprefix(prefix): value for column, value in found.items() if column.startswith(prefix)
        }

    return measured


def waiting(states, line, start, stop):
    return states(line, (0, State.OFF_SHIFT), (start, State.AWAITING_MATERIAL), (stop, State.RUNNING))


def test_of_several_missing_inputs_the_first_of_the_recipe_is_named(lost, states):
    rows = [*waiting(states, LINE, 10, 20), (1, Kind.USED, OTHER, "fuze", 100)]
    assert lost(rows) == {"steel": 0, "body": 20, "fuze": 0}


def test_one_item_less_than_a_lot_takes_is_missing_and_a_lot_is_not(lost, states):
    rows = [
        *waiting(states, LINE, 10, 40),
        (1, Kind.MADE, FORGE, "body", 3),
        (20, Kind.MADE, FORGE, "body", 1),
        (25, Kind.USED, OTHER, "body", 1),
    ]
    assert lost(rows) == {"steel": 0, "body": 10 * 2 + 15 * 2, "fuze": 0}


def test_lines_with_larger_lots_are_short_of_more(lost, system, states):
    first = system.lines[1]
    large = replace(first, lot=8, recipes=(replace(first.recipes[0], inputs=((BODY, 8), (FUZE, 8))),))
    lines = (system.lines[0], large, *system.lines[2:])
    rows = [
        *waiting(states, LINE, 10, 20),
        *waiting(states, OTHER, 10, 20),
        (1, Kind.MADE, FORGE, "body", 5),
        (1, Kind.USED, OTHER, "fuze", 97),
    ]
    # the large line lacks bodies and makes 4 items an hour, the other has bodies enough and lacks fuzes
    assert lost(rows, replace(system, lines=lines)) == {"steel": 0, "body": 40, "fuze": 20}


def test_a_line_that_waits_with_its_first_recipe_at_hand_is_short_of_nothing(lost, states):
    rows = [*waiting(states, LINE, 10, 20), (1, Kind.MADE, FORGE, "body", 4)]
    assert lost(rows) == {"steel": 0, "body": 0, "fuze": 0}


def test_lines_that_are_not_final_lose_no_output(lost, states):
    assert lost(waiting(states, FORGE, 10, 20)) == {"steel": 0, "body": 0, "fuze": 0}


CHANGES = st.lists(
    st.tuples(st.integers(0, 11), st.sampled_from(["body", "fuze"]), st.integers(-9, 9)), max_size=10
)
WAITS = st.lists(st.tuples(st.sampled_from([LINE, OTHER]), st.integers(0, 11)), max_size=8)


@given(changes=CHANGES, turns=WAITS)
def test_what_is_missing_is_what_a_look_at_every_hour_finds(system, path_of, changes, turns):
    rows = [
        (hour, Kind.MADE, FORGE, what, change) if change > 0 else (hour, Kind.USED, LINE, what, -change)
        for hour, what, change in changes
    ]
    hours = {line: sorted({hour for own, hour in turns if own == line}) for line in (LINE, OTHER)}
    states = (State.AWAITING_MATERIAL, State.RUNNING)  # in turns
    rows += [
        (hour, Kind.STATE, line, None, int(states[turn % 2]))
        for line, own in hours.items()
        for turn, hour in enumerate(own)
    ]
    expected = np.zeros((len(system.lines), len(system.materials)), dtype=np.int64)
    for number, line in ((1, LINE), (2, OTHER)):
        for hour in range(12):
            waits = sum(when <= hour for when in hours[line]) % 2 == 1
            stock = {"body": 0, "fuze": 100}
            for when, what, change in changes:
                stock[what] += change * (when <= hour)
            if waits and stock["body"] < 4:
                expected[number, BODY] += TICKS_PER_HOUR
            elif waits and stock["fuze"] < 4:
                expected[number, FUZE] += TICKS_PER_HOUR
    path = path_of(replace(system, end_tick=12 * TICKS_PER_HOUR), rows)
    assert (trace(path).missing == expected).all()
