"""A path that has everything: the network of the shipped example, with the numbers of one replication."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simulator.config import load
from simulator.path import SamplePath
from simulator.runner import simulate

CONFIG = Path(__file__).parents[2] / "configs" / "examples" / "network.yaml"


@pytest.fixture(scope="session")
def path() -> SamplePath:
    """What happened in the network in replication 0."""
    return simulate(load(CONFIG), scenario="as_is", replication=0)


@pytest.fixture
def rendered(tmp_path: Path) -> Callable[[Any], bytes]:
    """A function that returns a chart as the bytes of a PNG."""
    from simulator import plots

    def render(chart: Any) -> bytes:
        return plots.save(chart, tmp_path / "chart.png").read_bytes()

    return render


def values(spec: dict[str, Any], part: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows that a part of a chart draws."""
    return spec["datasets"][part.get("data", spec.get("data"))["name"]]


@pytest.fixture
def records() -> Callable[[Any], list[dict[str, Any]]]:
    """A function that returns the rows a chart of one data set draws."""

    def rows(chart: Any) -> list[dict[str, Any]]:
        spec = chart.to_dict()
        return values(spec, spec)

    return rows


@pytest.fixture
def layers() -> Callable[[Any], dict[str, dict[str, Any]]]:
    """A function that returns the layers of a chart by mark, their rows put in."""

    def by_mark(chart: Any) -> dict[str, dict[str, Any]]:
        spec = chart.to_dict()
        return {part["mark"]["type"]: part | {"records": values(spec, part)} for part in spec["layer"]}

    return by_mark
