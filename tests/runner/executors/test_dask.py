import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

from simulator.errors import RunError
from simulator.runner import blocks, provenance, run
from simulator.runner.executors import dask
from simulator.runner.executors.dask import Dask

EVALUATE = SimpleNamespace(start=partial(partial, eval))
"""A job whose tasks are expressions; made of what every process can import."""
PID = "__import__('os').getpid()"
LOOPBACK, LISTENING = "0100007F", "0A"
"""As the kernel's table of sockets has them."""
PARENT = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell that runs the tests aside has it ignored
from functools import partial
from types import SimpleNamespace
from simulator.runner.executors.dask import Dask
print("script", flush=True)
job = SimpleNamespace(start=partial(partial, eval))
task = "print(__import__('os').getpid(), flush=True) or __import__('time').sleep(120)"
with Dask(job, workers=2) as executor:
    list(executor.map([task] * 4))
"""


@contextmanager
def daemon(module, *arguments):
    """Run a program of Dask, and end it and what it started."""
    command = [sys.executable, "-W", "ignore", "-m", f"distributed.cli.{module}", *arguments]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def scheduler(folder):
    """Run a scheduler on the loopback interface, and give its process and address."""
    told = folder / "scheduler.json"
    loopback = "--host", "127.0.0.1", "--port", "0", "--dashboard-address", "127.0.0.1:0", "--no-dashboard"
    with daemon("dask_scheduler", *loopback, "--scheduler-file", str(told)) as process:
        end = time.monotonic() + 30
        while not told.exists() and time.monotonic() < end:
            time.sleep(0.05)
        yield process, told.read_text().partition('"address": "')[2].partition('"')[0]


@contextmanager
def workers(address, folder):
    """Run two workers of a scheduler."""
    each = "--nworkers", "2", "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1"
    with daemon("dask_worker", address, *each, "--local-directory", str(folder)):
        yield


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """The address of a scheduler with two workers that are started anew when they die."""
    folder = tmp_path_factory.mktemp("cluster")
    with scheduler(folder) as (_, address), workers(address, folder):
        yield address


@pytest.fixture(scope="module")
def own():
    """An executor that started its own workers."""
    with Dask(EVALUATE, workers=2) as executor:
        yield executor


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def gone_within(pids, seconds):
    end = time.monotonic() + seconds
    while any(map(alive, pids)) and time.monotonic() < end:
        time.sleep(0.05)
    return not any(map(alive, pids))


def listening(pids):
    """Return the addresses that processes listen on, as the kernel has them."""
    inodes = set()
    for pid in pids:
        for handle in Path(f"/proc/{pid}/fd").iterdir():
            try:
                inodes.add(str(handle.readlink()).removeprefix("socket:[").removesuffix("]"))
            except FileNotFoundError:  # closed meanwhile
                continue
    lines = [
        line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().split("\n")
    ]
    return [
        line[1].partition(":")[0]
        for line in lines
        if len(line) > 9 and line[3] == LISTENING and line[9] in inodes
    ]


def processes(own):
    """The processes that carry out tasks, asked again while one of two has not begun on a busy machine."""
    found = set()
    end = time.monotonic() + 30
    while len(found) < 2 and time.monotonic() < end:
        found.update(own.map([f"__import__('time').sleep(0.1) or {PID}"] * 8))
    return found


def test_every_task_has_one_result(own):
    assert sorted(own.map(str(k) for k in range(40))) == list(range(40))


def test_own_workers_are_processes_and_as_many_as_asked_for(own):
    pids = processes(own)
    assert len(pids) == 2
    assert os.getpid() not in pids


def test_nothing_that_is_started_listens_beyond_the_loopback_interface(own):
    found = listening({os.getpid(), *processes(own)})
    assert len(found) >= 3, "a scheduler and two workers listen"
    assert set(found) == {LOOPBACK}


def test_a_task_is_taken_when_a_worker_is_free_for_it(own):
    taken = []
    results = own.map(taken.append(k) or "1" for k in range(9))
    next(results)
    assert len(taken) <= 4
    assert list(results) == [1] * 8


@pytest.mark.parametrize("executor", ["serial", "processes", "dask", "scheduler"])
def test_every_executor_gives_the_same_content(executor, experiment, tmp_path, monkeypatch, cluster, alone):
    monkeypatch.setattr(blocks, "SECONDS", 0.001)
    chosen = {"executor": "dask", "scheduler": cluster} if executor == "scheduler" else {"executor": executor}
    finished = run(experiment, results=tmp_path, name="made", replications=8, **chosen)
    assert (finished.failed, finished.replications) == (0, 8)
    assert finished.content_hash == alone
    assert not finished.verify()


@pytest.fixture(scope="module")
def contents():
    return {}


@pytest.fixture
def alone(contents, experiment, tmp_path):
    """The content hash of a run in one process."""
    if not contents:
        finished = run(experiment, results=tmp_path / "alone", executor="serial", name="made", replications=8)
        contents["hash"] = finished.content_hash
    return contents["hash"]


@pytest.mark.parametrize("theirs", ["own workers", "a scheduler's"])
def test_a_worker_that_is_killed_during_a_run_changes_nothing(
    theirs, experiment, tmp_path, monkeypatch, cluster, alone
):
    monkeypatch.setattr(blocks, "SECONDS", 0.001)
    killed = []
    found = Dask._taken

    def kill_one(self, place, future, tries):
        if place.ready and not killed:
            killed.append(place.pid)
            os.kill(place.pid, signal.SIGKILL)
        return found(self, place, future, tries)

    monkeypatch.setattr(Dask, "_taken", kill_one)
    scheduler = cluster if theirs == "a scheduler's" else None
    finished = run(
        experiment, results=tmp_path, name="made", executor="dask", scheduler=scheduler, replications=8
    )
    assert killed
    assert gone_within(killed, 5)
    assert (finished.failed, finished.content_hash) == (0, alone)


def test_workers_with_other_sources_are_refused(experiment, tmp_path, monkeypatch, cluster):
    monkeypatch.setattr(provenance, "sources", lambda: "other")
    with pytest.raises(RunError, match=r"worker at tcp://127.0.0.1:\d+: has other sources of the simulator"):
        run(experiment, results=tmp_path, name="made", executor="dask", scheduler=cluster)


def test_a_scheduler_that_is_not_there_is_told(experiment, tmp_path, monkeypatch):
    monkeypatch.setattr(dask, "CONNECT_S", 1.0)
    with pytest.raises(RunError, match=r"^tcp://127.0.0.1:9: no Dask scheduler answers .*start one with"):
        run(experiment, results=tmp_path, name="made", executor="dask", scheduler="tcp://127.0.0.1:9")


def test_a_scheduler_without_workers_or_that_is_lost_ends_the_run_with_a_cure(tmp_path, monkeypatch):
    with scheduler(tmp_path) as (process, address):
        monkeypatch.setattr(dask, "WORKERS_S", 1.0)
        with (
            pytest.raises(RunError, match=r"has had no worker for 1 s; start some with dask worker"),
            Dask(EVALUATE, scheduler=address) as executor,
        ):
            list(executor.map(["1"]))
        monkeypatch.setattr(dask, "WORKERS_S", 60.0)
        with (  # noqa: PT012
            workers(address, tmp_path),
            pytest.raises(RunError, match=r"does not answer any more; what was committed is kept"),
            Dask(EVALUATE, scheduler=address) as executor,
        ):
            for result in executor.map(["1", *["__import__('time').sleep(0.1)"] * 1000]):
                if result == 1:
                    process.kill()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_workers_end_with_their_parent_and_do_not_carry_out_its_script(number):
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    try:
        assert parent.stdout.readline() == "script\n"
        pids = [int(parent.stdout.readline()) for _ in range(2)]
        parent.send_signal(number)
        _, told = parent.communicate(timeout=30)
    finally:
        parent.kill()
        parent.wait()
    assert gone_within(pids, 20)
    assert told.count("Traceback") <= 1, "the parent's own"
