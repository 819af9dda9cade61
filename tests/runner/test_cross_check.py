import json
import re
from itertools import count, pairwise

import pytest

from simulator.engines import compiled, reference
from simulator.errors import ResultsError, RunError
from simulator.path import Kind
from simulator.responses import response, restored_register
from simulator.results.run import Run
from simulator.runner import open_results, replay, run
from simulator.runner.cross_check import chosen
from simulator.testing.differences import first_difference, in_words
from tests.runner.planting import FAULTS, one_more_event, one_more_made, plant


def serial(experiment, folder, **changes):
    return run(experiment, results=folder, executor="serial", name="made", **changes)


def addresses(finished):
    return [(each.scenario, each.replication) for each in finished.manifest.cross_checks]


def stored_manifest(folder):
    (path,) = folder.glob("made/*/manifest.json")
    return json.loads(path.read_text())


def test_the_choice_depends_on_the_seed_the_scenario_and_what_there_is():
    first = chosen(7, "baseline", range(1000), 3)
    assert first == chosen(7, "baseline", range(1000), 3)
    others = chosen(8, "baseline", range(1000), 3), chosen(7, "sure", range(1000), 3)
    assert len({first, *others}) == 3
    assert set(chosen(7, "baseline", range(5, 9), 2)) <= {5, 6, 7, 8}


def test_a_larger_choice_has_the_smaller_one_and_none_twice():
    choices = [chosen(7, "baseline", range(20), count) for count in range(22)]
    assert [len(set(each)) for each in choices] == [*range(21), 20]
    assert all(set(fewer) < set(more) for fewer, more in pairwise(choices[:21]))
    assert all(list(each) == sorted(each) for each in choices)


def test_every_replication_can_be_chosen():
    assert {chosen(seed, "baseline", range(8), 1)[0] for seed in range(100)} == set(range(8))


def test_a_run_records_what_was_repeated_and_that_it_was_equal(experiment, tmp_path):
    finished = serial(experiment, tmp_path)
    assert finished.complete
    checks = stored_manifest(tmp_path)["cross_checks"]
    assert [each["scenario"] for each in checks] == ["baseline", "baseline", "sure", "sure"]
    for each in checks:
        path = replay(
            finished, scenario=each["scenario"], replication=each["replication"], engine="reference"
        )
        assert (each["rows"], each["bound_events"]) == (len(path.rows), path.bound_events)
        assert (each["engine"], each["contract"], each["equal"], each["difference"]) == (
            "compiled",
            "1",
            True,
            "",
        )
    assert open_results(finished.folder).manifest.cross_checks == finished.manifest.cross_checks


def test_what_is_repeated_does_not_depend_on_workers(experiment, tmp_path):
    alone = serial(experiment, tmp_path / "a")
    together = run(experiment, results=tmp_path / "b", workers=2, name="made")
    assert alone.manifest.cross_checks == together.manifest.cross_checks


def test_as_many_are_repeated_as_asked_for_and_at_most_all(experiment, tmp_path):
    one = serial(experiment, tmp_path / "a", cross_checks=1)
    assert [name for name, _ in addresses(one)] == ["baseline", "sure"]
    every = serial(experiment, tmp_path / "b", cross_checks=99, replications=3)
    assert addresses(every) == [(name, number) for name in ("baseline", "sure") for number in range(3)]


def test_a_finished_run_repeats_nothing_when_it_is_taken_up_again(experiment, tmp_path, monkeypatch):
    finished = serial(experiment, tmp_path)
    monkeypatch.setattr(reference, "simulate", None)
    again = serial(experiment, tmp_path)
    assert again.manifest.cross_checks == finished.manifest.cross_checks
    assert serial(experiment, tmp_path, replications=3).complete


def test_a_run_that_is_extended_repeats_some_of_all_its_replications(experiment, tmp_path):
    short = serial(experiment, tmp_path, replications=2)
    longer = serial(experiment, tmp_path, replications=40)
    assert set(addresses(short)) < set(addresses(longer))
    assert max(number for _, number in addresses(longer)) > 1


