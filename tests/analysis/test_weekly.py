from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pytest

from simulator.analysis.weekly import weekly
from simulator.results.meanings import Column


@dataclass(frozen=True, eq=False)
class Counted:
    """A made-up run that counts by week."""

    made_up: Any
    weeks: Mapping[str, Mapping[str, Any]]

    def __getattr__(self, name):
        return getattr(self.made_up, name)

    @property
    def series(self):
        return {name: Column(name, "items") for own in self.weeks.values() for name in own}

    def by_week(self, scenario, series):
        yield from (np.array(self.weeks[scenario][name]) for name in series)


@pytest.fixture
def counted(run_of):
    def build(weeks, **claims):
        return Counted(run_of({name: {} for name in weeks}, claims=claims), weeks)

    return build


def test_quantiles_are_order_statistics_of_each_week(counted):
    counts = np.stack([np.arange(1, 101), 10 * np.arange(100, 0, -1)], axis=1)
    (fan,) = weekly(counted({"base": {"made": counts}})).fans
    assert (fan.p05, fan.p25, fan.median) == ((5.0, 50.0), (25.0, 250.0), (50.0, 500.0))
    assert (fan.p75, fan.p95, fan.n) == ((75.0, 750.0), (95.0, 950.0), 100)
    assert fan.starts == (date(2023, 1, 1), date(2023, 1, 8))


def test_a_claim_is_counted_in_its_materials_and_spread_over_its_window(counted):
    weeks = {"base": {"delivered": [[9], [9]], "delivered.shell": [[1], [3]], "made": [[1], [1]]}}
    found = weekly(counted(weeks, c={"at_least": 920.0}))
    made, delivered = found.fans
    assert (made.quantity, made.needed) == ("made", ())
    assert (delivered.materials, delivered.p95) == (("shell",), (3.0,))
    (needed,) = delivered.needed
    assert (needed.first, needed.last) == (date(2023, 8, 1), date(2023, 10, 31))
    assert needed.a_week == pytest.approx(70.0)


def test_what_is_always_none_and_nobody_claims_is_left_out(counted):
    weeks = {"base": {"delivered": [[0], [0]], "made": [[1], [1]]}}
    assert [fan.quantity for fan in weekly(counted(weeks)).fans] == ["made"]


def test_the_last_week_of_a_run_may_be_short(counted):
    (fan,) = weekly(counted({"base": {"made": np.ones((2, 44), dtype=int)}})).fans
    assert set(fan.days[:-1]) == {7}
    assert fan.days[-1] == 3
    assert weekly(counted({"base": {"made": [[1, 2]]}})).to_frame()["week_from"].tolist() == [
        "2023-01-01",
        "2023-01-08",
    ]


def test_scenarios_follow_each_other_each_with_all_it_has(counted):
    own = {"made": [[1]], "delivered": [[2]]}
    fans = weekly(counted({"a": own, "b": own})).fans
    assert [(fan.scenario, fan.quantity) for fan in fans] == [
        ("a", "made"),
        ("a", "delivered"),
        ("b", "made"),
        ("b", "delivered"),
    ]
