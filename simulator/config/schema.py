"""The JSON Schema of an experiment file."""

from functools import cache
from typing import Any

from simulator.config.explaining import explain
from simulator.model.distributions import LAWS
from simulator.model.experiment import Experiment
from simulator.model.scenario.paths import Keys

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_BOUNDS = {"gt": "exclusiveMinimum", "ge": "minimum", "lt": "exclusiveMaximum", "le": "maximum"}
_COLUMN = {
    "type": "object",
    "description": "The law of the values in one column of a CSV file with a header.",
    "properties": {"file": {"type": "string"}, "column": {"type": "string"}, "unit": {"type": "string"}},
    "required": ["file", "column"],
    "additionalProperties": False,
}


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of an experiment file, each key with its meaning, unit and an example.

    It accepts what `load` accepts as far as it can say so: names that refer to nothing, paths that exist
    nowhere and parameters that do not go together are for `load` to find.
    """
    made = _bare()
    explain(made)
    return made


def _bare() -> dict[str, Any]:
    """Return the schema without what a reader wants to know."""
    made = Experiment.model_json_schema(by_alias=True)
    definitions: dict[str, Any] = made["$defs"]
    properties: dict[str, Any] = made["properties"]
    _standardise(made)
    _write_laws(definitions)
    definitions["Evidence"]["required"].remove("id")
    for key in ("system", "evidence"):
        path = {"type": "string", "description": "A path to a file, relative to this one."}
        properties[key] = {"anyOf": [path, properties[key]]}
    return {"$schema": DIALECT, **made, "title": "Experiment"}


def system_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a system file."""
    return {
        "$schema": DIALECT,
        "title": "System",
        "$ref": "#/$defs/SystemDescription",
        "$defs": schema()["$defs"],
    }


def keys_at(keys: Keys) -> list[str]:
    """Return the keys that may stand in the mapping at a place of an experiment; empty where any name may."""
    nodes = [_whole()]
    for key in keys:
        nodes = [child for node in nodes for part in _parts(node) for child in _children(part, key)]
    parts = [part for node in nodes for part in _parts(node)]
    return list(dict.fromkeys(name for part in parts for name in part.get("properties", {})))


_whole = cache(_bare)


def _parts(node: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the alternatives of a schema, references followed."""
    if "$ref" in node:
        return _parts(_whole()["$defs"][node["$ref"].rpartition("/")[2]])
    alternatives = node.get("anyOf", node.get("oneOf"))
    return [node] if alternatives is None else [part for each in alternatives for part in _parts(each)]


def _children(node: dict[str, Any], key: str | int) -> list[dict[str, Any]]:
    if isinstance(key, int):
        return [node["items"]] if isinstance(node.get("items"), dict) else []
    if key in node.get("properties", {}):
        return [node["properties"][key]]
    others = [*node.get("patternProperties", {}).values(), node.get("additionalProperties")]
    return [each for each in others if isinstance(each, dict)]


def _standardise(node: Any) -> None:
    """Write bounds by their standard names, and let no names in that no pattern allows."""
    if isinstance(node, list):
        for item in node:
            _standardise(item)
    if not isinstance(node, dict):
        return
    for bound, name in _BOUNDS.items():
        if isinstance(node.get(bound), (int, float)):
            found = node.pop(bound)
            tighter = max if name in ("minimum", "exclusiveMinimum") else min
            node[name] = tighter(found, node.get(name, found))
    if "patternProperties" in node:
        node.setdefault("additionalProperties", False)
    for child in node.values():
        _standardise(child)


def _write_laws(definitions: dict[str, Any]) -> None:
    """Give distributions the form that they have in a file: a bare value, or `{law: parameters}`."""
    kinds = {kind.__name__: law for law, kind in LAWS.items()}
    union = [{"$ref": f"#/$defs/{kind}"} for kind in kinds]
    for kind, law in kinds.items():
        definitions[kind] = _wrapped(law, definitions[kind])
    definitions["Constant"] = {
        "type": ["number", "string"],
        "description": "One value for certain: a number, a number with a unit, or a date.",
    }
    definitions["Column"] = _wrapped("csv", _COLUMN)
    _replace(definitions, union, {"$ref": "#/$defs/Distribution"})
    definitions["Distribution"] = {"anyOf": [*union, {"$ref": "#/$defs/Column"}]}


def _wrapped(law: str, parameters: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "description": parameters.get("description", ""),
        "properties": {law: parameters},
        "required": [law],
        "additionalProperties": False,
    }


def _replace(node: Any, union: list[dict[str, Any]], reference: dict[str, Any]) -> None:
    """Put a reference in the place of every union of all laws."""
    children = list(node.values()) if isinstance(node, dict) else node if isinstance(node, list) else []
    for child in children:
        if isinstance(child, dict) and child.get("oneOf") == union:
            del child["oneOf"]
            child.update(reference)
        else:
            _replace(child, union, reference)
