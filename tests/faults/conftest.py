"""The command in this process on a workshop, and in copies of a process that has loaded everything."""

import pytest

from tests.cli.conftest import finished, folder, made, simulator, workshop
from tests.faults import harness

__all__ = ["finished", "folder", "made", "simulator", "workshop"]


@pytest.fixture(scope="session")
def warm():
    """The process that carries out commands in copies of itself."""
    with harness.Warm() as process:
        yield process


@pytest.fixture(scope="session")
def reference(warm, tmp_path_factory):
    """A run that nobody disturbed."""
    return harness.undisturbed(warm, tmp_path_factory.mktemp("faults") / "undisturbed")
