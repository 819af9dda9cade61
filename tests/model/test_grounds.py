from simulator.config import loads
from simulator.model.grounds import Ground, grounds

TEXT = """\
title: What does it rest on?
horizon: {start: 2023-01-01, end: 2023-02-01}
evidence: {M01: {quantity: steel, source: a ledger}}
system:
  materials: {steel: {unit: kg}, bolt: {unit: item}}
  regions: {north: {}}
  stores: {yard: {region: north, holds: {steel: {initial: 5 t, evidence: M01, assumption: dry}, bolt: {}}}}
  recipes: {turn: {inputs: {steel: 1 kg}, output: bolt, assumption: as drawn}}
  plants:
    {total: 1, roles: {shop: {share: 1, recipe: turn, regions: {north: 1}, rate: 1/h, from: yard, to: yard}}}
factors:
  steel: {distribution: {uniform: {low: 1 t, high: 2 t}}, sets: stores.yard.holds.steel.initial, evidence: M01}
  rate: {distribution: {uniform: {low: 1/h, high: 2/h}}, sets: plants.roles.shop.rate}
claims:
  some: {quantity: made, materials: [bolt], at_least: 1, from: 2023-01-01, by: 2023-01-31, evidence: M01}
"""


def test_factors_claims_and_parts_of_the_system_say_what_they_rest_on():
    assert grounds(loads(TEXT)) == (
        Ground("factors.steel", ("M01",), None),
        Ground("claims.some", ("M01",), None),
        Ground("system.stores.yard.holds.steel", ("M01",), "dry"),
        Ground("system.recipes.turn", (), "as drawn"),
    )
