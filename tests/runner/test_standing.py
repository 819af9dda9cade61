from dataclasses import replace

import pytest

from simulator.analysis.intervals import clopper_pearson
from simulator.results.manifest import BlockRecord, Manifest, StoredFile
from simulator.results.spending import confidence
from simulator.runner.standing import standing

FILE = StoredFile("runs/x.parquet", "", 0, 0)
BLOCKS = (
    BlockRecord("baseline", 0, 60, 0, 1.0, FILE, FILE, {"many": 6}),
    BlockRecord("baseline", 60, 50, 10, 1.0, FILE, FILE, {"many": 4}),
    BlockRecord("sure", 0, 100, 0, 1.0, FILE, FILE, {"many": 50}),
)
SCENARIOS = ("baseline", "sure")


@pytest.fixture
def contents():
    return Manifest("x", "0", "running", 7, SCENARIOS, 128, looks=3, blocks=BLOCKS)


def test_without_a_precision_the_first_claim_of_the_first_scenario_is_told(contents, make_experiment):
    found = standing(contents, make_experiment(), SCENARIOS)
    assert (found.scenario, found.claim, found.hits, found.n) == ("baseline", "many", 10, 100)
    assert found.interval == clopper_pearson(10, 100, level=confidence(3, 0))
    assert str(found) == "many in baseline 10.0 % [4.0 to 19.8 %]"


def test_with_a_precision_it_is_the_claim_that_is_furthest_from_it(contents, make_experiment):
    precise = make_experiment(precision={"half_width": 0.05})
    assert standing(contents, precise, SCENARIOS).scenario == "sure"
    assert standing(contents, precise, ("baseline",)).scenario == "baseline"


def test_before_the_first_replication_nothing_is_told(contents, make_experiment):
    assert standing(replace(contents, blocks=()), make_experiment(), SCENARIOS) is None
    failed = replace(BLOCKS[0], failed=60, hits={"many": 0})
    assert standing(replace(contents, blocks=(failed,)), make_experiment(), SCENARIOS) is None
