import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest

from simulator import responses
from simulator.engines.compiled import engine
from simulator.runner import warming
from simulator.runner.warming import warm_up, warm_up_for_workers

EXAMPLES = Path(__file__).parents[2] / "configs/examples"
COMPILED_BY_A_REPLICATION = """
import json, sys
from simulator import config, responses
from simulator.runner.execute import simulate
from simulator.runner.warming import warm_up

def compiled():
    values = [value for name, module in list(sys.modules.items()) if name.startswith("simulator.")
              for value in list(vars(module).values())]
    return {f"{each.__module__}.{each.__qualname__} {types}" for each in values
            for types in getattr(each, "signatures", ())}

experiment = config.load(sys.argv[1])
warm_up("compiled")
before = compiled()
path = simulate(experiment, scenario=next(iter(experiment.scenarios)), replication=0, engine="compiled")
responses.measure(path, experiment.claims)
print(json.dumps([len(before), sorted(compiled() - before)]))
"""


@pytest.mark.parametrize("example", ["one_plant.yaml", "network.yaml"])
def test_a_replication_after_warming_up_compiles_nothing(example):
    command = [sys.executable, "-c", COMPILED_BY_A_REPLICATION, str(EXAMPLES / example)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    before, after = json.loads(done.stdout)
    assert before > 10
    assert after == []


def test_it_is_said_before_anything_is_compiled(monkeypatch, caplog):
    monkeypatch.setattr(engine, "is_kept", lambda function: False)
    said = []
    monkeypatch.setattr(warming, "Scenario", lambda *parts: said.append(bool(caplog.records)) or _stop())
    engine.announce.cache_clear()
    with pytest.raises(StopIteration):
        warm_up("auto")
    assert said == [True]


def test_nothing_is_said_on_the_engine_that_is_not_compiled(monkeypatch, caplog):
    monkeypatch.setattr(engine, "is_kept", lambda function: False)
    engine.announce.cache_clear()
    warm_up("reference")
    assert not caplog.records


def _stop():
    raise StopIteration


def test_it_is_said_once_that_the_engine_is_compiled(monkeypatch, caplog):
    monkeypatch.setattr(engine, "is_kept", lambda function: False)
    engine.announce.cache_clear()
    with caplog.at_level(logging.WARNING):
        warm_up("compiled")
        warm_up("compiled")
    assert [record.message for record in caplog.records] == [
        "compiling the engine, about a minute, once for this version on this machine"
    ]


def test_it_is_said_that_every_process_compiles_where_nothing_can_be_kept(monkeypatch, caplog):
    monkeypatch.setattr(engine, "is_kept", lambda function: False)
    monkeypatch.setattr(engine, "cache_folder", lambda: None)
    engine.announce.cache_clear()
    engine.announce()
    assert [record.message for record in caplog.records] == [
        (
            "compiling the engine, about a minute, anew in every process, as no folder can be written to keep"
            " it; NUMBA_CACHE_DIR names one"
        )
    ]


def test_a_worker_does_not_repeat_that_every_process_compiles(monkeypatch, caplog):
    monkeypatch.setattr(engine, "is_kept", lambda function: False)
    monkeypatch.setattr(engine, "cache_folder", lambda: None)
    monkeypatch.setattr(engine.multiprocessing, "parent_process", object)
    engine.announce.cache_clear()
    engine.announce()
    assert not caplog.records


@pytest.mark.parametrize(("folder", "compiles"), [(Path("kept"), True), (None, False)])
def test_who_has_workers_compiles_for_them_only_where_they_find_it(folder, compiles, monkeypatch, caplog):
    monkeypatch.setattr(warming, "cache_folder", lambda: folder)
    monkeypatch.setattr(engine, "cache_folder", lambda: folder)
    monkeypatch.setattr(engine, "is_kept", lambda function: False)
    compiled = []
    monkeypatch.setattr(warming, "warm_up", compiled.append)
    engine.announce.cache_clear()
    warm_up_for_workers("compiled")
    assert compiled == ["compiled"] * compiles
    assert [record.message.startswith("compiling the engine") for record in caplog.records] == (
        [] if compiles else [True]
    )


def test_nothing_is_said_when_the_engine_is_kept(monkeypatch, caplog):
    monkeypatch.setattr(engine, "is_kept", lambda function: True)
    engine.announce.cache_clear()
    warm_up("compiled")
    assert not caplog.records


def test_a_response_of_the_users_is_not_asked_of_a_system_that_is_not_theirs():
    with responses.restored_register():

        @responses.response(unit="1")
        def of_theirs(path, system):
            raise AssertionError("asked")

        warm_up("compiled")
        assert "of_theirs" in responses.registered()
