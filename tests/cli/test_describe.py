import json

ONE_PLANT = "configs/examples/one_plant.yaml"


def test_a_config_is_described_by_the_items_of_the_checklist(simulator):
    out = simulator("describe", ONE_PLANT).out
    assert "1.1    Purpose of the model" in out
    assert "6.1    Computer model sharing" in out


def test_the_description_is_a_table_for_a_page(simulator):
    lines = simulator("describe", ONE_PLANT, "--markdown").out.splitlines()
    assert lines[:2] == ["| item | what is asked | answer |", "| --- | --- | --- |"]
    assert len(lines) == 2 + 24


def test_the_description_is_json_for_machines(simulator):
    found = json.loads(simulator("describe", ONE_PLANT, "--json").out)
    assert found["1.1"] == {
        "asked": "Purpose of the model",
        "answer": "Can one plant make 2,000 shells in a month?",
    }
