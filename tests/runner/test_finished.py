import subprocess
import sys
from dataclasses import replace

import pytest

from simulator.results import folder as results_folder
from simulator.results import manifest
from simulator.runner import run
from simulator.runner.finished import finished


@pytest.fixture
def asked(experiment, tmp_path):
    """Return a function that asks whether a small run has nothing left to do."""
    run(experiment, replications=8, executor="serial", results=tmp_path, name="small")

    def ask(**changes):
        usual = {
            "name": "small",
            "results": tmp_path,
            "replications": 8,
            "scenarios": None,
            "engine": "auto",
            "cross_checks": 2,
        }
        of = changes.pop("experiment", experiment)
        return finished(of, **{**usual, **changes})

    return ask


def test_a_finished_run_is_found_and_has_its_rows(asked, experiment, tmp_path):
    found = asked()
    again = run(experiment, replications=8, executor="serial", results=tmp_path, name="small")
    assert found is not None
    assert found.manifest == again.manifest
    assert found.frame().equals(again.frame())
    assert asked(replications=5) is not None
    assert asked(replications=None) is not None
    assert asked(scenarios=["sure"]) is not None


@pytest.mark.parametrize(
    "changes",
    [
        {"replications": 9},
        {"engine": "reference"},
        {"cross_checks": 3},
        {"name": "other"},
    ],
)
def test_what_is_not_there_is_left_to_do(asked, changes):
    assert asked(**changes) is None


def test_another_experiment_is_left_to_do(asked, make_experiment):
    assert asked(experiment=make_experiment(seed=8)) is None
    longer = make_experiment(precision={"at_most": 16})
    assert asked(experiment=longer, replications=None) is None


@pytest.mark.parametrize("place", ["runs", "weekly", "plan", "experiment.yaml"])
def test_a_damaged_file_is_left_to_mend(asked, place):
    folder = asked().folder
    file = folder / place if "." in place else next((folder / place).iterdir())
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    assert asked() is None


@pytest.mark.parametrize("changes", [{"status": "interrupted"}, {"code": "0" * 32}])
def test_a_run_that_did_not_end_or_is_of_other_sources_is_left_to_do(asked, changes):
    folder = asked().folder
    results_folder.save(folder, replace(manifest.read(folder), **changes))
    assert asked() is None


def test_a_response_of_the_users_makes_it_another_run(asked):
    from simulator.responses import response, restored_register

    with restored_register():

        @response(unit="items")
        def mine(path, system):
            """Nothing."""
            return 1.0

        assert asked() is None
    assert asked() is not None


def test_what_computes_is_not_loaded_for_a_finished_run(tmp_path):
    command = ["run", "configs/examples/one_plant.yaml", "--replications", "32", "--results", str(tmp_path)]
    script = f"import sys; from simulator.cli import main; main({command!r}); print(*sys.modules)"
    first, second = (
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        for _ in range(2)
    )
    assert {"numba", "simulator.responses"} <= set(first.stdout.split())
    assert not {"numba", "simpy", "simulator.responses"} & set(second.stdout.split())
