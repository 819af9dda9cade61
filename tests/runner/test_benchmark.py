import logging
import math
from dataclasses import dataclass
from pathlib import Path

import pytest

from simulator import config
from simulator.engines.compiled import engine
from simulator.errors import ConfigError, RunError
from simulator.model.quantities import Quantity
from simulator.model.scenario.scenarios import Scenario, median_draw
from simulator.runner import benchmark
from simulator.runner.benchmark import calibration, growing, pairing, resident
from simulator.runner.benchmark.enlarging import enlarged
from simulator.runner.benchmark.workers import _copies
from simulator.runner.blocks import Block

EXAMPLES = Path(__file__).parents[2] / "configs/examples"


@pytest.fixture(scope="module")
def network():
    """The description of the network that uses every key, at the medians of its factors."""
    experiment = config.load(EXAMPLES / "network.yaml")
    return Scenario(experiment, "as_is").describe(median_draw(experiment))


@pytest.fixture
def one_plant():
    return config.load(EXAMPLES / "one_plant.yaml")


def test_a_system_of_the_same_number_of_plants_is_the_same(network):
    assert enlarged(network, network.plants.total) == network


def test_what_plants_share_grows_as_their_number_does(network):
    larger = enlarged(network, 10 * network.plants.total)
    assert larger.plants.total == 10 * network.plants.total
    assert larger.plants.new.count == 10 * network.plants.new.count
    assert larger.plants.roles["forging"].at_least == 10 * network.plants.roles["forging"].at_least
    assert larger.regions["north"].crews == 10 * network.regions["north"].crews
    assert (
        larger.regions["north"].grid.allotment.number == 10 * network.regions["north"].grid.allotment.number
    )
    before, after = network.stores["arsenal"].holds, larger.stores["arsenal"].holds
    assert after["old_shell"].initial.number == 10 * before["old_shell"].initial.number
    assert after["shell"].added[0].amount.number == 10 * before["shell"].added[0].amount.number
    assert after["fuze"].floor.number == 10 * before["fuze"].floor.number
    assert larger.suppliers["imports"].table[0].amount.number == 5000
    assert larger.links["sea"].load.number == 10 * network.links["sea"].load.number
    quantiles = [each.suppliers["powder"].quantity.tree()["quantiles"] for each in (network, larger)]
    assert quantiles[1]["p50"] == quantiles[0]["p50"].times(10) == Quantity(20_000.0, "kg")


def test_what_belongs_to_one_plant_or_one_vehicle_stays(network):
    larger = enlarged(network, 10 * network.plants.total)
    for name, role in network.plants.roles.items():
        assert larger.plants.roles[name].model_copy(update={"at_least": role.at_least}) == role
    assert larger.suppliers["steelworks"] == network.suppliers["steelworks"]
    assert larger.links["sea"].loads_of == network.links["sea"].loads_of
    assert larger.links["sea"].every == network.links["sea"].every
    assert larger.calendars == network.calendars
    assert larger.recipes == network.recipes


def test_a_region_that_has_a_crew_keeps_one_in_a_small_system(network):
    assert enlarged(network, 1).regions["north"].crews == 1


def test_a_system_without_plants_cannot_grow(network):
    bare = network.model_copy(update={"plants": None})
    assert enlarged(bare, 5) is bare


def test_both_engines_carry_out_the_same_replications(one_plant):
    found = benchmark.side_by_side(one_plant, "baseline", replications=3)
    quick, slow = found.engines
    assert (quick.engine, slow.engine) == ("compiled", "reference")
    happened = [(each.bound_events, each.rows, each.lines) for each in quick.costs]
    assert happened == [(each.bound_events, each.rows, each.lines) for each in slow.costs]
    assert len(set(happened)) == 3
    assert all(each.tables_s > 0 for each in quick.costs)
    assert not any(each.tables_s for each in slow.costs)
    assert found.ratio > 0
    assert found.path_ratio > 0


def test_the_stages_of_a_replication_add_up(one_plant):
    (quick,) = benchmark.side_by_side(one_plant, "baseline", replications=2, engines=("compiled",)).engines
    stages = quick.as_dict()["milliseconds"]
    whole = stages.pop("whole")
    assert sum(stages.values()) == pytest.approx(whole)
    events = sum(each.bound_events for each in quick.costs) / 2
    assert quick.per_second("bound_events") == pytest.approx(events / whole * 1e3)


def test_a_path_costs_its_tables_too(one_plant):
    (quick,) = benchmark.side_by_side(one_plant, "baseline", replications=2, engines=("compiled",)).engines
    events = sum(each.bound_events for each in quick.costs) / 2
    path_ms = quick.mean_ms("tables_s") + quick.mean_ms("unfold_s")
    assert quick.per_second("bound_events", "simulate_s") == pytest.approx(events / path_ms * 1e3)


def test_it_is_said_that_the_engine_is_compiled(one_plant, monkeypatch, caplog):
    monkeypatch.setattr(engine, "is_kept", lambda function: False)
    engine.announce.cache_clear()
    with caplog.at_level(logging.WARNING):
        benchmark.side_by_side(one_plant, "baseline", replications=1, engines=("compiled",))
    (record,) = caplog.records
    assert record.message.startswith("compiling the engine")


