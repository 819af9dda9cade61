"""The STRESS-DES table of an experiment."""

import re
from datetime import date
from pathlib import Path

import pytest

from simulator.analysis.stress_des import stress_des
from simulator.cli.describe import markdown_lines
from simulator.config import load
from simulator.model.experiment import Experiment

ROOT = Path(__file__).parents[2]
ITEMS = "1.1 1.2 1.3 2.1 2.2 2.3 2.4 2.5.1 2.5.2 2.5.3 2.5.4 2.5.5 3.1 3.2 3.3 3.4 4.1 4.2 4.3 5.1 5.2 5.3 5.4 6.1"


def answers(config: str) -> dict[str, str]:
    """Return the answers by item."""
    return {each.number: each.answer for each in stress_des(load(ROOT / config)).items}


def test_every_item_of_the_checklist_is_answered_in_order() -> None:
    found = answers("configs/examples/network.yaml")
    assert list(found) == ITEMS.split()
    assert [item for item, answer in found.items() if len(answer) < 10] == []


def test_the_answers_name_what_the_document_names() -> None:
    experiment = load(ROOT / "configs/examples/network.yaml")
    found = {each.number: each.answer for each in stress_des(experiment).items}
    for item, names in {
        "1.2": experiment.claims,
        "1.3": experiment.scenarios,
        "2.5.1": experiment.system.materials,
        "2.5.3": experiment.system.calendars,
        "2.5.4": experiment.system.stores,
        "2.1": experiment.system.links,
        "3.3": experiment.factors,
    }.items():
        assert [name for name in names if name not in found[item]] == []


@pytest.mark.parametrize("name", ["examples/one_plant", "examples/network", "shell_exports_2023"])
def test_all_evidence_that_is_cited_is_listed(name: str) -> None:
    config = f"configs/{name}.yaml"
    cited = set(re.findall(r"\b[A-Z]\d\d\b", answers(config)["3.1"]))
    assert cited == set(load(ROOT / config).evidence)


def test_a_factor_without_evidence_or_assumption_is_told() -> None:
    tree = {
        "title": "?",
        "system": {
            "materials": {"part": {"unit": "item"}},
            "regions": {"here": {}},
            "stores": {"yard": {"region": "here", "holds": {"part": {"initial": 1}}}},
        },
        "horizon": {"start": date(2024, 1, 1), "end": date(2024, 1, 3)},
        "factors": {"luck": {"distribution": {"uniform": {"low": 0.25, "high": 1}}}},
    }
    found = {each.number: each.answer for each in stress_des(Experiment.model_validate(tree)).items}
    assert found["3.4"] == "Stated: none. Factors with neither evidence nor assumption: luck."
    assert found["3.3"] == "Factors: luck uniform low 0.25, high 1."
    assert found["2.1"] == "What flows where: nothing."
    assert found["4.1"] == "No warm-up: stocks begin as described, lines empty."


def test_a_frame_has_a_row_an_item() -> None:
    frame = stress_des(load(ROOT / "configs/examples/one_plant.yaml")).to_frame()
    assert list(frame.columns) == ["item", "what is asked", "answer"]
    assert len(frame) == len(ITEMS.split())


def test_the_page_on_validation_has_the_table_of_the_scenario_of_record() -> None:
    page = (ROOT / "docs/validation.md").read_text(encoding="utf-8")
    table = markdown_lines(stress_des(load(ROOT / "configs/shell_exports_2023.yaml")))
    assert "\n".join(table) in page
