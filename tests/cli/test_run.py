import json
from pathlib import Path

import pytest

from simulator.responses import response, restored_register
from simulator.runner import blocks

CONFIGS = Path(__file__).parents[2] / "configs"
SERIAL = ("--executor", "serial")


def test_a_run_ends_with_the_answer_and_where_the_results_are(folder, simulator):
    outcome = simulator("run", "workshop.yaml", "--replications", "20", *SERIAL)
    assert (outcome.code, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    assert lines[0] == "Can the workshop make 100 shells in a week?"
    assert "as_is (n = 20 replications)" in lines
    assert "sure (n = 20 replications)" in lines
    (results,) = (folder / "results/workshop").iterdir()
    assert lines[-1].startswith(f"results/workshop/{results.name}: 20 replications of each scenario, ")


def test_a_run_of_an_example_in_processes_says_what_the_answer_says(folder, simulator):
    config = CONFIGS / "examples" / "one_plant.yaml"
    ran = simulator("run", config, "--replications", "32", "--workers", "2", "--json")
    assert ran.code == 0
    told = json.loads(simulator("answer", config, "--json").out)
    assert told["replications"] == 32
    assert json.loads(ran.out)["scenarios"] == told["scenarios"]


def test_a_name_alone_means_a_config_in_the_folder_of_configs(folder, workshop, simulator):
    (folder / "configs").mkdir()
    (folder / "configs/shop.yaml").write_text(workshop, encoding="utf-8")
    assert simulator("run", "shop", "--replications", "2", *SERIAL).code == 0
    assert len(list(folder.glob("results/shop/*/manifest.json"))) == 1


def test_only_the_scenarios_asked_for_are_run(folder, simulator):
    outcome = simulator(
        "run", "workshop.yaml", "--replications", "2", "--scenarios", "sure", "--json", *SERIAL
    )
    assert list(json.loads(outcome.out)["scenarios"]) == ["sure"]


def test_a_setting_changes_what_is_run_and_where_it_is_kept(folder, simulator):
    def quantities(*settings):
        told = simulator("run", "workshop.yaml", "--replications", "2", "--json", *SERIAL, *settings)
        found = json.loads(told.out)
        return found["folder"], found["scenarios"]["as_is"]["claims"]["hundred"]

    plain, slow = quantities(), quantities("--set", "rate=0.1/h", "--set", "good=1")
    assert plain[0] != slow[0]
    assert slow[1]["p95"] <= 7 * 24 * 0.1 < plain[1]["median"]
    assert quantities("--seed", "4")[0] not in (plain[0], slow[0])


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(folder, simulator):
    outcome = simulator("run", "workshop.yaml", "--dry-run", "--workers", "3")
    assert outcome.code == 0
    assert outcome.out.splitlines() == [
        outcome.out.splitlines()[0],
        "  as_is: 0 replications there already",
        "  sure: 0 replications there already",
        "by the compiled engine, in 3 worker processes",
        "2 replications of each scenario repeated on the reference engine",
    ]
    assert outcome.out.startswith(
        "would run 128 to 400 replications, as many as the precision asked for takes, "
    )
    assert sorted(path.name for path in folder.iterdir()) == ["workshop.yaml"]


def test_a_dry_run_counts_what_is_there(finished, simulator):
    outcome = simulator("run", "workshop.yaml", "--dry-run", "--replications", "50", "--json")
    plan = json.loads(outcome.out)
    assert plan["scenarios"] == {"as_is": 40, "sure": 40}
    assert plan["replications"] == [50]
    assert (finished / plan["folder"]).is_dir()


@pytest.mark.parametrize(
    ("required", "code"),
    [
        (["hundred>=0.05"], 0),
        (["hundred@sure>=0.9"], 0),
        (["hundred>=0.05", "hundred@as_is>=0.99"], 1),
        (["trips>=0.5"], 1),
    ],
)
def test_a_required_claim_that_does_not_hold_ends_with_1(required, code, finished, simulator):
    options = [word for each in required for word in ("--require", each)]
    outcome = simulator("run", "workshop.yaml", "--replications", "40", *SERIAL, *options)
    assert outcome.code == code
    assert len(outcome.faults) == (0 if code == 0 else len(outcome.faults))
    assert bool(outcome.faults) == bool(code)


def test_a_requirement_that_an_estimate_meets_by_chance_alone_is_not_shown(finished, simulator):
    told = json.loads(simulator("answer", "workshop", "--json").out)
    estimate = told["scenarios"]["as_is"]["claims"]["hundred"]
    between = (estimate["low"] + estimate["probability"]) / 2
    asked = f"hundred@as_is>={between:.4f}"
    outcome = simulator("run", "workshop.yaml", "--replications", "40", "--require", asked, *SERIAL)
    assert outcome.code == 1
    assert outcome.faults[0].startswith(f"--require {asked.rstrip('0')} is not shown: ")


def test_failed_replications_are_stated_with_how_to_see_one_and_end_with_3(folder, simulator):
    with restored_register():

        @response(unit="items")
        def fragile(path, system):
            """A response that fails when little is made."""
            if (made := int(path.rows["amount"][path.rows["kind"] == 5].sum())) < 100:
                raise ValueError(f"only {made}")
            return made

        command = "run", "workshop.yaml", "--replications", "20", *SERIAL
        outcome = simulator(*command)
        again = simulator(*command, "--json")
    assert outcome.code == again.code == 3
    (line,) = (each for each in outcome.faults if each.startswith("as_is"))
    assert " of 20 replications failed; " in line
    assert "response fragile raised ValueError: only" in line
    assert "; see simulator replay results/workshop/" in line
    assert "as_is (n = " in outcome.out
    assert " failed)" in outcome.out
    assert json.loads(again.out)["failures"][0] == line


def test_a_run_in_which_everything_failed_still_answers_that_it_knows_nothing(folder, simulator):
    with restored_register():

        @response(unit="items")
        def hopeless(path, system):
            """A response that cannot be measured."""
            raise ValueError("no way")

        command = "run", "workshop.yaml", "--replications", "3", *SERIAL
        outcome = simulator(*command)
        claims = json.loads(simulator(*command, "--json").out)["scenarios"]["sure"]["claims"]
        answered = simulator("answer", "workshop")
    assert outcome.code == 3
    assert "almost" not in outcome.out + answered.out
    assert claims["hundred"]["term"] is None
    assert "sure (n = 0 replications, 3 failed)" in outcome.out
    assert [line.split()[1] for line in outcome.out.splitlines() if line.startswith("  hundred")] == [
        "unknown"
    ] * 2
    assert claims["hundred"]["probability"] is None
    assert claims["hundred"]["n"] == 0


def test_a_run_beyond_what_the_compiled_engine_takes_is_refused_and_done_by_the_reference(folder, simulator):
    text = (folder / "workshop.yaml").read_text()
    text = text.replace("end: 2024-01-08", "end: 2094-01-08").replace("every: 1 d", "every: 1000 d")
    text = text.replace("rate: 1/h, from", "rate: 0.001/h, from").replace(
        "rate: 1/h, stores", "rate: 0.001/h, stores"
    )
    (folder / "workshop.yaml").write_text(
        text.replace("low: 0.4/h, high: 1.2/h", "low: 0.0004/h, high: 0.0012/h")
    )
    command = "run", "workshop.yaml", "--replications", "2", *SERIAL
    for more in ((), ("--engine", "compiled"), ("--dry-run",)):
        refused = simulator(*command, *more)
        assert refused.code == 2
        assert refused.faults == [
            (
                "workshop.yaml: horizon.end: is 2094-01-08, and the compiled engine takes 25,451 days, some 69 years,"
                " from horizon.start; give 2093-09-06 or earlier, or run with --engine reference, which takes"
                " far longer"
            )
        ]
    assert simulator("check", "workshop.yaml").faults == refused.faults
    assert not (folder / "results").exists()
    assert simulator(*command, "--engine", "reference").code == 0


def test_a_run_says_that_it_keeps_the_rows_of_another_engine(finished, simulator, caplog):
    command = "run", "workshop.yaml", "--replications", "40", *SERIAL, "--engine", "reference"
    assert simulator(*command).code == 0
    (said,) = caplog.records
    assert said.message.startswith("80 rows of the compiled engine are kept and not computed again; another")
    assert f"note: {said.message}" in simulator(*command, "--dry-run").out
    planned = json.loads(simulator(*command, "--dry-run", "--json").out)
    assert planned["notes"] == [said.message]


def test_json_is_all_that_standard_output_has(folder, simulator):
    outcome = simulator("run", "workshop.yaml", "--replications", "2", "--json", *SERIAL)
    found = json.loads(outcome.out)
    assert found["notes"] == found["failures"] == found["not_held"] == []
    assert found["scenarios"]["sure"]["claims"]["hundred"]["n"] == 2


def test_a_response_in_plain_python_is_said_to_be_slower_on_standard_error(folder, simulator, caplog):
    with restored_register():

        @response(unit="lines")
        def line_count(path, system):
            return len(system.lines)

        outcome = simulator("run", "workshop.yaml", "--replications", "4", "--executor", "serial")
    assert outcome.code == 0
    (said,) = (each for each in caplog.records if each.levelname == "WARNING")
    assert said.message.startswith("line_count: plain Python and not compiled, so measured more slowly")
    assert said.message not in outcome.out


def test_what_is_not_reached_at_the_cap_is_said_a_line_each(folder, simulator):
    config = folder / "workshop.yaml"
    asked = "precision: {half_width: {hundred: 0.01}, quantiles: {trips: {at: [0.5], half_width: 99}}, at_most: 12}"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("precision: {half_width: 0.1, at_most: 400}", asked), encoding="utf-8")
    for command in ("run", "answer"):
        outcome = simulator(command, "workshop.yaml")
        assert outcome.code == 0
        said = [line for line in outcome.out.splitlines() if line.startswith("not reached: ")]
        assert [line.split(", asked for ")[1] for line in said] == ["±1 percentage points"] * 2
        assert [line.split(":")[1] for line in said] == [" hundred in as_is", " hundred in sure"]


