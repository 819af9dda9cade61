import logging

from simulator import responses
from simulator.engines.compiled import engine
from simulator.engines.compiled.unfold import unfold
from simulator.runner.warming import EMPTY, warm_up


def test_a_system_of_nothing_is_all_that_compiling_needs(monkeypatch):
    measured = []
    monkeypatch.setattr(responses, "measure", lambda path, claims: measured.append(path))
    warm_up("auto")
    assert [path.system for path in measured] == [EMPTY]
    assert not len(measured[0].rows)
    assert unfold.signatures, "the kernels are there"


def test_it_is_said_once_that_the_engine_is_compiled(monkeypatch, caplog):
    monkeypatch.setattr(engine, "is_kept", lambda function: False)
    engine.announce.cache_clear()
    with caplog.at_level(logging.WARNING):
        warm_up("compiled")
        warm_up("compiled")
    assert [record.message for record in caplog.records] == [
        "compiling the engine, about a minute, once for this version on this machine"
    ]


def test_nothing_is_said_when_the_engine_is_kept(monkeypatch, caplog):
    monkeypatch.setattr(engine, "is_kept", lambda function: True)
    engine.announce.cache_clear()
    warm_up("compiled")
    assert not caplog.records
