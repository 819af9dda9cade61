"""Every strategy for a written value gives valid values of each kind, within what it was asked for."""

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis.errors import InvalidArgument

from simulator.config import loads, resolved
from simulator.model.checks.claim_faults import claim_faults
from simulator.model.checks.references import faults
from simulator.model.distributions import LAWS, STREAM_LAWS
from simulator.model.quantities import Quantity
from simulator.model.scenario.scenarios import scenario_faults
from simulator.testing import strategies

FEW = settings(
    max_examples=60,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[*HealthCheck],
)
SIMPLEST = settings(max_examples=20, derandomize=True, database=None, suppress_health_check=[*HealthCheck])
PARTS = ("materials", "stores", "grids", "calendars", "roles", "suppliers", "links", "distributions")


def some(strategy, number=60):
    """Return values as they come."""
    found = []

    @settings(FEW, max_examples=number)
    @given(strategy)
    def collect(value):
        found.append(value)

    collect()
    return found


def simplest(strategy):
    """Return what a strategy shrinks to."""
    return find(strategy, lambda value: True, settings=SIMPLEST)


@pytest.mark.parametrize("name", PARTS)
def test_a_part_reads_back_from_what_is_written(name):
    for value in some(getattr(strategies, name)(), 25):
        if name == "distributions":
            assert next(iter(LAWS[value.law].model_fields)) in vars(value)
        else:
            assert type(value).model_validate(value.tree()) == value


@pytest.mark.parametrize("name", PARTS)
def test_a_strategy_gives_different_values(name):
    assert len({repr(value) for value in some(getattr(strategies, name)(), 10)}) >= 2


def test_all_laws_come_up_where_bounds_allow_them():
    anywhere = some(strategies.distributions(unit="1", low=-1, high=2), 150)
    positive = some(strategies.distributions(unit="1"), 150)
    assert {law.law for law in (*anywhere, *positive)} == set(LAWS)
    assert {law.unit for law in (*anywhere, *positive)} == {"1"}


def test_no_draw_of_a_law_from_0_on_is_negative():
    for law in some(strategies.distributions(unit="kg", low=0.0, high=5.0)):
        assert law.unit == "kg"
        assert float(law.quantile(np.array([1e-12]))[0]) >= 0


def test_a_bounded_law_stays_within_its_bounds():
    laws = some(strategies.distributions(unit="1", low=0, high=3, bounded=True), 100)
    assert {"beta", "quantiles", "uniform_integer"} <= {law.law for law in laws}
    for law in laws:
        low, high = law.bounds()
        assert 0 <= low.number <= high.number <= 3


def test_laws_are_chosen_from_those_that_are_named():
    assert {law.law for law in some(strategies.distributions(laws=["erlang", "weibull"]))} == {
        "erlang",
        "weibull",
    }
    assert {law.law for law in some(strategies.distributions(laws=STREAM_LAWS))} <= STREAM_LAWS


@pytest.mark.parametrize(
    "arguments", [{"laws": ["beta"]}, {"unit": "date"}, {"low": 2, "high": 2}, {"laws": ["normal"], "low": 0}]
)
def test_laws_that_cannot_be_are_refused(arguments):
    with pytest.raises(InvalidArgument):
        strategies.distributions(**arguments)


def test_parts_keep_to_what_they_were_asked_for():
    assert {each.unit for each in some(strategies.materials(units=["kg"]), 5)} == {"kg"}
    for store in some(
        strategies.stores(materials={"coal": "kg"}, capacity=7, floors=False, additions=False), 20
    ):
        (holding,) = store.holds.values()
        assert (holding.capacity, holding.floor, holding.added) == (Quantity(7.0, "kg"), None, ())
        assert 1 <= holding.initial.number <= 7
    for grid in some(strategies.grids(policies=["slow"], max_kw=9, curtailed=False), 20):
        assert (grid.policy, grid.curtailment) == ("slow", None)
        assert grid.allotment.number <= 9
    assert max(len(each.changes) for each in some(strategies.calendars(max_changes=2), 20)) == 2
    for role in some(strategies.roles(recipes=["a", "b"], breakdowns=False, rejects=False, chance=False), 20):
        assert (role.breakdown, role.reject) == (None, 0.0)
        assert (role.work or role.rate).law == "constant"
        assert set(role.recipe_names()) <= {"a", "b"}
    for role in some(strategies.roles(recipes=[]), 10):
        assert (role.recipe, role.to) == ("none", None)
    for supplier in some(strategies.suppliers(ways=["table"], disrupted=False), 10):
        assert supplier.table
        assert supplier.disruption is None
    for link in some(strategies.links(to=["port"], materials=["body"], max_load=3, chance=False), 20):
        assert (link.to, link.materials, link.transit.law) == ("port", ("body",), "constant")
        assert link.load.number <= 3


