import json

from simulator.config import schema, system_schema


def test_the_schema_is_that_of_an_experiment(simulator):
    assert json.loads(simulator("schema").out) == schema()
    assert simulator("schema", "--json").out == simulator("schema").out


def test_the_schema_of_a_system_can_be_had(simulator):
    assert json.loads(simulator("schema", "--system").out) == system_schema() != schema()
