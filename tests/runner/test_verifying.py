import pytest

from simulator.errors import ResultsError
from simulator.responses import response, restored_register
from simulator.results.run import Run
from simulator.runner import provenance, run, verify
from tests.runner.planting import one_more_made, plant


@pytest.fixture
def finished(experiment, tmp_path):
    """A run of eight replications of two scenarios."""
    return run(experiment, results=tmp_path, executor="serial", name="made")


def verified(finished, **changes):
    return verify(finished, executor="serial", **changes)


def test_a_sound_run_is_equal_on_both_engines_and_in_its_rows(finished):
    found = verified(finished)
    assert found.sound
    assert (found.damaged, found.made_otherwise, found.not_measured) == ((), (), ())
    assert len(found.replications) == 8
    inputs = {"rate_error", "place.east", "place.west", "yield", "scrap"}
    assert {each.columns for each in found.replications} == {len(finished.columns) - len(inputs)}


def test_what_the_run_repeated_is_among_what_is_verified(finished):
    repeated = {(each.scenario, each.replication) for each in finished.manifest.cross_checks}
    assert repeated < {
        (each.check.scenario, each.check.replication) for each in verified(finished).replications
    }


def test_one_scenario_and_a_number_of_replications_can_be_asked_for(finished):
    found = verified(finished, scenarios=["sure"], replications=3)
    assert [each.check.scenario for each in found.replications] == ["sure"] * 3


def test_workers_find_the_same(finished):
    assert verify(finished, workers=2) == verified(finished)


def test_engines_that_differ_are_found(finished, monkeypatch):
    plant(monkeypatch, one_more_made)
    found = verified(finished, replications=1)
    assert not found.sound
    for each in found.replications:
        assert not each.check.equal
        assert each.check.difference.startswith("at row ")
        assert each.stored == {}, "rows are set beside the reference engine"


def test_rows_that_were_stored_otherwise_are_found(experiment, tmp_path, monkeypatch):
    with monkeypatch.context() as patched:
        plant(patched, one_more_made)
        with pytest.raises(Exception, match="differs"):
            run(experiment, results=tmp_path, executor="serial", name="made")
    (folder,) = tmp_path.glob("made/*")
    from simulator.runner import open_results

    found = verified(open_results(folder), replications=1)
    assert not found.sound
    for each in found.replications:
        assert each.check.equal
        was, now = each.stored["made"]
        assert was == now + 1


def test_a_damaged_file_is_said_and_nothing_is_simulated(finished):
    block = finished.manifest.blocks[0].runs.path
    (finished.folder / block).write_bytes(b"")
    found = verified(finished)
    assert not found.sound
    assert block in found.damaged[0]
    assert found.replications == ()


def test_another_version_is_said_and_is_no_fault(finished, monkeypatch):
    monkeypatch.setattr(provenance, "versions", lambda: {**finished.manifest.versions, "contract": "2"})
    monkeypatch.setattr(provenance, "code", lambda: "other")
    found = verified(finished, replications=1)
    assert found.sound
    assert found.made_otherwise == ("contract 1, now 2", "other sources of the simulator, or other responses")


def test_a_response_that_only_one_side_has_is_named_and_not_compared(finished):
    with restored_register():

        @response(unit="lines")
        def line_count(path, system):
            return len(system.lines)

        found = verified(finished, replications=1)
    assert found.sound
    assert found.not_measured == ("line_count",)


def test_a_run_without_replications_cannot_be_verified(finished):
    from dataclasses import replace

    empty = Run(finished.folder, finished.experiment, replace(finished.manifest, blocks=(), content_hash=""))
    with pytest.raises(ResultsError, match="has no replications that did not fail"):
        verified(empty)
