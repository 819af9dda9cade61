import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from simulator.errors import ResultsError
from simulator.results import atomic

WRITER = """
import sys
from pathlib import Path
from simulator.results import atomic
path, letter = Path(sys.argv[1]), 0
while True:
    atomic.write(path, bytes([97 + letter % 26]) * 3_000_000)
    letter += 1
"""
HOLDER = """
import sys, time
from pathlib import Path
from simulator.results import atomic
with atomic.locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_file_is_written_whole_and_nothing_is_left_beside_it(tmp_path):
    atomic.write(tmp_path / "a.bin", b"first")
    atomic.write(tmp_path / "a.bin", b"second")
    assert (tmp_path / "a.bin").read_bytes() == b"second"
    assert [path.name for path in tmp_path.iterdir()] == ["a.bin"]


def test_a_writer_that_is_killed_leaves_a_whole_file(tmp_path):
    path = tmp_path / "a.bin"
    for pause in (0.0, 0.003, 0.007, 0.011, 0.013):
        path.unlink(missing_ok=True)
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path)])
        try:
            while not path.exists():
                time.sleep(0.001)
            time.sleep(pause)
        finally:
            writer.kill()
            writer.wait()
        content = path.read_bytes()
        assert content == content[:1] * 3_000_000


def test_what_killed_writers_leave_is_cleared_away(tmp_path):
    (tmp_path / "runs").mkdir()
    for leftover in (".a.bin.x.part", "runs/.b.parquet.y.part"):
        (tmp_path / leftover).write_bytes(b"half")
    (tmp_path / "runs" / "b.parquet").write_bytes(b"whole")
    atomic.clear_leftovers(tmp_path)
    assert [path.name for path in sorted(tmp_path.rglob("*")) if path.is_file()] == ["b.parquet"]


def test_a_failed_write_keeps_the_old_file_and_names_the_path(tmp_path, monkeypatch):
    path = tmp_path / "a.bin"
    atomic.write(path, b"old")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ResultsError, match=r"a\.bin: cannot be written \(No space left on device\)"):
        atomic.write(path, b"new")
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["a.bin"]


def test_what_is_no_file_is_not_replaced(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "device").symlink_to("/dev/null")
    before = sorted(tmp_path.iterdir())
    for name in ("pipe", "folder", "device"):
        with pytest.raises(
            ResultsError, match=rf"{name}: cannot be written \(it is a folder, a device or a pipe"
        ):
            atomic.write(tmp_path / name, b"new")
    assert sorted(tmp_path.iterdir()) == before
    assert (tmp_path / "pipe").is_fifo()
    assert (tmp_path / "device").is_symlink()


def test_a_folder_that_is_not_there_is_to_be_made(tmp_path):
    with pytest.raises(ResultsError, match=r"No such file or directory\); make the folder, or name another"):
        atomic.write(tmp_path / "none" / "a.bin", b"new")


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ResultsError, match=r"file/runs: cannot be written \(Not a directory\); make room"):
        atomic.make_folder(tmp_path / "file" / "runs")


def test_a_second_process_cannot_have_a_folder_that_is_held(tmp_path):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with (
            pytest.raises(ResultsError, match=f"process {holder.pid} runs in this folder; wait for it"),
            atomic.locked(tmp_path),
        ):
            pass
    finally:
        holder.send_signal(signal.SIGKILL)
        holder.communicate()
    with atomic.locked(tmp_path):
        assert (tmp_path / atomic.LOCK).read_text() == f"{os.getpid()}\n"


def test_a_lock_in_a_folder_that_is_gone_names_the_path(tmp_path: Path):
    with (
        pytest.raises(ResultsError, match=r"gone/\.lock: cannot be written"),
        atomic.locked(tmp_path / "gone"),
    ):
        pass