def test_a_run_that_was_stopped_while_it_repeated_goes_on_there(experiment, tmp_path):
    def stop(progress):
        if progress.repeated == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        serial(experiment, tmp_path, progress=stop)
    assert len(stored_manifest(tmp_path)["cross_checks"]) == 3
    told = []
    finished = serial(experiment, tmp_path, progress=told.append)
    assert [(each.repeated, each.to_repeat) for each in told] == [(0, 1), (1, 1)]
    assert finished.complete
    assert len(finished.manifest.cross_checks) == 4


def test_the_reference_engine_is_not_set_beside_itself(experiment, tmp_path):
    finished = serial(experiment, tmp_path, engine="reference")
    assert finished.manifest.engine == "reference"
    assert finished.manifest.cross_checks == ()
    assert finished.content_hash == serial(experiment, tmp_path / "compiled").content_hash


def test_replications_that_failed_are_not_repeated(experiment, tmp_path):
    with restored_register():

        @response(unit="items")
        def fragile(path, system):
            """A response that fails when little was made."""
            made = int(path.of(Kind.MADE)["amount"].sum())
            if made < 9_000:
                raise ValueError(f"only {made}")
            return made

        finished = serial(experiment, tmp_path, cross_checks=8)
    failed = {(name, number) for name in finished.scenarios for number in finished.failures(name)}
    assert 0 < len(failed) == finished.failed < 16
    every = {(name, number) for name in finished.scenarios for number in range(8)}
    assert set(addresses(finished)) == every - failed


@pytest.mark.parametrize("fault", FAULTS)
def test_engines_that_differ_end_the_run_and_keep_its_rows(experiment, tmp_path, monkeypatch, fault):
    plant(monkeypatch, fault)
    with pytest.raises(RunError) as raised:
        serial(experiment, tmp_path)
    kept = open_results(next(tmp_path.glob("made/*")))
    assert (kept.replications, kept.failed, kept.complete) == (8, 0, False)
    assert len(kept.frame()) == 16
    assert [each.equal for each in kept.manifest.cross_checks] == [False] * 4
    check = kept.manifest.cross_checks[0]
    paths = [
        replay(kept, scenario=check.scenario, replication=check.replication, engine=engine)
        for engine in ("compiled", "reference")
    ]
    difference = first_difference(*paths)
    line, *_, advice = str(raised.value).splitlines()
    assert line == (
        f"baseline, replication {check.replication}: the compiled engine differs from the reference engine "
        f"{difference.told('compiled', 'reference')}; see simulator replay {kept.folder} --scenario baseline "
        f"--replication {check.replication} --engine compiled, and reference"
    )
    assert "run again with the reference engine" in advice


def test_the_first_row_that_differs_is_told_as_both_engines_have_it(experiment, tmp_path, monkeypatch):
    plant(monkeypatch, one_more_made)
    with pytest.raises(RunError) as raised:
        serial(experiment, tmp_path, scenarios=["sure"])
    check = open_results(next(tmp_path.glob("made/*"))).manifest.cross_checks[0]
    given = re.search(
        r"at row ([\d,]+): compiled has ([^;]*), made, ([^;]*): (\S+) item of shell;", str(raised.value)
    )
    assert given is not None
    path = replay(
        open_results(next(tmp_path.glob("made/*"))),
        scenario="sure",
        replication=check.replication,
        engine="reference",
    )
    place = int(given[1].replace(",", ""))
    assert path.rows["kind"][place] == Kind.MADE
    assert int(given[4].replace(",", "")) == path.rows["amount"][place] + 1
    assert f"reference has {in_words(path, place)};" in str(raised.value)


def test_a_stored_row_that_neither_engine_gives_differs(experiment, tmp_path, monkeypatch):
    sound, calls = compiled.simulate, count()

    def other_at_first(*given, **named):
        path = sound(*given, **named)
        return one_more_made(path) if next(calls) < 16 else path

    monkeypatch.setattr(compiled, "simulate", other_at_first)
    said = r"the stored numbers differ from those of the reference engine: claims\.many is stored as"
    with pytest.raises(RunError, match=said):
        serial(experiment, tmp_path)
    assert [each["equal"] for each in stored_manifest(tmp_path)["cross_checks"]] == [False] * 4


