from itertools import count

import pytest

from simulator.errors import ResultsError, RunError
from simulator.responses import response, restored_register
from simulator.results.run import Run
from simulator.runner import open_results, provenance, run, verify
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
    weeks = len(finished.weekly("sure")["week"].unique())
    every = len(finished.columns) + weeks * len(finished.series)
    assert {each.numbers for each in found.replications} == {every}


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
    found = verified(open_results(folder), replications=1)
    assert not found.sound
    for each in found.replications:
        assert each.check.equal
        was, now = each.stored["made"]
        assert was == now + 1


@pytest.mark.parametrize("column", ["rate_error", "place.east", "scrap"])
def test_a_stored_factor_or_derived_number_that_is_not_the_plans_is_found(finished, monkeypatch, column):
    stored = Run.row

    def other(self, scenario, replication):
        row = stored(self, scenario, replication)
        return {**row, column: row[column] + 1}

    monkeypatch.setattr(Run, "row", other)
    found = verified(finished, replications=1)
    assert not found.sound
    for each in found.replications:
        ((name, (was, now)),) = each.stored.items()
        assert name == column
        assert was == now + 1


def test_a_stored_factor_that_is_missing_is_found(finished, monkeypatch):
    stored = Run.row
    monkeypatch.setattr(
        Run, "row", lambda *given: {k: v for k, v in stored(*given).items() if k != "rate_error"}
    )
    assert [list(each.stored) for each in verified(finished, replications=1).replications] == [
        ["rate_error"]
    ] * 2


def test_a_stored_week_that_is_not_measured_now_is_found(finished, monkeypatch):
    stored = Run.weeks

    def other(self, scenario, replication):
        weeks = stored(self, scenario, replication)
        weeks["made"] = weeks["made"] + [0, 1]
        return weeks

    monkeypatch.setattr(Run, "weeks", other)
    found = verified(finished, replications=1)
    assert not found.sound
    for each in found.replications:
        ((name, (was, now)),) = each.stored.items()
        assert name == "made in week 1"
        assert was == now + 1


def test_a_difference_that_the_run_recorded_is_found(finished):
    from dataclasses import replace

    checks = finished.manifest.cross_checks
    unequal = replace(checks[0], equal=False, difference="at row 7")
    recorded = replace(finished.manifest, cross_checks=(unequal, *checks[1:]))
    found = verified(Run(finished.folder, finished.experiment, recorded), replications=1)
    assert not found.sound
    assert found.recorded == (unequal,)
    assert all(each.equal for each in found.replications)


def test_a_damaged_file_is_said_and_nothing_is_simulated(finished):
    block = finished.manifest.blocks[0].runs.path
    (finished.folder / block).write_bytes(b"")
    found = verified(finished)
    assert not found.sound
    assert block in found.damaged[0]
    assert found.replications == ()


def test_another_version_is_said_and_is_no_fault(finished, monkeypatch):
    monkeypatch.setattr(provenance, "versions", lambda: {**finished.manifest.versions, "contract": "2"})
    monkeypatch.setattr(provenance, "code", lambda **_: "other")
    found = verified(finished, replications=1)
    assert found.sound
    assert found.made_otherwise == (
        "contract 1, now 2",
        "other sources of the simulator, or another text of a response of your own",
    )


def test_a_response_that_only_one_side_has_is_named_and_not_compared(finished):
    with restored_register():

        @response(unit="lines")
        def line_count(path, system):
            return len(system.lines)

        found = verified(finished, replications=1)
    assert found.sound
    assert found.not_measured == ("line_count",)
    assert found.made_otherwise == (), "of the rest the sources are the same"


def test_a_response_of_the_runs_that_is_not_loaded_now_is_named(experiment, tmp_path):
    with restored_register():

        @response(unit="lines")
        def line_count(path, system):
            return len(system.lines)

        made = run(experiment, results=tmp_path, executor="serial", name="made")
        assert verified(made, replications=1).made_otherwise == ()
    found = verified(made, replications=1)
    assert found.sound
    assert found.not_measured == ("line_count",)
    assert found.made_otherwise == (
        (
            "line_count, measured then and not loaded now (import what defines it), so whether the sources are the"
            " same cannot be told"
        ),
    )


def test_a_response_that_is_another_each_time_is_found_to_be_no_pure_function(
    experiment, tmp_path, monkeypatch
):
    calls = count()
    with restored_register():

        @response(unit="1")
        def noise(path, system):
            return next(calls)

        with pytest.raises(RunError, match="the stored numbers differ from those of the reference engine"):
            run(experiment, results=tmp_path, executor="serial", name="made")
        made = open_results(next(tmp_path.glob("made/*")))
        found = verified(made, replications=1)
        assert not found.sound
        assert [each.impure for each in found.replications] == [("noise",)] * 2
        monkeypatch.setattr(provenance, "code", lambda **_: "other")
        edited = verified(made, replications=1)
    assert [each.impure for each in edited.replications] == [()] * 2, "its text may have been another"


@pytest.fixture
def without_factors(make_experiment):
    """An experiment of which every replication has nothing but what is measured."""
    return make_experiment(factors={}, derived={}, scenarios={"baseline": {}})


def test_rows_of_an_experiment_without_factors_are_compared(without_factors, tmp_path, monkeypatch):
    made = run(without_factors, results=tmp_path, executor="serial", name="made")
    weeks = len(made.weekly("baseline")["week"].unique())
    assert {each.numbers for each in verified(made).replications} == {
        len(made.columns) + weeks * len(made.series)
    }
    stored = Run.row

    def other(self, scenario, replication):
        row = stored(self, scenario, replication)
        return {**row, "made": row["made"] + 1}

    monkeypatch.setattr(Run, "row", other)
    found = verified(made)
    assert not found.sound
    assert [list(each.stored) for each in found.replications] == [["made"]] * 4


def test_replications_of_which_no_stored_number_can_be_compared_are_not_sound(finished, monkeypatch):
    monkeypatch.setattr(Run, "row", lambda *_: None)
    found = verified(finished)
    assert [(each.check.equal, each.numbers, each.stored) for each in found.replications] == [
        (True, 0, {})
    ] * 8
    assert not found.sound


def test_a_run_without_replications_cannot_be_verified(finished):
    from dataclasses import replace

    empty = Run(finished.folder, finished.experiment, replace(finished.manifest, blocks=(), content_hash=""))
    with pytest.raises(ResultsError, match="has no replications that did not fail"):
        verified(empty)
