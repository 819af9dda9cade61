import os
import signal
import subprocess
import sys
import time
from functools import partial
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest

from simulator.errors import ResultsError, RunError
from simulator.runner.executors import PRELOADED, Processes, Serial

EVALUATE = SimpleNamespace(start=partial(partial, eval))
"""A job whose tasks are expressions; made of what every process can import."""
SLOW_FIRST = [f"__import__('time').sleep({0.3 if k == 0 else 0.01}) or {k}" for k in range(20)]
RAISE = "(_ for _ in ()).throw(__import__('simulator.errors').errors.ResultsError('disk full'))"

PARENT = """
import sys
from functools import partial
from importlib import import_module
from types import SimpleNamespace
from simulator.runner.executors import Processes
job = SimpleNamespace(start=partial(partial, eval))
task = "print(__import__('os').getpid(), flush=True) or __import__('time').sleep(120)"
list(Processes(job, workers=2).map([task] * 4))
"""
UNGUARDED = """
from functools import partial
from importlib import import_module
from types import SimpleNamespace
from simulator.runner.executors import Processes
print("script")
with Processes(SimpleNamespace(start=partial(partial, eval)), workers=2) as executor:
    print(list(executor.map(["1 + 1", "2 + 2"])))
"""


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # a process that has ended and that nobody has asked about is still listed
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


def gone_within(pids: list[int], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not any(alive(pid) for pid in pids):
            return True
        time.sleep(0.05)
    return False


def executors():
    return [Serial(EVALUATE), Processes(EVALUATE, workers=1), Processes(EVALUATE, workers=3)]


@pytest.mark.parametrize("executor", executors())
def test_results_come_in_the_order_of_the_tasks(executor):
    with executor:
        assert list(executor.map(SLOW_FIRST)) == list(range(20))


@pytest.mark.parametrize("executor", executors())
def test_an_error_is_raised_after_the_results_before_it(executor):
    found = []
    with pytest.raises(ResultsError, match="disk full"), executor:  # noqa: PT012
        for result in executor.map(["1", "2", RAISE, "4"]):
            found.append(result)  # noqa: PERF402
    assert found == [1, 2]


def test_an_error_that_is_not_raised_on_purpose_names_the_task():
    with (
        pytest.raises(RunError, match="1 / 0: ZeroDivisionError"),
        Processes(EVALUATE, workers=1) as executor,
    ):
        list(executor.map(["1 / 0"]))


def test_workers_serve_several_maps_and_end_with_the_context():
    with Processes(EVALUATE, workers=2) as executor:
        pids = set(executor.map(["__import__('os').getpid()"] * 8))
        assert set(executor.map(["__import__('os').getpid()"] * 8)) <= pids
        assert os.getpid() not in pids
        assert all(alive(pid) for pid in pids)
    assert not any(alive(pid) for pid in pids)


def test_tasks_are_not_taken_far_ahead_of_a_slow_one():
    taken = []
    tasks = (taken.append(k) or ("__import__('time').sleep(1)" if k == 0 else str(k)) for k in range(1000))
    with Processes(EVALUATE, workers=2) as executor:
        assert next(executor.map(tasks)) is None
        assert len(taken) == 4 * 2


def test_a_worker_that_dies_is_a_run_error_that_says_how_and_at_what():
    task = "__import__('os').kill(__import__('os').getpid(), 9)"
    with (
        pytest.raises(RunError, match=r"ended by signal SIGKILL while it worked on .*run again to go on"),
        Processes(EVALUATE, workers=2) as executor,
    ):
        list(executor.map(["1", task, "3"]))


def test_an_interrupt_from_the_keyboard_does_not_reach_what_a_worker_does():
    task = f"__import__('os').kill(__import__('os').getpid(), {signal.SIGINT.value}) or 7"
    with Processes(EVALUATE, workers=1) as executor:
        assert list(executor.map([task])) == [7]


def test_busy_workers_are_ended_with_the_context():
    executor = Processes(EVALUATE, workers=2)
    tasks = ["__import__('os').getpid()", "__import__('time').sleep(60)", "__import__('time').sleep(60)"]
    begun = time.monotonic()
    with executor:
        pid = next(executor.map(tasks))
    assert not alive(pid)
    assert time.monotonic() - begun < 30


def test_workers_end_when_their_parent_is_killed():
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    try:
        pids = [int(parent.stdout.readline()) for _ in range(2)]
        assert all(alive(pid) for pid in pids)
    finally:
        parent.kill()
        parent.wait()
        parent.stdout.close()
    assert gone_within(pids, 20)


def test_workers_do_not_carry_out_the_callers_script(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(UNGUARDED)
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    assert done.stdout == "script\n[2, 4]\n"
    assert done.stderr == ""


@pytest.mark.parametrize("module", PRELOADED)
def test_what_the_server_of_workers_is_to_load_exists(module):
    assert import_module(module)
