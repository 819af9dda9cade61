import json
from dataclasses import replace
from pathlib import Path

import pytest

from simulator import config
from simulator.errors import ResultsError
from simulator.results import folder as results_folder
from simulator.runner import merge, open_results, run


@pytest.fixture
def finished(experiment, tmp_path):
    return run(experiment, results=tmp_path / "results", executor="serial", name="made", replications=2)


def test_a_run_is_opened_by_its_folder(finished, experiment):
    opened = open_results(finished.folder)
    assert opened.manifest == finished.manifest
    assert config.resolved(opened.experiment) == config.resolved(experiment)
    assert opened.frame().equals(finished.frame())


def test_the_newest_complete_run_is_opened_by_the_name_of_a_config(finished, make_experiment, tmp_path):
    results = tmp_path / "results"
    newer = run(make_experiment(seed=8), results=results, executor="serial", name="made", replications=1)
    later = replace(newer.manifest, times={**newer.manifest.times, "updated": "2999-01-01T00:00:00+00:00"})
    results_folder.save(newer.folder, later)
    assert open_results("made", results).folder == newer.folder
    results_folder.save(newer.folder, replace(later, status="interrupted"))
    assert open_results("made", results).folder == finished.folder


def test_a_run_is_opened_by_its_config_file(finished, experiment, tmp_path):
    document = tmp_path / "made.yaml"
    document.write_text(config.resolved(experiment))
    assert open_results(document, tmp_path / "results").folder == finished.folder


def test_a_config_that_has_changed_since_it_was_run_is_refused(finished, make_experiment, tmp_path):
    document = tmp_path / "made.yaml"
    document.write_text(config.resolved(make_experiment(seed=9)))
    with pytest.raises(
        ResultsError, match=f"has changed since its newest run; run it again, or open {finished.folder}"
    ):
        open_results(document, tmp_path / "results")


def test_what_has_no_results_is_refused_with_the_nearest_name(finished, tmp_path):
    results = tmp_path / "results"
    with pytest.raises(ResultsError, match=r"mad: has no results in .*nearest is made"):
        open_results("mad", results)
    with pytest.raises(ResultsError, match="nothing has been run"):
        open_results("made", tmp_path / "none")
    with pytest.raises(ResultsError, match=r"has no manifest\.json; give the folder of a run"):
        open_results(tmp_path, results)
    (results / "empty").mkdir()
    with pytest.raises(ResultsError, match="empty: has no run in it"):
        open_results("empty", results)


def test_a_config_that_was_never_run_is_told_how_to_be(experiment, tmp_path):
    document = tmp_path / "fresh.yaml"
    document.write_text(config.resolved(experiment))
    with pytest.raises(ResultsError, match=r"fresh\.yaml: has no results in .*; simulator run .*fresh\.yaml"):
        open_results(document, tmp_path / "results")


def test_a_run_that_never_got_to_its_end_is_not_taken_for_the_newest(finished, tmp_path):
    results_folder.save(finished.folder, replace(finished.manifest, status="running"))
    with pytest.raises(
        ResultsError, match="did not get to its end; run it again to go on, or open this folder"
    ):
        open_results("made", tmp_path / "results")
    assert open_results(finished.folder).manifest.status == "running"


def test_a_results_folder_of_another_version_is_refused(finished):
    path = finished.folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 99}))
    with pytest.raises(ResultsError, match="was written by another version of the simulator"):
        open_results(finished.folder)


def test_a_document_that_is_no_experiment_is_refused(finished):
    contents = replace(finished.manifest, document=results_folder.save_document(finished.folder, "title: ["))
    results_folder.save(finished.folder, contents)
    with pytest.raises(ResultsError, match=r"experiment\.yaml: is no experiment that this version reads"):
        open_results(finished.folder)


def test_a_document_that_is_not_the_one_of_the_manifest_is_refused(finished):
    path = finished.folder / "experiment.yaml"
    path.write_text(path.read_text().replace("seed: 7", "seed: 6"))
    with pytest.raises(ResultsError, match=r"experiment\.yaml: is missing, or not as it was written; run"):
        open_results(finished.folder)


@pytest.mark.parametrize(
    "address", ["s3://bucket/results", "gs://x", Path("s3://bucket/results"), "file:///here"]
)
def test_an_address_is_no_results_folder(experiment, address):
    refused = r":/.*: is an address; results lie on a file system, local or shared: give a folder"
    with pytest.raises(ResultsError, match=refused):
        open_results(address)
    with pytest.raises(ResultsError, match=refused):
        open_results("made", results=address)
    with pytest.raises(ResultsError, match=refused):
        run(experiment, results=address)
    with pytest.raises(ResultsError, match=refused):
        merge([address])
