import signal
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.runner.executors.scratch import scratch

HELD = """
from simulator.runner.executors.scratch import scratch
with scratch() as folder:
    (folder / "spilled").write_text("much")
    print(folder, flush=True)
    input()
"""


@pytest.fixture
def place(tmp_path, monkeypatch):
    """The folder of temporary folders."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    return tmp_path


@pytest.fixture
def other(place):
    """Another process that has a folder, and the folder's name."""
    command = [sys.executable, "-c", HELD]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    yield process, Path(process.stdout.readline().strip())
    process.kill()
    process.communicate()


def test_a_folder_is_the_users_alone_and_gone_at_the_end(place):
    with scratch() as folder:
        assert folder.parent == place
        assert folder.stat().st_mode & 0o077 == 0
    assert list(place.iterdir()) == []


def test_a_folder_of_a_process_that_was_killed_is_removed_by_the_next(place, other):
    process, left = other
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert list(place.iterdir()) == [left]
    with scratch() as folder:
        assert list(place.iterdir()) == [folder]


def test_a_folder_of_a_living_process_stays(place, other):
    with scratch():
        assert (other[1] / "spilled").exists()


def test_a_link_to_a_folder_is_not_followed(place, tmp_path_factory):
    mine = tmp_path_factory.mktemp("mine")
    (mine / ".lock").touch()
    (mine / "work").touch()
    (place / "simulator-dask-0").symlink_to(mine)
    with scratch():
        pass
    assert (mine / "work").exists()
