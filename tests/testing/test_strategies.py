"""Generated systems are valid, small, and made of every part of the model."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from simulator.model.realising.draws import draw
from simulator.model.system import (
    DELIVERED,
    NO_LIMIT,
    NONE,
    TICKS_PER_DAY,
    TICKS_PER_HOUR,
    GridPolicy,
    System,
)
from simulator.testing import systems
from simulator.testing.strategies import random_system
from simulator.testing.strategies.choices import RandomChoices, strategy
from simulator.testing.strategies.variates import share_variate, variate

GENERATING = settings(
    max_examples=250,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[*HealthCheck],
)


@pytest.fixture(scope="module")
def generated() -> list[System]:
    """Systems as they come."""
    found: list[System] = []

    @GENERATING
    @given(systems())
    def collect(system):
        found.append(system)

    collect()
    return found


@given(systems(max_plants=3, max_days=4))
def test_a_system_is_no_larger_than_asked(system):
    assert 1 <= len(system.plants) <= 3
    assert 0 < system.end_tick - system.first_tick <= 4 * TICKS_PER_DAY
    assert system.first_tick <= 0 < system.end_tick


def test_numbers_of_a_system_name_what_is_there(generated):
    for system in generated:
        for line in system.lines:
            assert 0 <= line.plant < len(system.plants)
            assert line.region == system.plants[line.plant].region
            assert line.grid == system.regions[line.region].grid
            assert line.name.startswith(f"{system.plants[line.plant].name}/")
            assert NONE <= line.calendar < len(system.calendars)
            for recipe in line.recipes:
                assert system.stores[line.to_store].holding(recipe.output)
                for material, amount in recipe.inputs:
                    assert system.stores[line.from_store].holding(material)
                    assert material < recipe.output
                    assert amount > 0
        for number, grid in enumerate(system.grids):
            assert system.regions[grid.region].grid == number
            assert grid.name == system.regions[grid.region].name
            assert (grid.policy is GridPolicy.ROTATE) == (grid.rotation is not None)
            assert grid.supply[0][0] <= system.first_tick


def test_a_lot_and_a_load_fit_their_store(generated):
    for system in generated:
        for line in system.lines:
            for recipe in line.recipes:
                assert line.lot <= system.stores[line.to_store].holding(recipe.output).capacity
        for link in system.links:
            assert 0 <= link.minimum <= link.load
            for material in link.materials if link.to_store != DELIVERED else ():
                assert link.load <= system.stores[link.to_store].holding(material).capacity
        for store in system.stores:
            assert all(0 <= holding.initial <= holding.capacity for holding in store.holdings)


def test_nothing_dated_lies_outside_the_run(generated):
    for system in generated:
        dated = [tick for store in system.stores for holding in store.holdings for tick, _ in holding.added]
        dated += [tick for supplier in system.suppliers for tick, _ in supplier.table]
        dated += [each.first for each in (*system.suppliers, *system.links) if each.first is not None]
        assert all(
            system.first_tick <= tick <= system.end_tick and tick % TICKS_PER_DAY == 0 for tick in dated
        )


def test_lines_are_numbered_by_plant_then_role_then_line(generated):
    def rank(line, roles):
        role, plant, number = line.name.split("/")
        return int(plant), roles.index(role), int(number)

    for system in generated:
        roles = [role.name for role in system.roles]
        ranks = [rank(line, roles) for line in system.lines]
        assert ranks == sorted(set(ranks))


@given(systems(tie_heavy=True, breakdowns=False))
def test_a_tie_heavy_system_knows_whole_hours_only(system):
    hours = [recipe.ticks / TICKS_PER_HOUR for line in system.lines for recipe in line.recipes]
    laws = [law for line in system.lines for law in (line.work, line.flow) if law]
    laws += [law for link in system.links for _, law in link.every] + [link.transit for link in system.links]
    assert {law.law for law in laws} <= {"constant", "uniform_integer"}
    hours += [number for law in laws for number in law.params]
    hours += [
        line.commissioned / TICKS_PER_HOUR for line in system.lines if line.commissioned > system.first_tick
    ]
    assert all(hour.is_integer() for hour in hours)


HAS: dict[str, Callable[[System], bool]] = {
    "power": lambda system: bool(system.grids) or any(not line.recipes for line in system.lines),
    "calendars": lambda system: any(line.calendar != NONE for line in system.lines),
    "breakdowns": lambda system: any(line.breakdown for line in system.lines),
    "rejects": lambda system: any(0 < line.reject < 1 for line in system.lines),
    "flow": lambda system: any(line.flow for line in system.lines),
    "drawn_work": lambda system: any(line.work for line in system.lines),
    "commissioning": lambda system: any(
        line.commissioned > system.first_tick and line.ramp for line in system.lines
    ),
    "suppliers": lambda system: bool(system.suppliers),
    "links": lambda system: bool(system.links),
    "capacities": lambda system: any(
        holding.capacity < NO_LIMIT for store in system.stores for holding in store.holdings
    ),
    "floors": lambda system: any(holding.floor for store in system.stores for holding in store.holdings),
    "additions": lambda system: any(holding.added for store in system.stores for holding in store.holdings),
    "priorities": lambda system: len({line.priority for line in system.lines}) > 1,
    "warm_up": lambda system: system.first_tick < 0,
    "chance": lambda system: any(link.transit.law != "constant" for link in system.links),
}
"""Whether a system has what a switch of `systems` allows."""


@pytest.mark.parametrize("feature", HAS)
def test_a_feature_is_generated_and_can_be_switched_off(feature, generated):
    assert any(HAS[feature](system) for system in generated)

    @settings(max_examples=15)
    @given(systems(**{feature: False}))
    def check(system):
        assert not HAS[feature](system)

    check()


RARE: dict[str, Callable[[System], bool]] = {
    "a slow grid": lambda system: any(grid.policy is GridPolicy.SLOW for grid in system.grids),
    "a curtailed rotation": lambda system: any(grid.rotation and grid.curtailment for grid in system.grids),
    "a plant that only draws power": lambda system: any(not line.recipes for line in system.lines),
    "a line of three recipes": lambda system: any(len(line.recipes) == 3 for line in system.lines),
    "a recipe of three inputs": lambda system: any(len(recipe.inputs) == 3 for recipe in system.recipes),
    "crews": lambda system: any(region.crews < NO_LIMIT for region in system.regions),
    "a disrupted supplier": lambda system: any(supplier.disruption_every for supplier in system.suppliers),
    "a dated table": lambda system: any(supplier.table for supplier in system.suppliers),
    "a share of use": lambda system: any(supplier.share_of_use for supplier in system.suppliers),
    "seasons": lambda system: any(supplier.monthly for supplier in system.suppliers),
    "a link between stores": lambda system: any(link.to_store != DELIVERED for link in system.links),
    "a link whose interval changes": lambda system: any(len(link.every) > 1 for link in system.links),
    "stock that counts as another": lambda system: any(each.counts_as != NONE for each in system.materials),
}


@pytest.mark.parametrize("name", RARE)
def test_a_rare_part_is_generated(name, generated):
    assert any(RARE[name](system) for system in generated)


def test_systems_shrink_to_one_line_with_nothing_around_it():
    shrinking = settings(GENERATING, phases=[Phase.generate, Phase.shrink])
    system = find(systems(), lambda system: any(line.recipes for line in system.lines), settings=shrinking)
    assert (len(system.lines), len(system.stores), len(system.materials)) == (1, 1, 2)
    assert (system.grids, system.calendars, system.suppliers, system.links) == ((), (), (), ())


def test_stretches_of_a_calendar_lie_in_the_run_and_do_not_touch(generated):
    stretches = 0
    for system in generated:
        for calendar in system.calendars:
            ticks = [tick for stretch in calendar.open for tick in stretch]
            stretches += len(calendar.open)
            assert all(system.first_tick <= tick <= system.end_tick for tick in ticks)
            assert all(earlier < later for earlier, later in pairwise(ticks))
    assert stretches


@given(st.booleans().flatmap(lambda whole: strategy(variate)(2, 20, whole=whole)), st.integers(0, 1000))
def test_a_variate_draws_positive_numbers(law, index):
    assert draw(law, "work", "line", index=index, seed=1, replication=0) > 0


@given(strategy(share_variate)(), st.integers(0, 1000))
def test_a_share_variate_draws_shares(law, index):
    assert 0 <= draw(law, "depth", "grid", index=index, seed=1, replication=0) <= 1


def test_a_random_system_follows_from_its_number():
    assert random_system(7) == random_system(7)
    assert len({repr(random_system(number)) for number in range(20)}) == 20


@pytest.mark.parametrize("name", [*HAS, *RARE])
def test_random_systems_have_every_part(name):
    has = HAS.get(name) or RARE[name]
    assert sum(has(random_system(number)) for number in range(200)) >= 10


def test_random_choices_reach_both_ends():
    choices = RandomChoices(1)
    assert {choices.whole(-1, 2) for _ in range(100)} == {-1, 0, 1, 2}