def test_what_is_measured_keeps_its_memory_as_a_worker_does(one_plant, monkeypatch):
    kept = []
    monkeypatch.setattr(pairing, "keep_memory", lambda: kept.append("replications"))
    monkeypatch.setattr(growing, "keep_memory", lambda: kept.append("growth"))
    benchmark.side_by_side(one_plant, "baseline", replications=1)
    benchmark.growth(one_plant, "baseline", plants=(1,), days=(2,), least_events=1)
    assert kept == ["replications", "growth"]


def test_the_replications_of_the_memory_come_again(one_plant, monkeypatch):
    carried_out = []
    monkeypatch.setattr(
        resident.Replications, "cost", lambda self, number, *, engine: carried_out.append(number)
    )
    resident._Watched(one_plant, "baseline", "compiled").start()(range(18, 42))
    assert carried_out == [18, 19, *range(20), 0, 1]


def test_one_engine_alone_has_no_ratio(one_plant):
    found = benchmark.side_by_side(one_plant, "baseline", replications=1, engines=("reference",))
    assert (found.ratio, found.path_ratio) == (None, None)
    assert found.engines[0].compiled is None


def test_growth_is_set_beside_the_size_nearest_to_a_hundred_lines(one_plant):
    found = benchmark.growth(one_plant, "baseline", plants=(1, 40, 60), days=(2, 5), least_events=1)
    assert [(each.plants, each.lines, each.days) for each in found.sizes] == [
        (1, 2, 2),
        (40, 80, 2),
        (60, 120, 2),
    ]
    assert [(each.plants, each.days) for each in found.times] == [(40, 5)]
    assert found.base is found.sizes[1]
    assert found.ratio(found.base) == 1
    assert found.as_dict()["sizes"][1]["ratio"] == 1
    assert found.times[0].bound_events > found.base.bound_events > found.sizes[0].bound_events


def test_a_size_is_measured_until_enough_has_happened(one_plant):
    (few,) = benchmark.growth(one_plant, "baseline", plants=(1,), days=(5,), least_events=1).sizes
    (more,) = benchmark.growth(one_plant, "baseline", plants=(1,), days=(5,), least_events=500).sizes
    assert few.replications == 3
    assert more.replications > 3
    assert more.bound_events * more.replications == pytest.approx(500, rel=0.5)


def test_a_size_in_which_little_happens_is_measured_over_so_many_replications_and_no_more(
    one_plant, monkeypatch
):
    monkeypatch.setattr(growing, "MOST", 5)
    (few,) = benchmark.growth(one_plant, "baseline", plants=(1,), days=(2,), least_events=10**9).sizes
    assert few.replications == 5


def test_a_system_in_which_nothing_happens_has_no_growth(one_plant, monkeypatch):
    monkeypatch.setattr(growing, "MOST", 5)
    idle = one_plant.system.model_copy(update={"plants": None, "suppliers": {}, "calendars": {}})
    nothing = one_plant.model_copy(update={"system": idle, "factors": {}, "claims": {}})
    with pytest.raises(ConfigError, match="nothing happens in it with 10 plants for 30 days") as refused:
        benchmark.growth(nothing, "baseline")
    (fault,) = refused.value.faults
    assert fault.where == "scenario baseline"


def test_the_memory_of_a_process_is_told_after_each_stage(one_plant):
    found = benchmark.memory(one_plant, "baseline", engine="compiled", stages=(0, 1, 3))
    assert found.replications == (0, 1, 3)
    assert all(10 < each < 10_000 for each in found.resident_mib)
    assert found.as_dict()["engine"] == "compiled"


@pytest.mark.parametrize("writing", [False, True])
def test_workers_and_copies_take_turns_at_the_same_blocks(one_plant, writing):
    found = benchmark.parallel(one_plant, "baseline", writing=writing, rounds=2, seconds=0.01)
    assert (found.writing, found.replications % 8) == (writing, 0)
    assert len(found.workers) == len(found.copies) == 2
    assert all(each > 0 for each in (*found.workers, *found.copies))
    assert math.isfinite(found.as_dict()["efficiency"])


@dataclass(frozen=True)
class _Unloadable:
    """A job that no other process can read."""

    def __reduce__(self):
        return math.sqrt, (-1,)


def test_a_copy_that_ends_is_noticed():
    with _copies([_Unloadable()]) as copies, pytest.raises(RunError, match="ended before it was done"):
        copies.carry_out([Block("baseline", 0, 1)])


def test_a_machine_is_known_by_its_parts_and_by_two_fixed_tasks(monkeypatch):
    monkeypatch.setattr(calibration, "STEPS", 1000)
    monkeypatch.setattr(calibration, "TIMEOUTS", 100)
    facts = benchmark.machine()
    assert list(facts) == [
        "processor",
        "processors",
        "python",
        "numba",
        "numpy",
        "load",
        "loop_seconds",
        "timeouts_seconds",
    ]
    assert facts["processor"]
    assert facts["loop_seconds"] > 0
    assert facts["timeouts_seconds"] > 0
