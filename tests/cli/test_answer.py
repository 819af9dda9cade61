import json
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest

from simulator.results import folder as results_folder
from simulator.results import manifest


def test_the_json_answer_has_every_claim_of_every_scenario(finished, simulator):
    told = json.loads(simulator("answer", "workshop", "--json").out)
    assert list(told["scenarios"]) == ["as_is", "sure"]
    for scenario in told["scenarios"].values():
        assert list(scenario["claims"]) == ["hundred", "trips"]
        for claim in scenario["claims"].values():
            assert {"probability", "low", "high", "term", "n"} <= claim.keys()
            assert 0 <= claim["low"] <= claim["probability"] <= claim["high"] <= 1
            assert claim["n"] == 40


def test_an_answer_is_printed_without_loading_what_simulates(finished):
    script = "import sys; from simulator.cli import main; main(['answer', 'workshop']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert {"simulator.results.run", "numba", "simpy"} & {*done.stdout.split()} == {"simulator.results.run"}


def test_a_run_that_did_not_get_to_its_end_says_so(finished, simulator):
    complete = simulator("answer", "workshop", "--json")
    assert json.loads(complete.out)["status"] == "complete"
    (file,) = finished.glob("results/workshop/*/manifest.json")
    results_folder.save(file.parent, replace(manifest.read(file.parent), status="interrupted"))
    outcome = simulator("answer", file.parent)
    assert outcome.code == 0
    assert "40 replications of each scenario, interrupted before its end" in " ".join(outcome.out.split())
    assert json.loads(simulator("answer", file.parent, "--json").out)["status"] == "interrupted"


def test_the_answer_is_that_of_the_stored_summary(finished, simulator):
    told = json.loads(simulator("answer", "workshop", "--json").out)
    (summary,) = finished.glob("results/workshop/*/summary.json")
    stored = json.loads(summary.read_text())
    for name, scenario in stored["scenarios"].items():
        for claim, numbers in scenario["claims"].items():
            assert numbers.items() <= told["scenarios"][name]["claims"][claim].items()


def test_a_run_is_meant_by_folder_config_or_name(finished, simulator):
    (results,) = (finished / "results/workshop").iterdir()
    asked = [simulator("answer", each, "--json").out for each in (results, "workshop.yaml", "workshop")]
    assert asked[0]
    tables = [json.loads(each)["scenarios"] for each in asked]
    assert tables[0] == tables[1] == tables[2]


def test_the_table_has_a_row_a_claim_with_interval_word_and_quantity(finished, simulator):
    out = simulator("answer", "workshop").out
    told = json.loads(simulator("answer", "workshop", "--json").out)["scenarios"]["as_is"]["claims"][
        "hundred"
    ]
    lines = out.splitlines()
    place = lines.index("as_is (n = 40 replications)")
    row = lines[place + 1].split()
    assert row[0] == "hundred"
    assert row[1:3] == [f"{100 * told['probability']:.1f}", "%"]
    assert row[-3:] == [f"{told[name]:,.0f}" for name in ("p05", "median", "p95")]
    assert "100 items" in out
    assert "made of shell from 2024-01-01 to 2024-01-07" in out
    assert max(map(len, lines)) <= 100


def test_one_claim_is_shown_with_curve_evidence_and_assumptions(finished, simulator):
    out = simulator("answer", "workshop", "--claim", "hundred").out
    assert "  trips" not in out
    assert "Probability of at least so many items, made of shell from 2024-01-01 to 2024-01-07:" in out
    assert "P01  C3     shells made: at least 100 shells  a newspaper" in out
    assert "factors.steel" in out
    assert "between two tons and twenty" in out
    assert "system.recipes.forge" in out
    assert max(map(len, out.splitlines())) <= 100


def test_the_curve_falls_and_passes_through_the_claim(finished, simulator):
    told = json.loads(simulator("answer", "workshop", "--claim", "hundred", "--json").out)
    claim = told["scenarios"]["as_is"]["claims"]["hundred"]
    chances = [point["probability"] for point in claim["exceedance"]]
    assert len(chances) > 2
    assert chances == sorted(chances, reverse=True)
    (at_claim,) = (point for point in claim["exceedance"] if point["at_least"] == 100)
    assert {name: at_claim[name] for name in ("probability", "low", "high", "term")} == {
        name: claim[name] for name in ("probability", "low", "high", "term")
    }
    assert told["grounds"]["claim"]["evidence"][0]["id"] == "P01"
    assert {"place": "factors.steel", "evidence": [], "assumption": "between two tons and twenty"} in told[
        "grounds"
    ]["others"]


def test_a_claim_that_the_run_has_not_is_refused(finished, simulator):
    outcome = simulator("answer", "workshop", "--claim", "hundert")
    assert outcome.code == 2
    assert outcome.faults == ["the run has no claim hundert; nearest is hundred; give one of hundred, trips"]


def test_a_run_without_claims_says_so(folder, workshop, simulator):
    text = workshop[: workshop.index("claims:")] + workshop[workshop.index("sweep:") :]
    (folder / "mute.yaml").write_text(text.replace("half_width: 0.1, ", ""), encoding="utf-8")
    assert simulator("run", "mute.yaml", "--replications", "2", "--executor", "serial").code == 0
    assert "There are no claims in the config" in simulator("answer", "mute").out


def test_a_damaged_block_is_refused_with_its_name(finished, simulator):
    block = next(finished.glob("results/workshop/*/runs/*.parquet"))
    block.write_bytes(block.read_bytes()[:-100])
    outcome = simulator("answer", "workshop")
    assert outcome.code == 2
    assert len(outcome.faults) == 1
    assert block.name in outcome.err


@pytest.mark.parametrize("removed", ["experiment.yaml", "runs"])
def test_a_folder_that_lacks_something_is_refused(removed, finished, simulator):
    (results,) = (finished / "results/workshop").iterdir()
    there = results / removed
    shutil.rmtree(there) if there.is_dir() else there.unlink()
    outcome = simulator("answer", results)
    assert outcome.code == 2
    assert len(outcome.faults) == 1
