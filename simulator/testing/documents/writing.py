"""A realised system as plain values, its parts referred to by name."""

from collections.abc import Mapping
from dataclasses import is_dataclass
from typing import Any, get_args

from simulator.model.distributions import Variate
from simulator.model.system import System
from simulator.testing.documents.names import ABSENT, REFERENCES, SECTIONS, parts_of

Names = Mapping[str, list[str]]


def tree_of(system: System) -> dict[str, Any]:
    """Return a system as dicts, lists and scalars; raises ValueError when two parts of a kind have one name."""
    names = {section: [each.name for each in getattr(system, section)] for section in SECTIONS}
    for section, found in names.items():
        if len(set(found)) < len(found) or ABSENT in found:
            raise ValueError(
                f"{section} have names that are not their own; give each its own, and none {ABSENT}"
            )
    return _part(system, names)


def _part(part: Any, names: Names) -> dict[str, Any]:
    """Return the fields of a part, without those at their defaults."""
    kind: Any = type(part)
    references = REFERENCES.get(kind, {})
    return {
        field.name: _value(getattr(part, field.name), hint, names, references.get(field.name))
        for field, hint in parts_of(kind)
        if getattr(part, field.name) != field.default
    }


def _value(value: Any, hint: Any, names: Names, section: str | None) -> Any:
    if isinstance(value, Variate):
        return [value.law, *value.params]
    if is_dataclass(value):
        return _part(value, names)
    if isinstance(value, tuple):
        if get_args(hint)[-1] is Ellipsis:
            return [_value(each, get_args(hint)[0], names, section) for each in value]
        first, *rest = value
        return [_value(first, int, names, section), *(_value(each, None, names, None) for each in rest)]
    if section is not None:
        return names[section][value] if value >= 0 else ABSENT
    return value