def test_a_stored_row_of_an_experiment_without_factors_that_neither_engine_gives_differs(
    make_experiment, tmp_path, monkeypatch
):
    sound, calls = compiled.simulate, count()

    def other_at_first(*given, **named):
        path = sound(*given, **named)
        return one_more_made(path) if next(calls) < 8 else path

    monkeypatch.setattr(compiled, "simulate", other_at_first)
    plain = make_experiment(factors={}, derived={}, scenarios={"baseline": {}})
    with pytest.raises(RunError, match=r"the stored numbers differ .*: claims\.many is stored as"):
        serial(plain, tmp_path)
    assert [each["equal"] for each in stored_manifest(tmp_path)["cross_checks"]] == [False] * 2


def test_a_run_does_not_call_equal_what_it_has_not_compared(experiment, tmp_path, monkeypatch):
    monkeypatch.setattr(Run, "row", lambda *_: None)
    with pytest.raises(RunError, match=r"the stored numbers differ from .*: there are none to compare"):
        serial(experiment, tmp_path)


def test_a_response_that_is_no_pure_function_is_blamed_and_no_engine(experiment, tmp_path):
    calls = count()
    with restored_register():

        @response(unit="1")
        def noise(path, system):
            return next(calls)

        with pytest.raises(RunError) as raised:
            serial(experiment, tmp_path)
    *lines, advice = str(raised.value).splitlines()
    assert len(lines) == 4
    for line in lines:
        assert "the stored numbers differ from those of the reference engine: noise is stored as" in line
        assert line.endswith(
            "the paths are equal, so what you measure yourself (noise) is not a pure function of the path"
        )
    assert advice == (
        "the rows are kept, but do not rely on them: let a response depend on path and system alone, and run"
        " again, which computes them anew"
    )


def test_an_engine_that_fails_where_the_other_does_not_differs(experiment, tmp_path, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError("at noon")

    monkeypatch.setattr(reference, "simulate", broken)
    with pytest.raises(
        RunError,
        match="differs from the reference engine as the reference engine fails by ZeroDivisionError: at noon",
    ):
        serial(experiment, tmp_path)


def test_a_difference_is_told_again_until_it_is_gone(experiment, tmp_path, monkeypatch):
    with monkeypatch.context() as patched:
        plant(patched, one_more_event)
        for _ in range(2):
            with pytest.raises(RunError, match="in bound events: compiled has"):
                serial(experiment, tmp_path)
        with pytest.raises(ResultsError, match="did not get to its end"):
            open_results("made", tmp_path)
    assert serial(experiment, tmp_path).complete


def test_the_reference_engine_makes_anew_what_it_was_found_to_differ_from(experiment, tmp_path, monkeypatch):
    sound = serial(experiment, tmp_path / "sound")
    plant(monkeypatch, one_more_made)
    with pytest.raises(RunError):
        serial(experiment, tmp_path)
    anew = serial(experiment, tmp_path, engine="reference")
    assert anew.content_hash == sound.content_hash
    aside = open_results(anew.folder.with_name(f"{anew.folder.name}.1"))
    assert aside.replications == 8
    assert not aside.frame()["made"].equals(anew.frame()["made"])


def test_progress_says_how_many_are_repeated(experiment, tmp_path):
    told = []
    serial(experiment, tmp_path, progress=told.append)
    last = [(each.repeated, each.to_repeat) for each in told if each.to_repeat]
    assert last == [(number, 4) for number in range(5)]
    assert all(each.done == each.total == 16 for each in told if each.to_repeat)


def test_only_the_scenarios_named_are_repeated(experiment, tmp_path):
    finished = serial(experiment, tmp_path, checked=["sure"])
    assert {scenario for scenario, _ in addresses(finished)} == {"sure"}
