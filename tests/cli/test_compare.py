import json
import re


def test_scenarios_of_a_run_are_compared_claim_by_claim(finished, simulator):
    told = json.loads(simulator("compare", "workshop", "--json").out)
    answers = json.loads(simulator("answer", "workshop", "--json").out)["scenarios"]
    assert [each["claim"] for each in told["comparisons"]] == ["hundred", "trips"]
    for each in told["comparisons"]:
        a, b = (answers[name]["claims"][each["claim"]]["probability"] for name in ("as_is", "sure"))
        assert (each["a"], each["b"]) == ("as_is", "sure")
        assert each["probability"]["difference"] == b - a
        assert each["p_holm"] >= each["probability"]["p_value"]


def test_the_table_says_what_is_less_what(finished, simulator):
    out = simulator("compare", "workshop").out
    assert "sure, less as_is (n = 40 pairs)" in out
    assert re.search(r"^  hundred +[0-9.]+ % +[0-9.]+ % +[+-]", out, flags=re.MULTILINE)
    assert "corrected for 2 comparisons" in " ".join(out.split())
    assert max(map(len, out.splitlines())) <= 100


def test_one_response_is_compared_by_mean_and_deciles(finished, simulator):
    out = simulator("compare", "workshop", "--response", "made").out
    assert "mean" in out
    assert re.search(r"^ +50 % ", out, flags=re.MULTILINE)
    assert "Wasserstein distance" in out
    assert max(map(len, out.splitlines())) <= 100


def test_runs_are_compared_after_their_documents(finished, simulator):
    command = "run", "workshop.yaml", "--replications", "20", "--executor", "serial", "--json"
    other = json.loads(simulator(*command, "--set", "rate=0.5/h", "--set", "plants.total=2").out)["folder"]
    outcome = simulator("compare", "workshop.yaml", other)
    assert outcome.code == 0
    lines = outcome.out.splitlines()
    assert [
        " ".join(line.split()) for line in lines if line.startswith(("factors.", "system.", "replications"))
    ] == [
        "system.plants.total 1 2",
        "factors.rate.distribution {uniform: {low: 0.4/h, high: 1.2/h}} 0.5/h",
        "replications 40 20",
    ]
    assert any(line.startswith("as_is in results/workshop/") for line in lines)
    told = json.loads(simulator("compare", "workshop.yaml", other, "--json", "--scenarios", "sure").out)
    assert len(told["documents"][0]["differences"]) == 2
    assert {each["n"] for each in told["comparisons"]} == {20}


def test_a_run_equals_itself(finished, simulator):
    outcome = simulator("compare", "workshop", "workshop.yaml", "--scenarios", "as_is")
    assert "The documents are the same." in outcome.out
    assert re.search(r"^  hundred .* \+0\.0 ", outcome.out, flags=re.MULTILINE)


def test_one_scenario_cannot_be_compared(finished, simulator):
    outcome = simulator("compare", "workshop", "--scenarios", "sure,sure")
    assert outcome.code == 2
    assert outcome.faults == ["--scenarios: has fewer than two scenarios to compare; give two of as_is, sure"]


def test_a_response_or_scenario_that_there_is_not_is_refused(finished, simulator):
    for option, given, near in (("--response", "mode", "made"), ("--scenarios", "as_is,sur", "sure")):
        outcome = simulator("compare", "workshop", option, given)
        assert outcome.code == 2
        assert f"nearest is {near}" in outcome.err
