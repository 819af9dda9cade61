import sys
import zlib
from importlib import import_module

import pytest

from simulator.config.files import shown
from simulator.responses import restored_register
from simulator.runner import blocks, failures, run, simulate

DEADLY = """
import os, signal, time, zlib
from simulator.responses import response

@response(unit="items", description="ends its process in one replication")
def deadly(path, system):
    if zlib.crc32(path.tobytes()) == {crc} and not os.path.exists({mark!r}):
        if {once}:
            open({mark!r}, "w")
        {how}
    return 1
"""
KILLED = "os.kill(os.getpid(), signal.SIGKILL)"
LEFT = "os._exit(7)"
HANGS = "time.sleep(1000)"
STOPPED = "os.kill(os.getpid(), signal.SIGSTOP)"


@pytest.fixture
def plant(experiment, tmp_path, monkeypatch):
    """Return a function that plants a response which ends the worker of replication 5 of the baseline."""
    crc = zlib.crc32(simulate(experiment, scenario="baseline", replication=5).tobytes())
    mark = tmp_path / "mark"

    def planted(how, *, once=False):
        text = DEADLY.format(crc=crc, mark=str(mark), how=how, once=once)
        (tmp_path / "deadly_responses.py").write_text(text)
        import_module("deadly_responses")
        return mark

    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(blocks, "PROBE", 4)
    with restored_register():
        yield planted
    sys.modules.pop("deadly_responses", None)


@pytest.mark.parametrize(
    ("executor", "how", "told"),
    [
        ("processes", KILLED, "ended by signal SIGKILL"),
        ("processes", LEFT, "ended with code 7"),
        ("processes", HANGS, "hung for 0.4 s"),
        ("dask", LEFT, "ended with code 7"),
        ("dask", STOPPED, "hung for 0.4 s"),
    ],
)
def test_a_replication_that_ends_every_worker_fails_alone(plant, experiment, tmp_path, executor, how, told):
    mark = plant(how)
    limit_s = 0.4 if "hung" in told else 60  # a slow machine may hold up any replication for 0.4 s
    finished = run(
        experiment, results=tmp_path / "a", workers=2, name="made", executor=executor, timeout=limit_s
    )
    assert finished.complete
    assert finished.failed == 1
    frame = finished.frame("baseline")
    assert frame["error"][5] == f"its worker {told}, each time"
    (line,) = failures.told(finished)
    replay = f"simulator replay {shown(finished.folder)} --scenario baseline --replication 5"
    assert line.endswith(f"each time; see {replay}")
    assert line.count("simulator replay") == 1
    mark.touch()
    sound = run(experiment, results=tmp_path / "b", name="made", executor="serial")
    assert frame.drop(index=5).equals(sound.frame("baseline").drop(index=5))
    inputs = [*experiment.derived, "rate_error", "place.east"]
    assert frame.loc[5, inputs].equals(sound.frame("baseline").loc[5, inputs])
    assert finished.frame("sure").equals(sound.frame("sure"))


@pytest.mark.parametrize("executor", ["processes", "dask"])
def test_a_replication_that_ends_one_worker_by_chance_has_the_row_it_should_have(
    plant, experiment, tmp_path, executor
):
    plant(KILLED, once=True)
    finished = run(experiment, results=tmp_path / "a", workers=2, name="made", executor=executor)
    sound = run(experiment, results=tmp_path / "b", name="made", executor="serial")
    assert finished.failed == 0
    assert finished.content_hash == sound.content_hash