@pytest.mark.parametrize(("at_most", "code"), [("0.9", 0), ("0.01", 3), ("0", 3)])
def test_failures_that_a_policy_tolerates_are_told_and_end_with_0(
    folder, workshop, simulator, monkeypatch, at_most, code
):
    monkeypatch.setattr(blocks, "MOST", 3)
    (folder / "workshop.yaml").write_text(f"{workshop}failures: {{at_most: {at_most}}}\n", encoding="utf-8")
    with restored_register():

        @response(unit="items")
        def fragile(path, system):
            """A response that fails when little is made."""
            if (made := int(path.rows["amount"][path.rows["kind"] == 5].sum())) < 100:
                raise ValueError(f"only {made}")
            return made

        outcome = simulator("run", "workshop.yaml", "--replications", "20", "--json", *SERIAL)
        again = simulator("run", "workshop.yaml", "--replications", "20", "--rerun-failed", *SERIAL)
    assert outcome.code == code
    assert any(line.startswith("as_is: ") and " replications failed" in line for line in outcome.faults)
    if code == 0:
        assert json.loads(outcome.out)["failures_tolerated"] is True
        assert again.code == 0
    else:
        assert "the rows are kept; once the cause is gone, run again with --rerun-failed" in outcome.err


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("--scheduler", "tcp://127.0.0.1:8786"), "scheduler: is given, but the executor is another"),
        (("--executor", "dask", "--scheduler", "here"), "scheduler: is 'here'; give an address"),
        (("--executor", "serial", "--workers", "100000"), "workers: is 100,000; give at most"),
        (("--executor", "none"), "executor: is none; "),
    ],
)
def test_what_is_refused_of_a_run_is_refused_of_one_that_has_ended(finished, simulator, asked, told):
    outcome = simulator("run", "workshop.yaml", "--replications", "20", *asked)
    assert outcome.code == 2
    assert told in outcome.err
