"""Generated descriptions are without fault, and what they realise to behaves."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from simulator.engines import simulate
from simulator.model.checks.references import faults
from simulator.model.description import SystemDescription
from simulator.model.realising.realise import realise
from simulator.testing import invariants
from simulator.testing.strategies import descriptions, horizons

PARTS = {
    "calibres": lambda role: role.calibres,
    "several recipes": lambda role: role.recipes,
    "work": lambda role: role.work,
    "rate": lambda role: role.rate,
    "power": lambda role: role.power,
    "flow": lambda role: role.flow,
    "breakdown": lambda role: role.breakdown,
    "calendar": lambda role: role.calendar,
}
"""What some role of some description has."""


@given(descriptions())
def test_a_description_has_no_faults(description):
    assert faults(description) == []


@given(descriptions())
def test_a_description_says_itself_again(description):
    assert SystemDescription.model_validate(description.tree()) == description


@given(descriptions(), horizons())
def test_invariants_hold_on_what_a_description_realises_to(description, horizon):
    system = realise(description, horizon=horizon, seed=4, replication=2)
    invariants.everything(simulate(system, seed=4, replication=2), system)


@pytest.fixture(scope="module")
def described() -> list[SystemDescription]:
    """Descriptions as they come."""
    found: list[SystemDescription] = []

    @settings(
        max_examples=120, derandomize=True, phases=[Phase.generate], suppress_health_check=[*HealthCheck]
    )
    @given(descriptions())
    def collect(description):
        found.append(description)

    collect()
    return found


@pytest.mark.parametrize("part", PARTS)
def test_a_part_of_a_role_is_generated(part, described):
    assert any(PARTS[part](role) for each in described for role in each.plants.roles.values())


def test_grids_suppliers_and_links_of_every_kind_are_generated(described):
    grids = [region.grid for each in described for region in each.regions.values() if region.grid]
    suppliers = [supplier for each in described for supplier in each.suppliers.values()]
    links = [link for each in described for link in each.links.values()]
    assert {grid.policy for grid in grids} == {"shed", "slow", "rotate"}
    assert any(grid.curtailment for grid in grids)
    assert any(grid.monthly for grid in grids)
    for way in ("quantity", "share_of_use", "table", "disruption", "monthly", "first"):
        assert any(getattr(supplier, way) for supplier in suppliers), way
    assert {link.to for link in links} == {"delivered", "port"}
    assert {type(link.every) is tuple for link in links} == {True, False}
