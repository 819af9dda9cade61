import json

import pytest

from simulator.errors import ConfigError
from simulator.runner import expectations


def test_a_sound_config_is_valid_with_size_and_time(folder, simulator):
    outcome = simulator("check", "workshop.yaml", "--replications", "0")
    assert (outcome.code, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    assert lines[:2] == ["workshop.yaml: valid", "Can the workshop make 100 shells in a week?"]
    told = json.loads(simulator("check", "workshop.yaml", "--replications", "0", "--json").out)
    of_run = told["configs"]["workshop.yaml"]["scenarios"]["as_is"]
    size, simulated, *_ = (line.split() for line in lines if line.startswith("as_is "))
    assert size[1:] == ["1", "1", f"{of_run['expected_events']}"]
    assert simulated[1] == f"{of_run['bound_events']}"
    assert "128 replications of 2 scenarios take about " in outcome.out
    assert "the run ends after 400, " in " ".join(outcome.out.split())


def test_that_a_config_is_valid_and_how_large_is_said_before_anything_is_simulated(
    folder, simulator, monkeypatch
):
    def stopped(_):
        raise ConfigError("stopped here")

    monkeypatch.setattr(expectations, "at_medians", stopped)
    outcome = simulator("check", "workshop.yaml")
    assert outcome.faults == ["workshop.yaml: stopped here"]
    lines = outcome.out.splitlines()
    assert lines[0] == "workshop.yaml: valid"
    assert [line.split()[:3] for line in lines if line[:5] in ("as_is", "sure ")] == [
        ["as_is", "1", "1"],
        ["sure", "1", "1"],
    ]


@pytest.fixture
def vast(folder, workshop):
    """A workshop of five million lots a week, that steel for 4,000 lets end early."""
    text = workshop.replace("low: 0.4/h, high: 1.2/h", "low: 100_000/h, high: 200_000/h")
    (folder / "vast.yaml").write_text(text, encoding="utf-8")
    return "vast.yaml"


def test_what_is_vast_is_not_simulated_but_its_size_is_said(vast, simulator, monkeypatch):
    def refused(*_, **__):
        raise AssertionError("simulated")

    monkeypatch.setattr(expectations, "at_medians", refused)
    monkeypatch.setattr(expectations, "run", refused)
    outcome = simulator("check", vast)
    assert (outcome.code, outcome.err) == (0, "")
    told = json.loads(simulator("check", vast, "--json").out)["configs"][vast]
    events = told["scenarios"]["as_is"]["expected_events"]
    assert events > 4_000_000
    assert (
        f"Nothing was simulated: about {events:,} bound events a replication, above 1,000,000."
        in outcome.out.splitlines()
    )
    assert "No prior predictive, as nothing was simulated." in outcome.out
    assert "What limits as_is: " in outcome.out
    assert (told["run_seconds"], told["prior_predictive"]) == (None, None)
    assert told["scenarios"]["as_is"]["bound_events"] is None


def test_inputs_that_rounding_changes_are_said_once_with_the_scenarios_they_are_of(
    folder, workshop, simulator
):
    text = workshop.replace("billet: 50 kg", "billet: 0.25 kg")
    (folder / "small.yaml").write_text(text, encoding="utf-8")
    text = text.replace("  sure: {", "  sure: {plants.roles.works.lot: 8, ")
    (folder / "one.yaml").write_text(text, encoding="utf-8")
    warning = "plants.roles.works: a lot of 5 by forge takes 1.25 of billet, rounded to 1; give a larger lot"
    out = " ".join(simulator("check", "small.yaml", "--replications", "0").out.split())
    assert out.count(warning) == 1
    assert f"{warning} (in" not in out
    out = " ".join(simulator("check", "one.yaml", "--replications", "0").out.split())
    assert out.count(warning) == 1
    assert f"{warning} (in as_is)" in out
    told = json.loads(simulator("check", "one.yaml", "--replications", "0", "--json").out)
    scenarios = told["configs"]["one.yaml"]["scenarios"]
    assert {name: each["warnings"] for name, each in scenarios.items()} == {"as_is": [warning], "sure": []}
    assert "ROUNDING" not in simulator("check", "workshop.yaml", "--replications", "0").out


def test_factors_without_evidence_are_named(folder, simulator):
    out = " ".join(simulator("check", "workshop.yaml", "--replications", "0").out.split())
    assert "3 factors: 1 with evidence; 1 on an assumption alone (steel); 1 on neither (good)" in out
    told = json.loads(simulator("check", "workshop.yaml", "--replications", "0", "--json").out)
    found = told["configs"]["workshop.yaml"]
    assert found["without_evidence_or_assumption"] == ["good"]
    assert found["on_assumption_alone"] == ["steel"]


def test_the_bound_stands_beside_what_is_made_and_delivered_at_the_medians(folder, simulator):
    out = simulator("check", "workshop.yaml", "--replications", "0").out
    told = json.loads(simulator("check", "workshop.yaml", "--replications", "0", "--json").out)
    as_is = told["configs"]["workshop.yaml"]["scenarios"]["as_is"]
    bound, medians = as_is["fluid_bound"]["shell"], as_is["at_medians"]
    assert 0 < medians["delivered"] < medians["made"] <= bound["together"]
    assert bound["power"] is None
    place = out.splitlines().index("as_is")
    row = out.splitlines()[place + 1].split()
    assert row == [
        "shell",
        *(
            f"{bound[name]:,.0f}" if bound[name] >= 1000 else f"{bound[name]:.4g}"
            for name in ("capacity", "material")
        ),
        "no",
        "limit",
        f"{bound['together']:.4g}",
        f"{medians['made']:,.0f}",
        f"{medians['delivered']:,.0f}",
    ]
    assert "What limits as_is: " in out


def test_the_prior_predictive_stands_beside_the_observation(folder, simulator):
    command = "check", "workshop.yaml", "--replications", "10", "--workers", "1"
    out = simulator(*command).out
    place = out.splitlines().index("as_is (n = 10 replications)")
    assert out.splitlines()[place + 1].split()[0] == "trips"
    assert "hundred" not in out.partition("PRIOR PREDICTIVE")[2]
    told = json.loads(simulator(*command, "--json").out)["configs"]["workshop.yaml"]["prior_predictive"]
    assert [(each["scenario"], each["claim"], each["n"]) for each in told] == [
        ("as_is", "trips", 10),
        ("sure", "trips", 10),
    ]
    assert sorted(path.name for path in folder.iterdir()) == ["workshop.yaml"]


def test_a_sweep_is_said_with_what_it_asks_for(folder, simulator):
    out = " ".join(simulator("check", "workshop.yaml", "--replications", "0").out.split())
    assert "SWEEP over rate: 3 levels from 0.5 to 1, crossed with the design" in out
    assert "It asks for 768 replications when each level of each scenario gets 128" in out


def test_every_config_is_checked_and_every_fault_said(folder, workshop, simulator):
    (folder / "bad.yaml").write_text(workshop.replace("lot: 5", "lott: 5"), encoding="utf-8")
    outcome = simulator("check", "bad.yaml", "workshop.yaml", "none.yaml", "--replications", "0")
    assert outcome.code == 2
    assert [line.partition(":")[0] for line in outcome.faults] == ["bad.yaml", "none.yaml"]
    assert "workshop.yaml: valid" in outcome.out


def test_of_several_configs_all_sizes_come_first(folder, workshop, simulator):
    (folder / "other.yaml").write_text(workshop, encoding="utf-8")
    out = simulator("check", "workshop.yaml", "other.yaml", "--replications", "0").out
    heads = [line for line in out.splitlines() if "workshop.yaml" in line or "other.yaml" in line]
    assert heads == [
        "workshop.yaml: valid",
        "other.yaml: valid",
        "WHAT TO EXPECT of workshop.yaml",
        "WHAT TO EXPECT of other.yaml",
    ]


def test_an_absurd_size_is_refused_before_anything_is_carried_out(folder, workshop, simulator):
    (folder / "huge.yaml").write_text(
        workshop.replace("total: 1", "total: 100000").replace("lot: 5", "lot: 5, lines: 2"), encoding="utf-8"
    )
    for command in (("check", "huge.yaml"), ("run", "huge.yaml")):
        outcome = simulator(*command)
        assert outcome.code == 2
        assert len(outcome.faults) == 2, outcome.err
        assert outcome.faults[0].startswith(
            "huge.yaml: scenarios.as_is: has about 200,000 lines; give at most"
        )
    assert sorted(path.name for path in folder.iterdir()) == ["huge.yaml", "workshop.yaml"]


def test_what_is_printed_fits_100_columns(folder, simulator):
    out = simulator("check", "workshop.yaml", "--replications", "4", "--workers", "1").out
    assert max(map(len, out.splitlines())) <= 100


@pytest.mark.parametrize("asked", [2, 5])
def test_a_sobol_design_has_no_more_scrambles_than_replications_asked_for(asked, folder, workshop, simulator):
    text = workshop.replace("precision:", "design: {kind: sobol, scrambles: 32}\nprecision:")
    (folder / "sobol.yaml").write_text(text, encoding="utf-8")
    command = "check", "sobol.yaml", "--replications", str(asked), "--workers", "1", "--json"
    told = json.loads(simulator(*command).out)["configs"]["sobol.yaml"]
    assert {each["n"] for each in told["prior_predictive"]} == {asked}
