import json
from dataclasses import replace
from itertools import count

from simulator.responses import response, restored_register
from simulator.results import folder as results_folder
from simulator.results import manifest
from simulator.results.run import Run
from tests.runner.planting import one_more_event, one_more_made, plant

RUN = "run", "workshop.yaml", "--replications", "20", "--executor", "serial"
ONE = "verify", "workshop", "--replications", "1", "--workers", "1"


def in_this_process(monkeypatch):
    """Let what is verified be carried out here, where a planted fault is."""
    from simulator.runner import verifying

    monkeypatch.setattr(verifying, "worker_count", lambda *_: 0)


def test_a_sound_run_is_equal(finished, simulator):
    outcome = simulator("verify", "workshop")
    assert (outcome.code, outcome.err) == (0, "")
    assert "all 8 replications are equal on both engines and in the stored rows" in " ".join(
        outcome.out.split()
    )
    assert "the files have the hashes of the manifest" in " ".join(outcome.out.split())
    told = json.loads(simulator(*ONE, "--scenario", "sure", "--json").out)
    assert told["sound"] is True
    assert [each["check"]["scenario"] for each in told["replications"]] == ["sure"]


def test_engines_that_differ_end_with_3_and_are_told(finished, simulator, monkeypatch):
    in_this_process(monkeypatch)
    plant(monkeypatch, one_more_event)
    outcome = simulator(*ONE)
    assert outcome.code == 3
    said = " ".join(outcome.out.split())
    assert "the compiled engine differs from the reference engine in bound events: compiled has" in said
    assert said.count("DIFFER") == 2
    assert "are equal" not in said


def test_stored_rows_that_differ_end_with_3_and_are_told(folder, simulator, monkeypatch):
    in_this_process(monkeypatch)
    with monkeypatch.context() as patched:
        plant(patched, one_more_made)
        assert simulator(*RUN).code == 3
    (made,) = (folder / "results/workshop").iterdir()
    outcome = simulator("verify", made, "--replications", "1")
    assert outcome.code == 3
    assert "the stored row differs: " in outcome.out
    assert "made is stored as " in " ".join(outcome.out.split())


def test_a_difference_that_the_run_recorded_ends_with_3_and_is_told(finished, simulator, monkeypatch):
    in_this_process(monkeypatch)
    (file,) = finished.glob("results/workshop/*/manifest.json")
    contents = manifest.read(file.parent)
    found = replace(contents.cross_checks[0], equal=False, difference="at row 7")
    results_folder.save(file.parent, contents.with_cross_check(found))
    outcome = simulator(*ONE)
    assert outcome.code == 3
    said = " ".join(outcome.out.split())
    assert "when the run was made, the compiled engine differed from the reference engine at row 7" in said
    assert "are equal" not in said


def test_a_damaged_file_ends_with_3(finished, simulator):
    file = next((finished / "results").rglob("runs/*.parquet"))
    file.write_bytes(b"")
    outcome = simulator("verify", "workshop")
    assert outcome.code == 3
    assert outcome.out.startswith("DAMAGED: ")


def test_another_version_is_said(finished, simulator, monkeypatch):
    from simulator.runner import provenance

    in_this_process(monkeypatch)
    monkeypatch.setattr(provenance, "code", lambda **_: "other")
    outcome = simulator(*ONE)
    assert outcome.code == 0
    assert "made otherwise: other sources of the simulator" in " ".join(outcome.out.split())


def test_a_response_that_is_not_loaded_is_named_and_not_said_to_be_compared(folder, simulator, monkeypatch):
    in_this_process(monkeypatch)
    with restored_register():

        @response(unit="lines")
        def line_count(path, system):
            return len(system.lines)

        assert simulator(*RUN).code == 0
    outcome = simulator(*ONE)
    assert outcome.code == 0
    said = " ".join(outcome.out.split())
    assert "The run was made otherwise: line_count, measured then and not loaded now" in said
    assert "in the stored rows and weeks, as far as these were compared; the files" in said


def test_a_response_that_is_no_pure_function_is_said_to_be_none(folder, simulator, monkeypatch):
    in_this_process(monkeypatch)
    calls = count()
    with restored_register():

        @response(unit="1")
        def noise(path, system):
            return next(calls)

        assert simulator(*RUN).code == 3
        (made,) = (folder / "results/workshop").iterdir()
        outcome = simulator("verify", made, "--replications", "1")
    assert outcome.code == 3
    said = " ".join(outcome.out.split())
    assert (
        "when the run was made, the stored numbers differed from those of the reference engine: noise" in said
    )
    assert "what you measure yourself (noise) is not a pure function of the path" in said


def test_what_has_no_stored_number_to_compare_is_said_and_ends_with_3(finished, simulator, monkeypatch):
    in_this_process(monkeypatch)
    monkeypatch.setattr(Run, "row", lambda *_: None)
    outcome = simulator(*ONE)
    assert outcome.code == 3
    said = " ".join(outcome.out.split())
    assert said.count("no stored number could be compared, so nothing is known of the stored row") == 2
    assert "are equal" not in said


def test_a_run_whose_engines_differ_ends_with_3_and_a_line_to_go_on_with(folder, simulator, monkeypatch):
    plant(monkeypatch, one_more_made)
    outcome = simulator(*RUN)
    assert (outcome.code, outcome.out) == (3, "")
    assert len(outcome.faults) == 5
    (results,) = (folder / "results/workshop").iterdir()
    for line in outcome.faults[:4]:
        assert "the compiled engine differs from the reference engine at row" in line
        again = line.partition("; see simulator ")[2].removesuffix(", and reference")
        assert f"replay results/workshop/{results.name} --scenario" in again
        assert simulator(*again.split()).code in (0, 3)
    assert list(results.glob("runs/*.parquet"))
    assert "DIFFER" in simulator("answer", results).out


def test_a_run_says_that_its_engines_are_equal(folder, simulator):
    outcome = simulator(*RUN, "--cross-checks", "3")
    assert outcome.code == 0
    assert "6 replications repeated on the reference engine: all " in outcome.out
    assert "6 replications repeated on the reference engine" in " ".join(
        simulator("answer", "workshop").out.split()
    )
    told = json.loads(simulator(*RUN, "--json").out)
    assert (told["engine"], len(told["cross_checks"])) == ("compiled", 6)
    assert all(each["equal"] for each in told["cross_checks"])


def test_a_replication_can_be_replayed_on_either_engine(finished, simulator):
    command = "replay", "workshop", "--scenario", "sure", "--json", "--engine"
    told = [json.loads(simulator(*command, engine).out) for engine in ("auto", "compiled", "reference")]
    assert [each.pop("engine") for each in told] == ["compiled", "compiled", "reference"]
    assert told[0] == told[1] == told[2]
