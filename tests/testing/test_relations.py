"""What a change to a system does to its path is what its relation says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.engines import simulate
from simulator.model.distributions import Variate
from simulator.model.system import Breakdown, GridPolicy, Rotation, Supplier
from simulator.path import GRID_KINDS, Kind
from simulator.testing import invariants, relations, systems
from tests.testing.build import SHARED_GRID, STEEL, WORKDAY, a_line, a_system, hours, ticks, with_policy

TIMED = systems(
    tie_heavy=True,
    chance=False,
    breakdowns=False,
    warm_up=True,
    commissioning=False,
    max_plants=4,
    max_days=5,
)
"""Systems whose times are whole hours; those that go by the date, or slow lines, are refused by `scaled`."""


@given(systems())
def test_an_unconnected_store_changes_no_row_but_its_own(system):
    changed = relations.with_unconnected_store(system)
    path = simulate(system, seed=7, replication=1)
    other = simulate(changed, seed=7, replication=1)
    assert relations.rows_of_others(other, system).tobytes() == path.tobytes()
    assert len(other.rows) == len(path.rows) + 1


@given(systems())
def test_an_unconnected_plant_changes_no_row_but_its_own(system):
    changed = relations.with_unconnected_plant(system)
    path = simulate(system, seed=7, replication=1)
    other = simulate(changed, seed=7, replication=1)
    assert relations.rows_of_others(other, system).tobytes() == path.tobytes()
    made = other.of(Kind.MADE)
    assert np.any(made["entity"] == len(system.lines))
    invariants.everything(other, changed)


@given(systems())
def test_a_constraint_that_does_not_bind_changes_nothing(system):
    changed = relations.with_slack(system)
    path = simulate(system, seed=7, replication=1)
    other = simulate(changed, seed=7, replication=1)
    assert relations.rows_of_others(other, system).tobytes() == path.tobytes()


def test_with_slack_every_line_has_every_constraint():
    changed = relations.with_slack(a_system(a_line(), a_line("filling/0/1")))
    assert (changed.regions[0].crews, changed.grids[0].supply) == (3, ((0, 10),))
    assert [(line.grid, line.calendar) for line in changed.lines] == [(0, 0), (0, 0)]
    path = simulate(changed, seed=1, replication=0)
    assert path.of(*GRID_KINDS)["amount"].tolist()[:3] == [10, 10, 1000]


def scaled_or_none(system, k):
    """Return the scaled system, or None for one that does not scale."""
    try:
        return relations.scaled(system, k)
    except ValueError:
        return None


@given(TIMED, st.sampled_from((2, 3, 7)))
def test_times_k_times_as_long_give_all_at_k_times_its_tick(system, k):
    changed = scaled_or_none(system, k)
    if changed is None:
        return
    rows = simulate(system, seed=3, replication=0).rows.copy()
    rows["tick"] *= k
    assert simulate(changed, seed=3, replication=0).rows.tobytes() == rows.tobytes()


def test_the_workday_scales():
    rows = simulate(WORKDAY, seed=3, replication=0).rows
    scaled = simulate(relations.scaled(WORKDAY, 2), seed=3, replication=0).rows
    assert np.array_equal(scaled["tick"], 2 * rows["tick"])
    assert len(rows) > 20


ROTATION = Rotation(2, ticks(4), 0.5)
WEEKLY = Supplier("mill", STEEL, 0, share_of_use=1.0, every=hours(24))


@pytest.mark.parametrize(
    ("system", "what"),
    [
        (a_system(a_line(breakdown=Breakdown(10.0, hours(2)))), "filling/0/0 has breakdowns or a ramp"),
        (a_system(a_line(ramp=((ticks(3), 30),))), "filling/0/0 has breakdowns or a ramp"),
        (a_system(a_line(flow=Variate("uniform", (1.0, 2.0)))), "a duration follows uniform"),
        (with_policy(SHARED_GRID, GridPolicy.SLOW), "here rotates by the date or slows lines"),
        (with_policy(SHARED_GRID, GridPolicy.ROTATE, rotation=ROTATION), "here rotates by the date"),
        (a_system(a_line(), suppliers=(WEEKLY,)), "mill delivers by the month, or by hours of use"),
    ],
)
def test_a_system_whose_times_are_rounded_or_drawn_does_not_scale(system, what):
    with pytest.raises(ValueError, match=what):
        relations.scaled(system, 2)


def test_times_cannot_shrink_to_nothing():
    with pytest.raises(ValueError, match="k is 0; give a whole number of at least 1"):
        relations.scaled(WORKDAY, 0)
