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
from simulator.runner.executors import Care, Processes, Serial
from simulator.runner.executors.starting import PRELOADED

EVALUATE = SimpleNamespace(start=partial(partial, eval))
"""A job whose tasks are expressions; made of what every process can import."""
SLOW_FIRST = [f"__import__('time').sleep({0.3 if k == 0 else 0.01}) or {k}" for k in range(20)]
RAISE = "(_ for _ in ()).throw(__import__('simulator.errors').errors.ResultsError('disk full'))"
KILLED = "__import__('signal').raise_signal(9)"
LEFT = "__import__('os')._exit(7)"
HANGS = "min(1 for _ in __import__('itertools').count())"
STOPPED = "__import__('signal').raise_signal(19)"

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
    print(sorted(executor.map(["1 + 1", "2 + 2"])))
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
def test_every_task_has_one_result(executor):
    with executor:
        assert sorted(executor.map(SLOW_FIRST)) == list(range(20))


def test_results_come_as_they_are_done():
    # two seconds: the other worker may take its time to start on a busy machine
    slow = "__import__('time').sleep(2) or 0"
    with Processes(EVALUATE, workers=2) as executor:
        assert list(executor.map([slow, *SLOW_FIRST[1:]]))[-1] == 0


@pytest.mark.parametrize("executor", [Serial(EVALUATE), Processes(EVALUATE, workers=1)])
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


def test_a_task_is_taken_when_a_worker_is_free_for_it():
    taken = []
    tasks = (taken.append(k) or str(k) for k in range(1000))
    with Processes(EVALUATE, workers=2) as executor:
        next(executor.map(tasks))
        assert len(taken) == 2


def dies_once(folder, how):
    """Return a task that ends its worker the first time."""
    mark = folder / "mark"
    return f"__import__('pathlib').Path({str(mark)!r}).exists() or (open({str(mark)!r}, 'w'), {how})"


@pytest.mark.parametrize("how", [KILLED, LEFT, HANGS, STOPPED])
def test_a_task_whose_worker_dies_or_hangs_is_tried_again(how, tmp_path):
    with Processes(EVALUATE, workers=2, care=Care(limit_s=lambda task: 0.5)) as executor:
        assert sorted(executor.map(["2", dies_once(tmp_path, how), "3"])) == [True, 2, 3]


@pytest.mark.parametrize(
    ("task", "how"),
    [
        (KILLED, "ended by signal SIGKILL"),
        (LEFT, "ended with code 7"),
        (HANGS, "hung for 0.5 s"),
        (STOPPED, "hung for 0.5 s"),
    ],
)
def test_what_ends_its_workers_is_narrowed_down_and_given_up_alone(task, how):
    given_up = []

    def failed(task, how):
        given_up.append((task, how))
        return (-1,)

    care = Care(halves=halves, given_up=failed, limit_s=lambda task: 0.5)
    with Processes(EVALUATE, workers=2, care=care) as executor:
        found = list(executor.map(["1,", f"2,3,4,{task},5,6,7,", "8,"]))
    assert sorted(number for each in found for number in each) == [-1, 1, 2, 3, 4, 5, 6, 7, 8]
    assert given_up == [(f"{task},", how)]


def halves(task):
    parts = [f"{part}," for part in task.split(",") if part]
    middle = len(parts) // 2
    return ("".join(parts[:middle]), "".join(parts[middle:])) if middle else ()


def test_a_task_that_nobody_cares_for_is_a_run_error_that_says_how_its_workers_ended():
    with (
        pytest.raises(RunError, match=r"its worker ended by signal SIGKILL, twice .*run again to go on"),
        Processes(EVALUATE, workers=2) as executor,
    ):
        list(executor.map(["1", KILLED, "3"]))


def test_workers_that_all_die_end_the_run_with_a_cure():
    care = Care(given_up=lambda task, how: None)
    with (
        pytest.raises(
            RunError, match=r"^20 workers in a row died .*the last ended with code 7 .*give fewer workers"
        ),
        Processes(EVALUATE, workers=1, care=care) as executor,
    ):
        list(executor.map([LEFT] * 100))


def test_workers_that_cannot_start_end_the_run_with_a_cure():
    job = SimpleNamespace(start=partial(os._exit, 9))
    with (
        pytest.raises(RunError, match=r"ended with code 9 before it began to work"),
        Processes(job, workers=1) as executor,
    ):
        list(executor.map(["1"]))


def test_a_worker_that_is_stopped_is_ended_with_the_context():
    with Processes(EVALUATE, workers=1) as executor:
        (pid,) = executor.map(["__import__('os').getpid()"])
        os.kill(pid, signal.SIGSTOP)
    assert not alive(pid)


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