def test_kinds_of_parts_come_up():
    assert {grid.policy for grid in some(strategies.grids(), 40)} == {"shed", "slow", "rotate"}
    assert {each.unit for each in some(strategies.materials(), 20)} == {"item", "kg"}
    ways = {
        (bool(each.quantity), each.share_of_use is not None, bool(each.table))
        for each in some(strategies.suppliers())
    }
    assert len(ways) == 3
    assert {len(role.recipes) for role in some(strategies.roles(recipes=["a", "b"]))} == {0, 2}


def test_values_shrink_to_the_simplest():
    law = simplest(strategies.distributions(unit="kW", low=3.0, high=5.0))
    assert (law.law, law.value) == ("constant", Quantity(3.0, "kW"))
    assert simplest(strategies.materials()).unit == "item"
    assert [each.initial.number for each in simplest(strategies.stores()).holds.values()] == [1.0, 1.0]
    grid = simplest(strategies.grids())
    assert (grid.allotment.number, grid.policy, grid.monthly, grid.curtailment) == (0.0, "shed", None, None)
    assert len(simplest(strategies.calendars()).changes) == 1
    role = simplest(strategies.roles())
    assert (role.lines, role.lot, role.rate.law, role.breakdown, role.flow) == (1, 1, "constant", None, None)
    supplier = simplest(strategies.suppliers())
    assert (len(supplier.table), supplier.disruption) == (1, None)
    assert simplest(strategies.links()).load.number == 1


SWITCHES = {
    "power": lambda system: any(region.grid for region in system.regions.values()),
    "calendars": lambda system: bool(system.calendars),
    "breakdowns": lambda system: any(role.breakdown for role in system.plants.roles.values()),
    "commissioning": lambda system: system.plants.new is not None,
    "suppliers": lambda system: bool(system.suppliers),
    "links": lambda system: bool(system.links),
}
"""Whether a description has what a switch allows."""


@pytest.fixture(scope="module")
def described():
    """Experiments as they come."""
    return some(strategies.experiments(), 120)


@pytest.mark.parametrize("switch", SWITCHES)
def test_a_part_of_a_system_comes_up_and_can_be_left_out(switch, described):
    assert any(SWITCHES[switch](each.system) for each in described)
    without = some(strategies.descriptions(**{switch: False}), 10)
    assert not any(SWITCHES[switch](each) for each in without)


def test_an_experiment_has_no_faults_and_loads_from_what_it_resolves_to(described):
    for experiment in described:
        assert not [*faults(experiment.system), *claim_faults(experiment), *scenario_faults(experiment)]
        text = resolved(experiment)
        assert resolved(loads(text)) == text


def test_experiments_have_factors_scenarios_claims_and_designs_of_every_kind(described):
    assert {name for each in described for name in each.factors} == {"steel", "scrap", "power"}
    assert {name for each in described for name in each.scenarios} == {"as_is", "fixed"}
    assert {name for each in described for name in each.claims} == {"stock", "trips", "exports"}
    assert {each.design.kind for each in described} == {"random", "latin_hypercube", "sobol"}
    assert max(each.horizon.days for each in described) > 10


def test_an_experiment_is_as_small_as_asked():
    for each in some(strategies.experiments(max_plants=2, max_days=10, factors=False, claims=False), 10):
        assert each.system.plants.total <= 2
        assert (each.horizon.days, each.factors, each.claims) == (10, {}, {})
        assert each.precision.at_most <= 4
    with pytest.raises(InvalidArgument, match="max_days is 3; give 10 or more"):
        strategies.experiments(max_days=3)
