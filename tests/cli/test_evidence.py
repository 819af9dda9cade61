import json

REGISTER = """\
id,quantity,value_low,value_central,value_high,unit,period,place,source,source_date,url,status,admiralty_grade,note
S01,Rounds,1000000,,,rounds,2023,,A paper,2023-11-02,https://example.org/a,read,B3,relayed
S02,Ships,10,,14,voyages,2023,,Another,2023-11-03,,read,C2,
"""


def test_factors_are_listed_with_prior_evidence_and_assumption(folder, simulator):
    out = simulator("evidence", "--config", "workshop.yaml").out
    rows = [" ".join(line.split()) for line in out.splitlines()]
    assert "rate uniform low 0.4/h, high 1.2/h P01 (C3)" in rows
    assert "steel uniform low 2,000 kg, high 20,000 kg none between two tons and twenty" in rows or any(
        row.startswith("steel uniform low 2000 kg, high 20000 kg none between") for row in rows
    )
    assert "good beta a 45, b 5 none" in rows
    assert "3 factors: 1 with evidence; 1 on an assumption alone (steel); 1 on neither (good)" in rows
    assert "recipes.forge none as drawn" in rows


def test_factors_as_json(folder, simulator):
    told = json.loads(simulator("evidence", "--config", "workshop.yaml", "--json").out)
    assert told["factors"]["rate"] == {
        "prior": "uniform low 0.4/h, high 1.2/h",
        "sets": ["plants.roles.works.rate"],
        "scales": [],
        "evidence": {"P01": "C3"},
        "assumption": None,
    }
    assert told["system"] == {"system.recipes.forge": {"evidence": {}, "assumption": "as drawn"}}


def test_a_row_is_shown_in_full_with_what_cites_it(folder, simulator):
    rows = dict(
        line.split("  ", 1)
        for line in simulator("evidence", "P01", "--config", "workshop.yaml").out.splitlines()[2:]
    )
    told = {name.strip(): value.strip() for name, value in rows.items()}
    assert told["quantity"] == "shells made"
    assert told["admiralty grade"] == "C3"
    assert told["cited by"] == "factors.rate, claims.hundred"
    assert "note" not in told
    asked = simulator("evidence", "P01", "--config", "workshop.yaml", "--json")
    assert json.loads(asked.out)["cited_by"] == ["factors.rate", "claims.hundred"]


def test_a_row_is_found_in_the_registers_beside_the_configs(folder, simulator):
    (folder / "configs/evidence").mkdir(parents=True)
    (folder / "configs/evidence/register.csv").write_text(REGISTER, encoding="utf-8")
    told = json.loads(simulator("evidence", "S02", "--json").out)
    assert (told["quantity"], told["value_high"], told["admiralty_grade"]) == ("Ships", "14", "C2")
    assert "cited_by" not in told
    outcome = simulator("evidence", "S03")
    assert outcome.code == 2
    assert outcome.faults == ["S03 is no evidence of configs/evidence; nearest is S02; give one of S01, S02"]


def test_without_a_row_and_a_config_there_is_nothing_to_show(folder, simulator):
    outcome = simulator("evidence")
    assert outcome.code == 2
    assert outcome.faults == ["simulator evidence: name a row, such as S01, or a config with --config"]
