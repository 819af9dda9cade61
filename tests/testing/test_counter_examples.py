"""A belief that is wrong fails with a counter-example that can be replayed."""

import os
import re
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis.vendor.pretty import pretty

import simulator
import simulator.engines
from simulator.testing import documents, simulate, systems
from simulator.testing.strategies import experiments, random_system

ROOT = Path(__file__).parents[2]
TEST = """
from hypothesis import Phase, given, settings

from simulator.path import Kind
from simulator.testing import simulate, systems


@settings(derandomize=True, deadline=None, database=None, phases=[Phase.generate, Phase.shrink])
@given(systems(max_plants=1, max_days=2, power=False, breakdowns=False, flow=False))
def test_all_that_is_made_is_carried_away(system):
    path = simulate(system, seed=5, replication=3, engine="reference")
    assert path.of(Kind.SHIPPED)["amount"].sum() >= path.of(Kind.MADE)["amount"].sum()
"""


def ran(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Carry out a Python command in a folder."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_counter_example_of_a_wrong_belief_is_replayed(tmp_path):
    (tmp_path / "test_belief.py").write_text(TEST, encoding="utf-8")
    failed = ran(tmp_path, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_belief.py")
    assert failed.returncode == 1
    # pytest puts an E before every line of an error
    told = [line[1:] for line in failed.stdout.splitlines() if line.startswith("E  ")]
    first = next(number for number, line in enumerate(told) if "realised_system: 1" in line)
    indent = re.match(" *", told[first])[0]
    lines = [line for line in told[first:] if line.startswith(indent)]
    end = next(
        (number for number, line in enumerate(lines) if line.strip() in ("", "Explanation:")), len(lines)
    )
    text = "\n".join(lines[:end]) + "\n"
    assert sum("realised_system: 1" in line for line in told) == 1
    assert "system=System(1 plant, 1 line, 1 day from 2023-01-01)," in [line.strip() for line in told]
    (tmp_path / "found.yaml").write_text(text, encoding="utf-8")
    found = documents.loads(textwrap.dedent(text))
    assert (found.seed, found.replication, len(found.system.lines)) == (5, 3, 1)
    assert found.system.links == ()
    command = "-m", "simulator", "replay", "found.yaml", "--engine", "reference", "--path", "path.csv"
    replayed = ran(tmp_path, *command)
    assert (replayed.returncode, "body" in replayed.stdout) == (0, True)
    assert "realised system, replication 3, on the reference engine: 1 plant, 1 line" in replayed.stdout
    assert "made" in (tmp_path / "path.csv").read_text(encoding="utf-8")


def test_hypothesis_prints_how_large_a_system_is():
    system = replace(random_system(7), end_tick=36 * 3_600_000)
    assert pretty(system) == "System(4 plants, 12 lines, 1.5 days from 2024-02-27)"


@settings(max_examples=3)
@given(experiments(max_plants=1, max_days=10, factors=False))
def test_the_realised_system_of_an_experiment_is_simulated_as_a_path_of_its_own(experiment):
    path = simulator.simulate(experiment, scenario="as_is", replication=1, engine="reference")
    again = simulate(path.system, seed=experiment.seed, replication=1, engine="reference")
    assert again.tobytes() == path.tobytes()


@settings(max_examples=3)
@given(systems(max_plants=1, max_days=1))
def test_simulating_within_a_test_gives_the_path_of_the_engine(system):
    path = simulate(system, seed=1, replication=2, engine="reference")
    assert (
        path.tobytes()
        == simulator.engines.simulate(system, seed=1, replication=2, engine="reference").tobytes()
    )


def test_simulating_outside_of_a_property_test_is_simulating():
    system = random_system(3, max_plants=1, max_days=1)
    path = simulate(system, seed=1, replication=2, engine="reference")
    assert (
        path.tobytes()
        == simulator.engines.simulate(system, seed=1, replication=2, engine="reference").tobytes()
    )
