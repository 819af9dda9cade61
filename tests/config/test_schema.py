import json
from datetime import date
from pathlib import Path
from typing import Annotated

import pytest
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter

from simulator.config import load, resolved, schema, system_schema
from simulator.config.explaining import LAW_PARTS, examples, parts, properties_of
from simulator.config.keys import KEYS
from simulator.config.reading import document
from simulator.config.schema import keys_at
from simulator.config.units import Units
from simulator.model.distributions import LAWS
from simulator.model.experiment import Experiment

INVALID = Path(__file__).parent / "cases" / "invalid"
SYSTEMS = sorted((Path(__file__).parents[2] / "configs" / "systems").glob("*.yaml"))


def as_json(text):
    """A document as an editor's checker sees it: dates are texts."""
    return json.loads(json.dumps(document(text, name="x").tree, default=date.isoformat))


@pytest.fixture(scope="module")
def checker():
    return Draft202012Validator(schema())


def test_the_schema_is_a_schema_of_2020_12():
    for made in (schema(), system_schema()):
        assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        Draft202012Validator.check_schema(made)
        assert json.loads(json.dumps(made)) == made


def test_the_schema_accepts_every_experiment_that_loads(experiment_file, checker):
    checker.validate(as_json(experiment_file.read_text(encoding="utf-8")))


def test_the_schema_accepts_every_resolved_experiment(experiment_file, checker):
    checker.validate(as_json(resolved(load(experiment_file))))


@pytest.mark.parametrize("path", SYSTEMS, ids=lambda path: path.stem)
def test_the_schema_of_systems_accepts_every_system_file(path):
    Draft202012Validator(system_schema()).validate(as_json(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "name",
    [
        "unknown_key",
        "unknown_key_on_top",
        "missing_keys",
        "text_for_a_mapping",
        "number_for_a_text",
        "fraction_for_a_whole_number",
        "list_for_a_quantity",
        "bare_number_for_a_power",
        "wrong_literal",
        "share_over_1",
        "availability_of_0",
        "half_width_too_wide",
        "absurd_replications",
        "too_few_months",
        "bad_name",
        "unknown_law",
        "two_laws",
        "law_with_unknown_parameter",
        "csv_without_file",
        "csv_unknown_key",
        "levels_incomplete",
        "interval_by_date_incomplete",
    ],
)
def test_the_schema_refuses_what_a_schema_can_refuse(name, checker):
    assert not checker.is_valid(as_json((INVALID / f"{name}.yaml").read_text(encoding="utf-8")))


def test_every_law_can_be_written_by_its_name_but_the_constant(checker):
    definitions = schema()["$defs"]
    named = {key for kind in definitions.values() for key in kind.get("required", []) if key in LAWS}
    assert named == set(LAWS) - {"constant"}


def test_each_schema_is_its_own(checker):
    schema()["properties"].clear()
    assert "title" in schema()["properties"]
    assert "title" in keys_at(())


@pytest.mark.parametrize(
    ("keys", "allowed"),
    [
        ((), [field.alias or name for name, field in Experiment.model_fields.items()]),
        (("system", "regions", "any"), ["grid", "crews"]),
        (("system", "links", "any", "every", 3), ["from", "is"]),
        (("factors", "any", "distribution", "lognormal"), ["median", "mean", "gsd"]),
        (("factors", "any", "distribution", "csv"), ["file", "column", "unit"]),
        (("system", "regions"), []),
        (("scenarios", "any"), []),
        (("title", "any"), []),
    ],
)
def test_the_keys_that_may_stand_at_a_place(keys, allowed):
    assert keys_at(keys) == allowed


def properties(node, place="experiment"):
    """Every key of a schema, with its place."""
    for name, child in node.get("properties", {}).items():
        yield f"{place}.{name}", child
        yield from properties(child, f"{place}.{name}")
    for name, child in node.get("$defs", {}).items():
        yield from properties(child, name)


def test_every_key_has_a_description_and_an_example():
    found = dict(properties(schema()))
    assert len(found) > 190
    assert not [place for place, child in found.items() if not child.get("description")]
    assert not [place for place, child in found.items() if not child.get("examples")]


def test_the_keys_that_are_explained_are_those_of_the_models():
    made = schema()
    assert {name: set(keys) for name, keys in KEYS.items()} == {
        name: set(properties_of(made, name)) for name in ("Experiment", *made["$defs"]) if name in KEYS
    }
    assert set(parts()) - {"Constant"} == set(KEYS) - {"Column"}


@pytest.mark.parametrize(("part", "key"), [at for at in examples() if at[0] not in ("Column", "laws")])
def test_the_example_of_a_key_is_one_that_loads(part, key):
    fields = parts()[part].model_fields
    field = fields.get(key) or next(each for each in fields.values() if each.alias == key)
    adapter = TypeAdapter(
        Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
    )
    example = examples()[part, key]
    if (part, key) not in {("Experiment", "system"), ("Experiment", "evidence")}:
        adapter.validate_python(example, context=Units())


def test_the_examples_are_such_as_the_schema_accepts():
    made = schema()
    for _, child in properties(made):
        for example in child["examples"]:
            Draft202012Validator({**child, "$defs": made["$defs"]}).validate(example)


@pytest.mark.parametrize("law", [law for law in LAW_PARTS if law != "csv"])
def test_the_example_of_a_law_is_one_that_loads(law):
    assert LAWS[law].model_validate(examples()["laws", law], context=Units()).law == law


@pytest.mark.parametrize(
    ("part", "key", "words"),
    [
        ("Grid", "allotment", "a power such as 40 MW"),
        ("Role", "rate", "a rate such as 8.2/h"),
        ("Horizon", "warm_up", "a duration such as 14 h or 3 d"),
        ("Recipe", "inputs", "a bare number or a mass such as 54 kg"),
        ("Claim", "from", "a date such as 2023-08-01"),
    ],
)
def test_a_description_says_the_unit_that_is_wanted(part, key, words):
    assert f"({words})" in schema()["$defs"][part]["properties"][key]["description"]
