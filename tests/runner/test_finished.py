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


@pytest.mark.parametrize("place", ["runs", "weekly", "plan", "experiment.yaml", "summary.json"])
def test_a_damaged_file_is_left_to_mend(asked, place):
    folder = asked().folder
    file = folder / place if "." in place else next((folder / place).iterdir())
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    assert asked() is None


def test_rows_that_no_manifest_lists_are_left_to_remove(asked):
    folder = asked().folder
    (folder / "runs" / "sure.00000000-00000004.parquet").write_bytes(b"")
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


def test_what_computes_is_not_loaded_for_a_finished_run_whatever_would_carry_it_out(tmp_path):
    command = ["run", "configs/examples/one_plant.yaml", "--replications", "32", "--results", str(tmp_path)]

    def loaded(*more):
        script = (
            f"import sys; from simulator.cli import main; main({[*command, *more]!r}); print(*sys.modules)"
        )
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        return set(done.stdout.split())

    assert {"numba", "simulator.responses"} <= loaded()
    scheduler = "--scheduler", "tcp://127.0.0.1:1"
    for more in ((), ("--executor", "serial"), ("--executor", "dask"), ("--executor", "dask", *scheduler)):
        assert not {"numba", "simpy", "distributed", "simulator.responses"} & loaded(*more)
