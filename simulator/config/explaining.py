"""The keys of a schema explained: what each means, its unit, an example."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any, get_args

from simulator.config.keys import KEYS, LAW_EXAMPLES
from simulator.config.reading import document
from simulator.model.distributions import LAWS
from simulator.model.experiment import Experiment
from simulator.model.quantities import UNITS, Frozen, In

LAW_PARTS = {law: kind.__name__ for law, kind in LAWS.items() if law in LAW_EXAMPLES} | {"csv": "Column"}
"""By law that has parameters, the name of its part of the schema."""
_DATE = UNITS["date"]


def explain(made: dict[str, Any]) -> None:
    """Give every key of an experiment's schema a description with its unit, and an example."""
    told = examples()
    for name, keys in KEYS.items():
        properties = properties_of(made, name)
        for key, (meaning, _) in keys.items():
            unit = unit_of(name, key)
            properties[key]["description"] = f"{meaning} ({unit})." if unit else f"{meaning}."
            properties[key]["examples"] = [_plain(told[name, key])]
    for law, name in LAW_PARTS.items():
        wrapped = made["$defs"][name]
        wrapped["properties"][law]["description"] = wrapped["description"]
        wrapped["properties"][law]["examples"] = [_plain(told["laws", law])]


def properties_of(made: dict[str, Any], name: str) -> dict[str, Any]:
    """Return the keys of a part of a schema: of a law, those that stand below its name."""
    part = made if name == "Experiment" else made["$defs"][name]
    law = next((law for law, of in LAW_PARTS.items() if of == name), None)
    properties: dict[str, Any] = (part if law is None else part["properties"][law])["properties"]
    return properties


@cache
def examples() -> dict[tuple[str, str], Any]:
    """Return every example as it is read, by part and key; parameters of a law by `laws` and the law."""
    texts = {(name, key): text for name, keys in KEYS.items() for key, (_, text) in keys.items()}
    texts |= {("laws", law): text for law, text in LAW_EXAMPLES.items()}
    tree = document("\n".join(f"n{n}: {text}" for n, text in enumerate(texts.values())), name="examples").tree
    return {at: tree[f"n{n}"] for n, at in enumerate(texts)}


@cache
def parts() -> dict[str, type[Frozen]]:
    """Return the models that an experiment is made of, by the name of their part of the schema."""
    return {kind.__name__: kind for kind in _models(Experiment, set())}


def unit_of(name: str, key: str) -> str:
    """Return the words that ask for the unit of a key, such as `a duration such as 14 h or 3 d`; or nothing."""
    if name not in parts():
        return ""
    fields = parts()[name].model_fields
    field = fields.get(key) or next(each for each in fields.values() if each.alias == key)
    return next((words for each in (field.annotation, *field.metadata) for words in _wanted(each)), "")


def _wanted(annotation: Any) -> Iterator[str]:
    """Yield the words that ask for the units of quantities, or of what a law draws, in an annotation."""
    check = getattr(annotation, "func", annotation)
    mark = getattr(check, "field", check)
    if isinstance(mark, In):
        yield mark.wanted
    if annotation is date:
        yield _DATE
    for inner in get_args(annotation):
        yield from _wanted(inner)


def _models(kind: type[Frozen], found: set[type[Frozen]]) -> set[type[Frozen]]:
    """Return a model with all that its fields hold."""
    found.add(kind)
    for field in kind.model_fields.values():
        for each in _classes(field.annotation):
            if issubclass(each, Frozen) and each not in found:
                _models(each, found)
    return found


def _classes(annotation: Any) -> Iterator[type]:
    if isinstance(annotation, type):
        yield annotation
    for inner in get_args(annotation):
        yield from _classes(inner)


def _plain(value: Any) -> Any:
    """Return a value as JSON has it: dates are texts."""
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
