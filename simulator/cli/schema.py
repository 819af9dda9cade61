"""The command that prints the JSON Schema of a config."""

import json
from typing import Annotated

import typer

from simulator.cli.options import JsonOption

EXAMPLES = (
    "simulator schema > experiment.schema.json",
    "simulator schema --system > system.schema.json",
)


def schema(
    of_system: Annotated[bool, typer.Option("--system", help="Of a system file instead.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Print the JSON Schema of an experiment file, for editors; it is JSON with or without --json."""
    from simulator.config import schema as experiment_schema
    from simulator.config import system_schema

    print(json.dumps(system_schema() if of_system else experiment_schema(), indent=2))
