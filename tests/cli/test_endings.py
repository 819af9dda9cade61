import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from simulator.cli import endings, main
from simulator.errors import RunError

ROOT = Path(__file__).parents[2]
SIGNALS = pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])


def break_off(error):
    def raising(*arguments, **options):
        raise error

    return raising


def process(*arguments, cwd, **options):
    return subprocess.Popen(
        [sys.executable, "-m", "simulator", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def children(pid):
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(each) for child in found for each in (child, *children(int(child)))]


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def blocks_in(folder):
    """How many blocks the manifest of the only run in a folder lists."""
    return sum(path.read_text().count('"count"') for path in folder.glob("results/*/*/manifest.json"))


@SIGNALS
def test_a_run_that_is_stopped_leaves_no_process_and_says_how_to_go_on(folder, number, code):
    command = ["run", "workshop.yaml", "--replications", "20000", "--workers", "2"]
    with process(*command, cwd=folder) as running:
        while blocks_in(folder) < 2:
            assert running.poll() is None, running.stderr.read()
            time.sleep(0.1)
        workers = children(running.pid)
        assert len(workers) >= 2
        running.send_signal(number)
        _, said = running.communicate(timeout=60)
    assert running.returncode == code
    last = said.splitlines()[-1]
    assert last.startswith(f"simulator run: stopped by {number.name} with ")
    assert last.endswith(" of 40,000 replications; the same command goes on from there")
    assert "Traceback" not in said
    ends = time.monotonic() + 10
    while any(map(alive, workers)) and time.monotonic() < ends:
        time.sleep(0.05)
    assert not [pid for pid in workers if alive(pid)]
    assert '"interrupted"' in next(folder.glob("results/workshop/*/manifest.json")).read_text()


def test_a_run_that_was_stopped_goes_on_where_it_was_left(folder, simulator, monkeypatch):
    from simulator.cli import progress

    command = "run", "workshop.yaml", "--replications", "8", "--executor", "serial"

    def stop(watch, told):
        os.kill(os.getpid(), signal.SIGINT)

    with monkeypatch.context() as patched:
        patched.setattr(progress._Lines, "__call__", stop)
        assert simulator(*command).code == 130
    (manifest,) = folder.glob("results/workshop/*/manifest.json")
    blocks = set(folder.glob("results/workshop/*/runs/*.parquet"))
    assert blocks
    assert '"interrupted"' in manifest.read_text()
    assert simulator(*command).code == 0
    assert blocks < set(folder.glob("results/workshop/*/runs/*.parquet"))
    assert '"complete"' in manifest.read_text()


@SIGNALS
def test_an_interruption_that_comes_out_as_another_error_is_still_one(simulator, monkeypatch, number, code):
    def compiling():
        try:
            signal.raise_signal(number)
        except endings.Interrupted:
            raise RuntimeError("no compiled object yet") from None

    monkeypatch.setattr("simulator.config.schema", compiling)
    outcome = simulator("schema")
    assert (outcome.code, outcome.faults) == (code, [f"simulator schema: stopped by {number.name}"])


@SIGNALS
def test_an_interruption_that_cannot_be_raised_where_it_comes_is_raised_soon(
    simulator, monkeypatch, number, code
):
    said_by_c = ctypes.CFUNCTYPE(None)(lambda: signal.raise_signal(number))

    def compiling():
        said_by_c()
        time.sleep(60)
        raise AssertionError("it went on")

    monkeypatch.setattr("simulator.config.schema", compiling)
    outcome = simulator("schema")
    assert (outcome.code, outcome.faults) == (code, [f"simulator schema: stopped by {number.name}"])


def test_what_else_cannot_be_raised_is_told_as_python_tells_it(simulator, monkeypatch):
    told = []
    monkeypatch.setattr(sys, "unraisablehook", lambda what: told.append(str(what.exc_value)))
    monkeypatch.setattr("simulator.config.schema", ctypes.CFUNCTYPE(None)(break_off(ValueError("lost"))))
    simulator("schema")
    assert told == ["lost"]


def test_handlers_of_signals_are_put_back(simulator):
    def handlers():
        numbers = signal.SIGINT, signal.SIGTERM, signal.SIGALRM
        return [*map(signal.getsignal, numbers), sys.unraisablehook]

    before = handlers()
    simulator("--version")
    assert handlers() == before


def test_a_command_can_be_carried_out_in_a_thread(capsys):
    codes = []
    thread = threading.Thread(target=lambda: codes.append(main(["--version"])))
    thread.start()
    thread.join()
    assert codes == [0]


def test_an_unexpected_error_is_one_line_that_says_how_to_see_more(simulator, monkeypatch):
    monkeypatch.setattr("simulator.config.schema", break_off(ZeroDivisionError("by 0")))
    outcome = simulator("schema", "--json")
    assert outcome.code == 70
    assert outcome.faults == [
        (
            "simulator schema: unexpected error, ZeroDivisionError: by 0; "
            "SIMULATOR_DEBUG=1 simulator schema --json shows where"
        )
    ]


def test_an_unexpected_error_shows_where_it_comes_from_when_asked(simulator, monkeypatch):
    monkeypatch.setattr("simulator.config.schema", break_off(ZeroDivisionError("by 0")))
    monkeypatch.setenv("SIMULATOR_DEBUG", "1")
    outcome = simulator("schema")
    assert outcome.code == 70
    assert outcome.faults[0].startswith("Traceback")
    assert outcome.faults[-1] == "ZeroDivisionError: by 0"


def test_a_run_that_cannot_be_carried_out_ends_with_3(folder, simulator, monkeypatch):
    monkeypatch.setattr("simulator.runner.run", break_off(RunError("a worker process ended")))
    outcome = simulator("run", "workshop.yaml")
    assert (outcome.code, outcome.faults) == (3, ["a worker process ended"])


def test_output_that_nobody_reads_ends_a_command_without_a_word(folder):
    with process("schema", cwd=folder) as asked:
        asked.stdout.close()
        said = asked.stderr.read()
    assert (asked.returncode, said) == (141, "")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["rnu"], "simulator: no such command 'rnu'"),
        (["run"], "simulator run: missing argument 'CONFIG'; simulator run --help says what can be given"),
        (["check"], "simulator check: missing argument 'CONFIG...'; simulator check --help says"),
    ],
)
def test_a_command_line_that_cannot_be_read_is_one_line(arguments, line, simulator):
    outcome = simulator(*arguments)
    assert outcome.code == 2
    assert outcome.out == ""
    assert len(outcome.faults) == 1
    assert outcome.faults[0].startswith(line)


def test_the_help_lists_the_exit_codes(simulator):
    lines = simulator("--help").out.partition("Exit codes:")[2].splitlines()
    listed = [int(line.split()[0]) for line in lines if line.strip()]
    assert listed == [*sorted(endings.ExitCode), 130]
