import pytest

from simulator import config
from simulator.errors import ResultsError
from simulator.runner import run
from simulator.studies import luck
from simulator.studies.chance import chance

PLANT = """\
title: What is luck?
system:
  materials: {shell: {unit: item}}
  regions: {here: {}}
  stores: {yard: {region: here, holds: {shell: {}}}}
  recipes: {forge: {output: shell}}
  plants:
    total: 1
    roles:
      works:
        {share: 1, recipe: forge, regions: {here: 1}, lot: 1, rate: 4/h, reject: 0.5, to: yard}
horizon: {start: 2024-01-01, end: 2024-01-04}
factors:
  rate: {distribution: {uniform: {low: 3.96/h, high: 4.04/h}}, sets: plants.roles.works.rate, assumption: none}
scenarios:
  both: {}
  luck_alone: {rate: 4/h}
claims:
  half: {quantity: made, materials: [shell], at_least: 144, from: 2024-01-01, by: 2024-01-03}
  all: {quantity: made, materials: [shell], at_least: 1000, from: 2024-01-01, by: 2024-01-03}
seed: 5
"""


@pytest.fixture
def finished(tmp_path):
    """Return a function that runs the plant, with a part of its text replaced."""

    def carried_out(old="", new=""):
        (tmp_path / "plant.yaml").write_text(PLANT.replace(old, new), encoding="utf-8")
        experiment = config.load(tmp_path / "plant.yaml")
        return run(experiment, replications=200, executor="serial", results=tmp_path, cross_checks=1)

    return carried_out


def test_what_only_luck_decides_has_no_share_of_factors(finished):
    found = chance(finished(), executor="serial", scenario="luck_alone")
    share = found.of("half", "luck_alone")
    assert share.low < 0.1
    assert share.factors < 0.25
    assert share.pairs == 200
    assert found.of("half", "luck_alone", "claim").low < 0.1
    assert {each.scenario for each in found.shares} == {"luck_alone"}


def test_what_only_factors_decide_is_theirs(finished):
    found = chance(finished("reject: 0.5", "reject: 0"), executor="serial", pairs=120)
    assert found.of("half", "both").factors > 0.999
    assert found.of("half", "both").pairs == 120


def test_with_the_luck_of_the_run_all_would_seem_due_to_factors(finished, monkeypatch):
    monkeypatch.setattr(luck, "OTHER_LUCK", 0)
    found = chance(finished(), executor="serial", scenario="luck_alone")
    assert found.of("half", "luck_alone").factors == 1.0


def test_a_claim_that_nothing_meets_has_no_share(finished):
    found = chance(finished(), executor="serial", pairs=64)
    assert not found.of("all", "both", "claim").known
    assert found.of("all", "both").known
    assert len(found.to_frame()) == 8
    with pytest.raises(KeyError):
        found.of("none", "both")


def test_shares_are_the_same_on_workers(finished):
    done = finished()
    assert chance(done, workers=2, pairs=40) == chance(done, executor="serial", pairs=40)


def test_a_run_without_claims_has_nothing_to_explain(finished):
    done = finished(PLANT[PLANT.index("claims:") : PLANT.index("seed:")], "")
    with pytest.raises(ResultsError, match="has no claims or no replications"):
        chance(done, executor="serial")
